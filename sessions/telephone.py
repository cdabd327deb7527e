"""Telephone calls and their sessions: who answers a number, where a call stands, when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import structlog

from domain.errors import NotFound
from domain.session import DEMO_TENANT, SessionStatus
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

    async def progressed(self, tenant_id: str, call_id: str, state: str, lasted: timedelta | None) -> None:
        """Take a report of where a call stands; the session of one that is over ends."""
        session_id = await self.calls.progressed(tenant_id, call_id, state, lasted)
        if session_id is None or state not in FINAL:
            return
        log.info("call_over", session_id=session_id, state=state)
        record = await self.calls.load(tenant_id, call_id)
        if record is not None and record.session_status is SessionStatus.ACTIVE:
            await self.parley.close_session(session_id, tenant_id=tenant_id)

    async def answered(self, tenant_id: str, call_id: str, by: AnsweredBy) -> None:
        """Keep who picked up."""
        await self.calls.answered(tenant_id, call_id, by)

    def tenants_of(self, called: str | None) -> str:
        """Whose number it is; a number that nobody answers is the demo's."""
        desk = self.desks.get(called or "") or self.desks.get("*")
        return DEMO_TENANT if desk is None else desk.tenant_id


def session_of(tenant_id: str, call_id: str) -> str:
    """The session of a call that comes in: the same on every replica that is asked."""
    return str(uuid5(NAMESPACE_URL, f"call:{tenant_id}:{call_id}"))
