"""Telephone calls and their sessions: who answers a number, where a call stands, when it is over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import structlog

from domain.errors import NotFound
from domain.session import DEMO_TENANT
from ports.calls import FINAL, CallRecord, CallStore, NewCall
from ports.telephony import AnsweredBy
from sessions.service import Parley

CHANNEL = "phone"

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Desk:
    """Who answers a number: a tenant's playbook."""

    playbook: str
    tenant_id: str = DEMO_TENANT


@dataclass(frozen=True)
class Telephone:
    """Every carrier's calls. All of it may be asked again about the same call."""

    parley: Parley
    calls: CallStore
    desks: Mapping[str, Desk]
    """By called number, as the carrier gives it; `*` answers every other one."""

    async def open_call(self, call_id: str, *, caller: str | None, called: str) -> tuple[str, CallRecord]:
        """Find who answers a call that comes in, and its session; the same call, the same session.

        Returns:
            The tenant, and the call as it stands.

        Raises:
            NotFound: nobody answers that number.
        """
        desk = self.desks.get(called) or self.desks.get("*")
        if desk is None:
            raise NotFound("Nobody answers this number.")
        known = await self.calls.load(desk.tenant_id, call_id)
        if known is not None:
            return desk.tenant_id, known
        session_id = session_of(desk.tenant_id, call_id)
        await self.parley.open_session(
            desk.playbook, tenant_id=desk.tenant_id, session_id=session_id, caller_phone=caller, channel=CHANNEL
        )
        await self.calls.keep(desk.tenant_id, NewCall(call_id, session_id, desk.playbook, False, caller, called))
        kept = await self.calls.load(desk.tenant_id, call_id)
        assert kept is not None
        return desk.tenant_id, kept

    async def outbound_call(self, tenant_id: str, call_id: str, session_id: str) -> CallRecord:
        """Find the session of a call that we placed; what was decided before it was placed holds (NotFound)."""
        known = await self.calls.load(tenant_id, call_id)
        if known is None:
            state = await self.parley.get_session_state(session_id, tenant_id=tenant_id)
            await self.calls.keep(tenant_id, NewCall(call_id, session_id, state["playbook"], outbound=True))
            known = await self.calls.load(tenant_id, call_id)
            assert known is not None
        return known

    async def progressed(self, tenant_id: str | None, call_id: str, state: str, lasted: timedelta | None) -> None:
        """Take a report of where a call stands; the session of one that is over ends."""
        for tenant in self._tenants(tenant_id):
            session_id = await self.calls.progressed(tenant, call_id, state, lasted)
            if session_id is not None and state in FINAL:
                log.info("call_over", session_id=session_id, state=state)
                await self.parley.close_session(session_id, tenant_id=tenant)

    async def answered(self, tenant_id: str | None, call_id: str, by: AnsweredBy) -> None:
        """Keep who picked up."""
        for tenant in self._tenants(tenant_id):
            await self.calls.answered(tenant, call_id, by)

    def _tenants(self, tenant_id: str | None) -> Iterable[str]:
        """Whose call it can be: a report of a call that came in does not say."""
        return (tenant_id,) if tenant_id else sorted({desk.tenant_id for desk in self.desks.values()})


def session_of(tenant_id: str, call_id: str) -> str:
    """The session of a call that comes in: the same on every replica that is asked."""
    return str(uuid5(NAMESPACE_URL, f"call:{tenant_id}:{call_id}"))
