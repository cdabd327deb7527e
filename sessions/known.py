"""What never changes about a session, kept in memory, so that an agent's turn costs one round trip."""

import asyncio
from collections import OrderedDict

from domain.errors import NotFound
from domain.session import SessionFacts, session_id_of
from ports.store import SessionStore

MOST = 10_000
"""Sessions that are remembered."""
REMEMBERED_SECONDS = 30.0
"""How long: another process may erase a session, and a new one may be opened under its id."""


class KnownSessions:
    """The sessions and tenants seen last. Whether a session still stands is checked by what is written to it."""

    def __init__(self, sessions: SessionStore) -> None:
        self._sessions = sessions
        self._facts: OrderedDict[tuple[str, str], tuple[float, SessionFacts]] = OrderedDict()
        self._tenants: set[str] = set()

    async def facts(self, tenant_id: str, session_id: str) -> SessionFacts:
        """Find a session's facts (NotFound when this tenant has no such session)."""
        key, now = (tenant_id, session_id_of(session_id)), asyncio.get_running_loop().time()
        since, facts = self._facts.get(key, (0.0, None))
        if facts is not None and now - since < REMEMBERED_SECONDS:
            self._facts.move_to_end(key)
            return facts
        record = await self._sessions.load(*key)
        if record is None:
            self._facts.pop(key, None)
            raise NotFound("There is no such session.", field="session_id")
        self._facts[key] = (now, record.facts)
        if len(self._facts) > MOST:
            self._facts.popitem(last=False)
        return record.facts

    def forget(self, tenant_id: str, session_id: str) -> None:
        """Drop a session that is erased."""
        self._facts.pop((tenant_id, session_id), None)

    async def tenant(self, tenant_id: str) -> None:
        """Make a tenant known to background work."""
        if tenant_id not in self._tenants:
            await self._sessions.add_tenant(tenant_id)
            self._tenants.add(tenant_id)
