"""A line to somebody's ear and the carrier behind it, in words that belong to none of them.

A carrier's own messages stay in its provider's folder: what the call sees is sound, digits and marks.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.sound import LineSound


@dataclass(frozen=True)
class LineStart:
    """What is known when a line opens. `call_id` is the carrier's own; `resumed` says that the call was here before."""

    tenant_id: str
    session_id: str
    call_id: str
    stream_id: str
    sound: LineSound = LineSound.MU_LAW_8K
    caller_phone: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    resumed: bool = False
    outbound: bool = False
    """We have called them."""


class Sound(NamedTuple):
    """What the other side says, any number of bytes in the line's own sound; part of a sample waits for the rest."""

    data: bytes


@dataclass(frozen=True)
class Digit:
    """A key that was pressed: 0 to 9, *, # or A to D."""

    digit: str


@dataclass(frozen=True)
class Played:
    """A mark came back: all that was sent before it has been played, or a clear has thrown it away."""

    mark: str


@dataclass(frozen=True)
class HungUp:
    """The line is gone, and with `over` the call too. `reason` is for the log."""

    reason: str
    over: bool


LineEvent = Sound | Digit | Played | HungUp


class Line(Protocol):
    """One open line: a stream of events in, sound and marks out, in order."""

    @property
    def start(self) -> LineStart:
        """What is known of the call."""
        ...

    def events(self) -> AsyncIterator[LineEvent]:
        """Yield what comes from the other side; `HungUp` is the last. Iterated once."""
        ...

    async def play(self, data: bytes) -> None:
        """Send sound, in the line's own, to be played after what was sent before.

        Raises:
            LineClosed: nobody is there any more.
        """
        ...

    async def mark(self, name: str) -> None:
        """Ask to be told (`Played`) when all that was sent so far has been played. Raises LineClosed."""
        ...

    async def clear(self) -> None:
        """Throw away what was sent and not played; the marks among it come back at once. Raises LineClosed."""
        ...

    async def show(self, text: str, *, final: bool) -> None:
        """Show the words that were understood, where the other end has eyes; elsewhere nothing happens."""
        ...

    async def hang_up(self) -> None:
        """End the call, or whatever part of it the line can end; safe to call again."""
        ...

    async def record(self) -> None:
        """Begin to record the call, to which its other side has agreed. Raises ProviderError."""
        ...

    async def transfer(self, phone: str, summary: str) -> None:
        """Hand the caller to a person's number; the summary of what it is about is for that person.

        Raises:
            ProviderError: the caller is not handed over, and the line goes on.
        """
        ...


TakeLine = Callable[[Line], Awaitable[None]]
"""Lead a call on a line from its start to its end."""


class AnsweredBy(StrEnum):
    """Who picked up an outbound call, as far as the carrier can tell."""

    HUMAN = "human"
    MACHINE = "machine"
    FAX = "fax"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OutboundCall:
    """A call to be placed; `key` makes a second try harmless where the carrier can be asked."""

    tenant_id: str
    session_id: str
    to: str
    caller_id: str
    key: str


class Carrier(Protocol):
    """Whoever connects calls: places them, hands them over, ends them."""

    @property
    def name(self) -> str:
        """Which carrier it is."""
        ...

    async def call(self, call: OutboundCall) -> str:
        """Place a call and return the carrier's id of it.

        Raises:
            ProviderUnavailable: it may or may not have been placed; look for it before a second try.
            ProviderRejected: it was not and will not be.
        """
        ...

    async def look_for(self, call: OutboundCall, since: datetime) -> str | None:
        """Find a call of which nobody knows whether it was placed; None when that stays so. Raises ProviderError."""
        ...

    async def leave_message(self, call_id: str, words: str) -> None:
        """Say words in place of what goes on, and end the call. Raises ProviderError."""
        ...

    async def hang_up(self, call_id: str) -> None:
        """End a call; one that has ended already is fine. Raises ProviderError."""
        ...

    async def start_recording(self, call_id: str) -> None:
        """Record a call from now on. Raises ProviderError."""
        ...

    async def stop_recording(self, call_id: str) -> None:
        """Record a call no longer; one that is not recorded is fine. Raises ProviderError."""
        ...

    async def transfer(self, start: LineStart, phone: str) -> None:
        """Connect the other side of a call to a number; who answers is told first what it is about, from the record.

        Raises:
            ProviderError: they are not connected, and the call goes on.
        """
        ...
