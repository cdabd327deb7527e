"""Telephone numbers, and the doors through which their carrier reaches this service."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from bootstrap.settings import Settings, TwilioPart
from domain.errors import ConfigError
from domain.session import DEMO_TENANT, SessionStatus
from ports.calls import CallRecord, CallStore
from ports.clock import SystemClock
from ports.telephony import Carrier, Line, LineStart
from providers.twilio.account import GUARDED, TwilioAccount
from providers.twilio.amd import Verdict
from providers.twilio.ports import ArrivingCall, CallProgress, CallReference, Door, OpenedCall, TextCall
from providers.twilio.rest import open_twilio_carrier
from providers.twilio.router import CarrierRoutes, Doors, build_router
from providers.twilio.tokens import StreamTokens
from sessions.handover import briefing
from sessions.outbound import ANSWER_WITHIN, Outbound
from sessions.service import Parley
from sessions.tasks import OwnedTasks, open_tasks
from sessions.telephone import CallTold, Desk, Telephone

NO_CARRIER = (
    "Calls cannot be placed: set PARLEY_TWILIO__ACCOUNT_SID, PARLEY_TWILIO__AUTH_TOKEN, PARLEY_TWILIO__PUBLIC_URL and "
    "PARLEY_TWILIO__NUMBERS."
)
IN_WORDS = "relay:"
"""Before a number's playbook: the call is led in words, over ConversationRelay."""


@dataclass(frozen=True)
class Telephony:
    """The carrier's routes, where there is a carrier, and who places calls."""

    outbound: Outbound
    routes: CarrierRoutes | None = None


class Lines(Protocol):
    """Who leads calls: with their sound, as many as there are lines, or in words."""

    def require_line(self, call_id: str | None = None) -> None:
        """Let a call come in, or come back. Raises Unavailable when all lines are busy."""
        ...

    async def take(self, line: Line) -> None:
        """Lead a call with its sound."""
        ...

    async def open_words(self, start: LineStart, carrier: Carrier) -> TextCall:
        """Begin a call that its carrier hears and speaks for us."""
        ...


@asynccontextmanager
async def open_telephony(
    settings: Settings, parley: Parley, calls: CallStore, lines: Lines
) -> AsyncIterator[Telephony]:
    """Open the carrier that the settings name; where they name none, calls are neither taken nor placed.

    Raises:
        ConfigError: a setting of the carrier cannot work.
    """
    twilio = settings.twilio
    clock = SystemClock()
    if twilio.account_sid is None:
        yield Telephony(Outbound(parley, calls, clock, OwnedTasks(), missing=NO_CARRIER))
        return
    account = account_of(twilio)
    if settings.secret is None:
        raise ConfigError("PARLEY_SECRET is needed with Twilio: calls are let in by one-time tokens that it signs.")
    desks = _desks(twilio.numbers)
    tokens = StreamTokens(settings.secret.get_secret_value(), calls, clock)
    async with open_twilio_carrier(account, base_url=twilio.rest_url) as carrier, open_tasks(ANSWER_WITHIN) as tasks:
        telephone = Telephone(parley, calls, desks, carrier)
        doors = Doors(account, tokens, TwilioDesk(telephone, lines.require_line), carrier, lines.take, lines.open_words)
        routes = CarrierRoutes(build_router(doors), GUARDED)
        yield Telephony(Outbound(parley, calls, clock, tasks, desks, carrier), routes)


@dataclass(frozen=True)
class TwilioDesk:
    """Twilio's calls, in the words of `Telephone`."""

    telephone: Telephone
    require_line: Callable[[str], None]

    async def open_call(self, call: ArrivingCall) -> OpenedCall:
        """Find who takes the call; one that is led with its sound needs a line (Unavailable)."""
        if self._door(call.caller if call.outbound else call.called) is Door.MEDIA:
            self.require_line(call.call_id)
        if call.tenant_id and call.session_id:
            record = await self.telephone.outbound_call(call.tenant_id, call.call_id, call.session_id)
            return self._opened(call.tenant_id, record, call.caller)
        tenant_id, record = await self.telephone.open_call(call.call_id, caller=call.caller, called=call.called)
        return self._opened(tenant_id, record, call.called)

    async def progressed(self, progress: CallProgress) -> None:
        """Take an entry of the feed."""
        await self.telephone.progressed(_told(progress.call), progress.state.value, progress.lasted)

    async def answered(self, call: CallReference, verdict: Verdict) -> None:
        """Take what detection says."""
        await self.telephone.answered(_told(call), verdict.by)

    async def briefing(self, tenant_id: str, session_id: str) -> str:
        """Say what a call is about that is handed over."""
        return await briefing(self.telephone.parley, tenant_id, session_id)

    def _opened(self, tenant_id: str, record: CallRecord, ours: str) -> OpenedCall:
        over = record.session_status is not SessionStatus.ACTIVE
        return OpenedCall(tenant_id, record.session_id, record.playbook, self._door(ours), over=over)

    def _door(self, ours: str) -> Door:
        desk = self.telephone.desk_of(ours)
        return Door.RELAY if desk is not None and desk.in_words else Door.MEDIA


def _told(call: CallReference) -> CallTold:
    return CallTold(call.call_id, call.tenant_id, call.session_id)


def account_of(twilio: TwilioPart) -> TwilioAccount:
    """Read the account of the settings.

    Raises:
        ConfigError: a part of it is missing.
    """
    tokens = tuple(token.get_secret_value() for token in (twilio.auth_token, twilio.second_auth_token) if token)
    if twilio.account_sid is None:
        raise ConfigError("PARLEY_TWILIO__ACCOUNT_SID is needed for a telephone.")
    if twilio.public_url is None:
        raise ConfigError(
            "PARLEY_TWILIO__PUBLIC_URL is needed: the https address under which Twilio reaches this server."
        )
    return TwilioAccount(twilio.account_sid, tokens, twilio.public_url)


def _desks(numbers: Mapping[str, str]) -> dict[str, Desk]:
    """Read who answers, by number: `playbook` or `tenant/playbook`, with `relay:` before it for a call in words."""
    desks = {}
    for number, who in numbers.items():
        tenant_id, _, playbook = who.removeprefix(IN_WORDS).rpartition("/")
        desks[number] = Desk(playbook, tenant_id or DEMO_TENANT, who.startswith(IN_WORDS))
    return desks
