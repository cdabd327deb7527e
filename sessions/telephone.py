"""Telephone calls and their sessions: who answers a number, where a call stands, when it is over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import structlog

from domain.errors import NotFound, ProviderError, SessionClosed
from domain.manners import OnMachine
from domain.session import DEMO_TENANT
from ports.calls import FINAL, CallRecord, CallStore, NewCall
from ports.telephony import AnsweredBy, Carrier
from sessions.service import Parley

CHANNEL = "phone"
NOBODY = (AnsweredBy.MACHINE, AnsweredBy.FAX)
"""Who is certainly no person; one whom detection did not recognise is never hung up on."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Desk:
    """Who answers a number: a tenant's playbook."""

    playbook: str
    tenant_id: str = DEMO_TENANT
    in_words: bool = False
    """Whether the carrier hears and speaks, where it can."""


@dataclass(frozen=True)
class CallTold:
    """Which call a report is about; tenant and session are known for those that we placed."""

    call_id: str
    tenant_id: str | None = None
    session_id: str | None = None


@dataclass(frozen=True)
class Telephone:
    """Every carrier's calls. All of it may be asked again about the same call."""

    parley: Parley
    calls: CallStore
    desks: Mapping[str, Desk]
    """By called number, as the carrier gives it; `*` answers every other one."""
    carrier: Carrier | None = None
    """Ends calls of ours that no person has taken."""

    def desk_of(self, number: str) -> Desk | None:
        """Who answers one of our numbers."""
        return self.desks.get(number) or self.desks.get("*")

    async def open_call(self, call_id: str, *, caller: str | None, called: str) -> tuple[str, CallRecord]:
        """Find who answers a call that comes in, and its session; the same call, the same session.

        Returns:
            The tenant, and the call as it stands.

        Raises:
            NotFound: nobody answers that number.
        """
        desk = self.desk_of(called)
        if desk is None:
            raise NotFound("Nobody answers this number.")
        known = await self.calls.load(desk.tenant_id, call_id)
        if known is not None:
            return desk.tenant_id, known
        session_id = session_of(desk.tenant_id, call_id)
        await self.parley.open_session(
            desk.playbook,
            tenant_id=desk.tenant_id,
            session_id=session_id,
            caller_phone=caller,
            channel=CHANNEL,
            in_writing=False,
        )
        await self.calls.keep(desk.tenant_id, NewCall(call_id, session_id, desk.playbook, False, caller, called))
        kept = await self.calls.load(desk.tenant_id, call_id)
        assert kept is not None
        return desk.tenant_id, kept

    async def outbound_call(self, tenant_id: str, call_id: str, session_id: str) -> CallRecord:
        """Find the session of a call that we placed (NotFound for one that we did not)."""
        await self.calls.connect(tenant_id, session_id, call_id)
        known = await self.calls.load(tenant_id, call_id)
        if known is None or known.session_id != session_id:
            log.error("call_is_not_ours", session_id=session_id)
            raise NotFound("This is not the call that was placed.")
        return known

    async def progressed(self, told: CallTold, state: str, lasted: timedelta | None) -> None:
        """Take a report of where a call stands; the session of one that is over ends."""
        await self._connect(told)
        for tenant in self._tenants(told.tenant_id):
            session_id = await self.calls.progressed(tenant, told.call_id, state, lasted)
            if session_id is not None and state in FINAL:
                log.info("call_over", session_id=session_id, state=state)
                await self.parley.close_session(session_id, tenant_id=tenant)

    async def answered(self, told: CallTold, by: AnsweredBy) -> None:
        """Keep who picked up, and do what the playbook's manners say: once, and nothing to whoever may be a person."""
        await self._connect(told)
        for tenant in self._tenants(told.tenant_id):
            if await self.calls.answered(tenant, told.call_id, by) is not None and by in NOBODY:
                await self._leave(tenant, told.call_id, by)

    async def _connect(self, told: CallTold) -> None:
        """Note the carrier's id of a call of ours: a report may come before the answer that holds it."""
        if told.tenant_id and told.session_id:
            await self.calls.connect(told.tenant_id, told.session_id, told.call_id)

    async def _leave(self, tenant_id: str, call_id: str, by: AnsweredBy) -> None:
        """End a call that a machine took, with a message where one is to be left."""
        record = await self.calls.load(tenant_id, call_id)
        if record is None or self.carrier is None:
            return
        try:
            words = await self._message(tenant_id, record) if by is AnsweredBy.MACHINE else ""
            if words is None:
                return
            await (self.carrier.leave_message(call_id, words) if words else self.carrier.hang_up(call_id))
        except (ProviderError, SessionClosed) as error:
            log.warning("machine_not_dealt_with", session_id=record.session_id, code=error.code)

    async def _message(self, tenant_id: str, record: CallRecord) -> str | None:
        """What a machine is told, which is kept as said; empty for nothing, None when the machine screens calls."""
        playbook = self.parley.playbooks[record.playbook]
        state = await self.parley.get_session_state(record.session_id, tenant_id=tenant_id)
        business = str(state["call_context"].get("business", ""))
        manners = playbook.manners
        if any(turn["text"] == manners.introduce(business) for turn in state["recent_turns"]):
            return None
        if manners.on_machine is OnMachine.HANG_UP:
            return ""
        words = manners.leave(business)
        await self.parley.process_turn(
            record.session_id,
            tenant_id=tenant_id,
            speaker=playbook.agent,
            raw_text=words,
            turn_id=f"{record.call_id}-message",
            aloud=True,
        )
        return words

    def _tenants(self, tenant_id: str | None) -> Iterable[str]:
        """Whose call it can be: a report of a call that came in does not say."""
        return (tenant_id,) if tenant_id else sorted({desk.tenant_id for desk in self.desks.values()})


def session_of(tenant_id: str, call_id: str) -> str:
    """The session of a call that comes in: the same on every replica that is asked."""
    return str(uuid5(NAMESPACE_URL, f"call:{tenant_id}:{call_id}"))
