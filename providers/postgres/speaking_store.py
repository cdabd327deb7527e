"""What was heard of what was said, in the turn's row."""

from ports.database import Database, personal
from ports.speaking import Unheard
from providers.postgres.queries import load_queries


class PostgresSpeakingStore:
    """One statement a step: the words are sealed like the transcript."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("speaking")

    async def started(self, tenant_id: str, session_id: str, turn_id: str) -> None:
        """Tell that the first words are on their way, once."""
        params = {"session_id": session_id, "turn_id": turn_id}
        await self._database.run(tenant_id, self._queries["started"], params, retry=True)

    async def heard(self, tenant_id: str, session_id: str, turn_id: str, heard: str) -> None:
        """Keep what has certainly been heard so far."""
        params = {"session_id": session_id, "turn_id": turn_id, "heard": personal(heard)}
        await self._database.run(tenant_id, self._queries["heard"], params, retry=True)

    async def finished(self, tenant_id: str, session_id: str, turn_id: str, heard: str, *, interrupted: bool) -> None:
        """Keep what was heard in the end, and tell it once."""
        params = {
            "session_id": session_id,
            "turn_id": turn_id,
            "heard": personal(heard),
            "interrupted": interrupted,
        }
        await self._database.run(tenant_id, self._queries["finished"], params, retry=True)

    async def unheard(self, tenant_id: str, session_id: str) -> Unheard | None:
        """The newest turn whose words nobody finished."""
        rows = await self._database.run(tenant_id, self._queries["unheard"], {"session_id": session_id}, retry=True)
        return Unheard(rows[0]["turn_id"], rows[0]["said"] or "", rows[0]["heard"]) if rows else None
