"""What the doors to Twilio need from the service behind them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from ports.telephony import Carrier, LineStart
from providers.twilio.amd import Verdict


class OneTimeTokens(Protocol):
    """Remembers tokens until they run out, for all processes of the service."""

    async def use(self, digest: str, expires: datetime) -> bool:
        """Note a token, by a hash of it, as used; False when it was. Two at once: one of them gets True."""
        ...


class Door(StrEnum):
    """How a call is led: with its sound, or with words that Twilio hears and speaks."""

    MEDIA = "media"
    RELAY = "relay"


@dataclass(frozen=True)
class ArrivingCall:
    """A call that asks what to do: one that comes in, one of ours that was picked up, or one whose line was lost.

    `caller` and `called` are numbers as Twilio gives them, whoever called whom; `outbound` says that we did.
    `tenant_id` and `session_id` are known for our own calls. `resumed` counts the lines this call has lost.
    """

    call_id: str
    caller: str
    called: str
    outbound: bool = False
    tenant_id: str | None = None
    session_id: str | None = None
    resumed: int = 0


@dataclass(frozen=True)
class OpenedCall:
    """The session that takes a call; `over` when it has ended, so that the call is to end too."""

    tenant_id: str
    session_id: str
    agent: str
    door: Door = Door.MEDIA
    over: bool = False


class CallState(StrEnum):
    """Where a call stands, as Twilio counts (https://www.twilio.com/docs/voice/api/call-resource#call-status-values)."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"

    @property
    def is_final(self) -> bool:
        """True when nothing follows: whatever still comes for the call happened before."""
        return self not in (CallState.QUEUED, CallState.INITIATED, CallState.RINGING, CallState.IN_PROGRESS)


@dataclass(frozen=True)
class CallReference:
    """Which call a message is about; its tenant, session and key are known for our own calls."""

    call_id: str
    caller: str = ""
    called: str = ""
    tenant_id: str | None = None
    session_id: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class CallProgress:
    """One entry of a feed that promises no order and may repeat itself: the same `dedupe_key`, the same entry."""

    call: CallReference
    state: CallState
    sequence: int | None = None
    lasted: timedelta | None = None
    reason: str | None = None

    @property
    def dedupe_key(self) -> str:
        """What two deliveries of one entry have in common."""
        return f"{self.call.call_id}:{self.state}:{'' if self.sequence is None else self.sequence}"


class Switchboard(Protocol):
    """The service, as calls see it. All of it may be asked again about the same call."""

    async def open_call(self, call: ArrivingCall) -> OpenedCall:
        """Find the business that answers and the session of the call; the same call, the same session.

        Raises:
            NotFound: nobody answers that number.
            ParleyError: not now; the call is asked to wait and asks again.
        """
        ...

    async def progressed(self, progress: CallProgress) -> None:
        """Take an entry of the feed."""
        ...

    async def answered(self, call: CallReference, verdict: Verdict) -> None:
        """Take what detection says about who picked up."""
        ...

    async def briefing(self, tenant_id: str, session_id: str) -> str:
        """Say what a call is about to the person it is handed to; empty when there is nothing to say."""
        ...


class TextCall(Protocol):
    """One call led in words. Words that are yielded are spoken; a stream that is stopped early was interrupted."""

    @property
    def ended(self) -> bool:
        """True when all has been said and the call is to end."""
        ...

    def begin(self) -> AsyncGenerator[str, None]:
        """Say the first sentences."""
        ...

    def on_prompt(self, text: str) -> AsyncGenerator[str, None]:
        """Take what the caller said, as it comes in; the answer, sentence by sentence, is asked for in its turn."""
        ...

    def on_digit(self, digit: str) -> AsyncGenerator[str, None]:
        """Take a key as it is pressed; the answer, if it calls for one, is asked for in its turn."""
        ...

    def on_played(self, text: str) -> None:
        """Take words of ours that have been played."""
        ...

    async def on_interrupt(self, heard_text: str) -> None:
        """Take what the caller heard of the words that were being spoken when they interrupted."""
        ...

    def on_said(self) -> AsyncGenerator[str, None]:
        """Do what the words just said have decided about the call; say so if it cannot be done."""
        ...

    async def heard_out(self) -> None:
        """Wait until the last words have been heard, or for as long as it takes to say them."""
        ...

    async def close(self, *, over: bool) -> None:
        """End: the line is gone, and with `over` the call too. Called once, whatever happened."""
        ...


OpenTextCall = Callable[[LineStart, Carrier], Awaitable[TextCall]]
"""Begin a call in words, which the carrier can hand over."""
