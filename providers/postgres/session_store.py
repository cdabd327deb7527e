"""The life of sessions on Postgres."""

from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from domain.errors import InvalidInput, NotFound, RateLimited
from domain.session import SessionStatus
from ports.database import Database
from ports.records import NewSession, Page, SessionRecord
from providers.postgres.queries import load_queries
from providers.postgres.rows import record_of
from providers.postgres.session_rows import insert_session

NOBODY = ""
"""The tenant of statements that read no tenant's rows."""
AGAIN_SECONDS = 60.0
"""How soon to ask again whether there is room: abandoned sessions are closed once a minute."""


class PostgresSessionStore:
    """Sessions: opened, found, listed, ended, erased."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("sessions")

    async def create(self, new: NewSession, *, most: int | None = None) -> tuple[SessionRecord, bool]:
        """Open a session; with a known id return the one that is there and False.

        Raises:
            RateLimited: the tenant has `most` sessions open.
        """
        for alone in (False, True):
            created = await insert_session(self._database, new, most=most, alone=alone)
            record = await self.load(new.facts.tenant_id, new.facts.session_id)
            if record is not None:
                return record, created
        if most is not None:
            raise RateLimited(f"More than {most} open sessions.", retry_after=AGAIN_SECONDS)
        raise NotFound("The session was erased while it was opened.", field="session_id")

    async def load(self, tenant_id: str, session_id: str) -> SessionRecord | None:
        """Read one session, with its totals."""
        rows = await self._session(tenant_id, self._queries["load"], session_id)
        return record_of(rows[0]) if rows else None

    async def page_of(
        self, tenant_id: str, *, status: str | None, playbook: str | None, after: str | None, limit: int
    ) -> Page:
        """List sessions, newest first; the cursor names the last one seen."""
        created_before, id_before = _cursor(after)
        params = {
            "status": status,
            "playbook": playbook,
            "created_before": created_before,
            "id_before": id_before,
            "limit": limit + 1,
        }
        rows = await self._database.run(tenant_id, self._queries["page"], params, retry=True)
        items = [record_of(row) for row in rows[:limit]]
        last = items[-1].facts if len(rows) > limit else None
        return Page(items, f"{last.created_at.isoformat()}_{last.session_id}" if last else None)

    async def close(self, tenant_id: str, session_id: str, status: SessionStatus) -> SessionRecord | None:
        """End a session, unless a turn of it is open; one that has ended stays as it ended."""
        params = {"session_id": session_id, "status": status.value}
        await self._database.run(tenant_id, self._queries["close"], params, retry=True)
        return await self.load(tenant_id, session_id)

    async def abandon(self, tenant_id: str, session_id: str, before: datetime) -> bool:
        """End a session in which nobody has spoken since `before` and nothing is open."""
        params = {"session_id": session_id, "before": before}
        return bool(await self._database.run(tenant_id, self._queries["abandon"], params))

    async def idle(self, tenant_id: str, before: datetime, playbook: str | None = None) -> list[str]:
        """Active sessions, of one playbook or all, in which nobody spoke since `before` and nothing is open."""
        params = {"before": before, "playbook": playbook}
        rows = await self._database.run(tenant_id, self._queries["idle"], params, retry=True)
        return [str(row["session_id"]) for row in rows]

    async def erase(self, tenant_id: str, session_id: str) -> bool:
        """Remove every row of a session; its children go with it."""
        return bool(await self._session(tenant_id, self._queries["erase"], session_id))

    async def tenants(self) -> list[str]:
        """Every tenant id."""
        rows = await self._database.run(NOBODY, self._queries["tenants"], retry=True)
        return [row["tenant_id"] for row in rows]

    async def add_tenant(self, tenant_id: str) -> None:
        """Make a tenant known."""
        await self._database.run(tenant_id, self._queries["add_tenant"], retry=True)

    async def _session(self, tenant_id: str, query: LiteralString, session_id: str) -> list[dict[str, Any]]:
        return await self._database.run(tenant_id, query, {"session_id": session_id}, retry=True)


def _cursor(after: str | None) -> tuple[datetime | None, str | None]:
    """Read a cursor: when the last session seen was created, and its id."""
    if after is None:
        return None, None
    created, _, session_id = after.partition("_")
    try:
        return datetime.fromisoformat(created), str(UUID(session_id))
    except ValueError as error:
        raise InvalidInput("after must be the `next` of an earlier page.", field="after") from error
