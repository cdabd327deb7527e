"""Retention on Postgres: small transactions, found by index."""

from datetime import datetime

from ports.database import Database
from providers.postgres.queries import load_queries


class PostgresRetention:
    """Looks for what is too old, a batch at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("retention")

    async def expired_sessions(self, tenant_id: str, before: datetime, limit: int) -> list[str]:
        """Sessions that ended before a time, oldest first."""
        params = {"before": before, "limit": limit}
        rows = await self._database.run(tenant_id, self._queries["expired_sessions"], params, retry=True)
        return [str(row["session_id"]) for row in rows]

    async def forget_answers(self, tenant_id: str, before: datetime, limit: int) -> int:
        """Drop what models answered in turns, and in replays of them, that ended before a time; return in how many."""
        params = {"before": before, "limit": limit}
        turns = await self._database.run(tenant_id, self._queries["forget_answers"], params, retry=True)
        replayed = await self._database.run(tenant_id, self._queries["forget_replay_answers"], params, retry=True)
        return max(len(turns), len(replayed))

    async def forget_deliveries(self, tenant_id: str, before: datetime, limit: int) -> int:
        """Drop entries of the outbox that were done before a time; return how many."""
        params = {"before": before, "limit": limit}
        return len(await self._database.run(tenant_id, self._queries["forget_deliveries"], params, retry=True))
