"""How late the sound of live lines is handled, against the clock that each line's own sound is."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from math import inf

from ports.telephony import Line, LineEvent, LineStart, Sound


@dataclass
class Lags:
    """Milliseconds of every chunk in a window, over all lines; `lines` are those that are open."""

    ms: list[float] = field(default_factory=list)
    lines: int = 0


class TimedLine:
    """A line whose chunks are timed: each from when it was due until whoever leads the call asks for the next event.

    A chunk is due when as much sound has been spoken as came before it and with it, by a clock that started when the
    quickest chunk so far was sent. So the sender's own lateness counts as ours.
    """

    def __init__(self, line: Line, lags: Lags) -> None:
        self._line = line
        self._lags = lags
        self._bytes_a_second = line.start.sound.rate_hz * line.start.sound.sample_bytes
        self._began = inf
        self._spoken = 0.0

    @property
    def start(self) -> LineStart:
        """What is known of the call."""
        return self._line.start

    async def events(self) -> AsyncIterator[LineEvent]:
        """Yield the line's events."""
        self._lags.lines += 1
        try:
            async for event in self._line.events():
                if isinstance(event, Sound):
                    self._spoken += len(event.data) / self._bytes_a_second
                    self._began = min(self._began, time.monotonic() - self._spoken)
                yield event
                if isinstance(event, Sound):
                    self._lags.ms.append((time.monotonic() - self._began - self._spoken) * 1000)
        finally:
            self._lags.lines -= 1

    async def play(self, data: bytes) -> None:
        """Send sound (LineClosed)."""
        await self._line.play(data)

    async def mark(self, name: str) -> None:
        """Ask to be told when it has been played (LineClosed)."""
        await self._line.mark(name)

    async def clear(self) -> None:
        """Throw away what was not played (LineClosed)."""
        await self._line.clear()

    async def show(self, text: str, *, final: bool) -> None:
        """Show words, where there are eyes."""
        await self._line.show(text, final=final)

    async def hang_up(self) -> None:
        """End the call."""
        await self._line.hang_up()

    async def record(self) -> None:
        """Begin to record the call (ProviderError)."""
        await self._line.record()

    async def transfer(self, phone: str, summary: str) -> None:
        """Hand the caller to a number (ProviderError)."""
        await self._line.transfer(phone, summary)
