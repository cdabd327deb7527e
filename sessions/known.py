"""What never changes about a session, kept in memory, so that an agent's turn costs one round trip."""

from collections import OrderedDict

from domain.errors import NotFound
from domain.session import SessionFacts, session_id_of
from ports.store import SessionStore

MOST = 10_000
"""Sessions that are remembered."""


class KnownSessions:
    """The sessions and tenants seen last. Whether a session still stands is checked by what is written to it."""

    def __init__(self, sessions: SessionStore) -> None:
        self._sessions = sessions
        self._facts: OrderedDict[tuple[str, str], SessionFacts] = OrderedDict()
        self._tenants: set[str] = set()

    async def facts(self, tenant_id: str, session_id: str) -> SessionFacts:
        """Find a session's facts (NotFound when this tenant has no such session)."""
        key = (tenant_id, session_id_of(session_id))
        if key in self._facts:
            self._facts.move_to_end(key)
            return self._facts[key]
        record = await self._sessions.load(*key)
        if record is None:
            raise NotFound("There is no such session.", field="session_id")
        self._facts[key] = record.facts
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
