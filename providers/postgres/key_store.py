"""API keys on Postgres: digests only."""

from ports.database import Database
from ports.records import ApiKey
from providers.postgres.queries import load_queries


class PostgresKeyStore:
    """API keys: digests only."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("sessions")

    async def add(self, key: ApiKey) -> bool:
        """Keep a new key's digest, unless its id is taken."""
        params = {"key_id": key.key_id, "digest": key.digest, "role": key.role}
        return bool(await self._database.run(key.tenant_id, self._queries["add_key"], params))

    async def find(self, tenant_id: str, key_id: str) -> ApiKey | None:
        """Look a live key up."""
        rows = await self._database.run(tenant_id, self._queries["find_key"], {"key_id": key_id}, retry=True)
        if not rows:
            return None
        row = rows[0]
        return ApiKey(row["tenant_id"], row["key_id"], bytes(row["digest"]), row["role"], row["created_at"])

    async def revoke(self, tenant_id: str, key_id: str) -> bool:
        """End a key."""
        return bool(await self._database.run(tenant_id, self._queries["revoke_key"], {"key_id": key_id}))
