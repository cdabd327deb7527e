"""Calls that we place: each once, whoever asks again, and never again while nobody knows whether it was placed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import structlog

from domain.errors import Conflict, InvalidInput, NotFound, ProviderError, ProviderRejected, Unavailable
from domain.session import SessionStatus, session_id_of
from ports.calls import FAILED, PLACING, UNKNOWN, CallRecord, CallStore, NewCall
from ports.clock import Clock
from ports.telephony import Carrier, OutboundCall
from sessions.requests import GivenContext, playbook_named
from sessions.service import Parley
from sessions.tasks import OwnedTasks
from sessions.telephone import CHANNEL, Desk

ANSWER_WITHIN = timedelta(seconds=30)
"""A carrier that has not answered by then is not being asked any more."""
_RETRY_SECONDS = 60.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class WantedCall:
    """Whom to call, and in which business's name; `key` is the client's own for the request."""

    playbook: str
    to: str
    caller_id: str | None = None
    call_context: GivenContext = None
    customer_profile: Mapping[str, Any] | None = None
    key: str | None = None


@dataclass(frozen=True)
class Outbound:
    """Places calls by one carrier; without one, `missing` says what to set."""

    parley: Parley
    calls: CallStore
    clock: Clock
    tasks: OwnedTasks
    desks: Mapping[str, Desk] = field(default_factory=dict)
    carrier: Carrier | None = None
    missing: str = "No carrier is configured."

    async def place(self, tenant_id: str, wanted: WantedCall) -> tuple[CallRecord, bool]:
        """Place a call; the same key returns the call that was placed, and False.

        Raises:
            Unavailable: there is no carrier.
            InvalidInput: naming the field.
            Conflict: the key was used with another body.
        """
        if self.carrier is None:
            raise Unavailable(self.missing, retry_after=_RETRY_SECONDS)
        caller_id = self._caller_id(tenant_id, wanted)
        if not playbook_named(self.parley.playbooks, wanted.playbook).replies:
            raise InvalidInput(f"{wanted.playbook} listens to calls that others lead.", field="playbook")
        session_id = str(uuid4()) if wanted.key is None else call_id_of(tenant_id, wanted.key)
        await self._open(tenant_id, session_id, wanted)
        new = NewCall(session_id, session_id, wanted.playbook, outbound=True, caller=caller_id, called=wanted.to)
        first = await self.calls.place(tenant_id, new)
        if first:
            await self._dial(self.carrier, OutboundCall(tenant_id, session_id, wanted.to, caller_id, session_id))
        else:
            await self._find(self.carrier, tenant_id, new)
        return await self.show(tenant_id, session_id), first

    async def show(self, tenant_id: str, call_id: str) -> CallRecord:
        """Show a call, by its session's id (NotFound)."""
        record = await self.calls.of_session(tenant_id, session_id_of(call_id))
        if record is None:
            raise NotFound("There is no such call.")
        return record

    def _caller_id(self, tenant_id: str, wanted: WantedCall) -> str:
        """Choose the number it is called from: one of the tenant's own, the playbook's before others."""
        own = {number: desk for number, desk in self.desks.items() if desk.tenant_id == tenant_id}
        if wanted.caller_id is not None:
            if wanted.caller_id not in own:
                raise InvalidInput("Call from a number that is yours.", field="from")
            return wanted.caller_id
        numbers = sorted(own, key=lambda number: own[number].playbook != wanted.playbook)
        found = next((number for number in numbers if number.startswith("+")), None)
        if found is None:
            raise InvalidInput("You have no number to call from; name one.", field="from")
        return found

    async def _open(self, tenant_id: str, session_id: str, wanted: WantedCall) -> None:
        try:
            await self.parley.open_session(
                wanted.playbook,
                tenant_id=tenant_id,
                session_id=session_id,
                call_context=wanted.call_context,
                customer_profile=wanted.customer_profile,
                caller_phone=wanted.to,
                channel=CHANNEL,
                in_writing=False,
            )
        except Conflict as error:
            raise _another_call() from error

    async def _dial(self, carrier: Carrier, call: OutboundCall) -> None:
        """Ask the carrier, in a task that a client who leaves does not end."""
        await asyncio.shield(self.tasks.start(self._ask(carrier, call), f"placing {call.session_id}"))

    async def _ask(self, carrier: Carrier, call: OutboundCall) -> None:
        try:
            call_id = await carrier.call(call)
        except ProviderRejected as error:
            log.warning("call_refused", session_id=call.session_id, fault=error.fault.value, detail=error.message)
            await self.calls.stands(call.tenant_id, call.session_id, FAILED)
            await self.parley.close_session(call.session_id, tenant_id=call.tenant_id)
        except ProviderError as error:
            log.error("call_unknown", session_id=call.session_id, fault=error.fault.value)
            await self.calls.stands(call.tenant_id, call.session_id, UNKNOWN)
        else:
            await self.calls.connect(call.tenant_id, call.session_id, call_id)

    async def _find(self, carrier: Carrier, tenant_id: str, again: NewCall) -> None:
        """Find the call that was placed (Conflict: from another number), if need be at the carrier."""
        record = await self.show(tenant_id, again.session_id)
        if record.caller != again.caller:
            raise _another_call()
        if not record.placed and self._is_unknown(record):
            await self._look_for(carrier, tenant_id, record)

    async def _look_for(self, carrier: Carrier, tenant_id: str, record: CallRecord) -> None:
        """See whether a call of which nobody knows was placed after all; it is never placed again."""
        session_id = record.session_id
        await self.calls.stands(tenant_id, session_id, UNKNOWN)
        call = OutboundCall(tenant_id, session_id, record.called or "", record.caller or "", session_id)
        try:
            found = await carrier.look_for(call, record.opened_at)
        except ProviderError as error:
            log.warning("call_not_looked_for", session_id=session_id, fault=error.fault.value)
            return
        if found is not None:
            await self.calls.connect(tenant_id, session_id, found)

    def _is_unknown(self, record: CallRecord) -> bool:
        over = record.session_status is not SessionStatus.ACTIVE
        late = self.clock.now() - record.opened_at > ANSWER_WITHIN
        return not over and (record.state == UNKNOWN or (record.state == PLACING and late))


def call_id_of(tenant_id: str, key: str) -> str:
    """The id of the call that a client's key stands for."""
    return str(uuid5(NAMESPACE_URL, f"outbound:{tenant_id}:{key}"))


def _another_call() -> Conflict:
    return Conflict("This Idempotency-Key has placed another call.", field="Idempotency-Key")
