"""The other end of a line: it plays what it is sent in real time or faster, and says what a test wants said."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import numpy as np

from domain.errors import Fault, ProviderRejected
from ports.telephony import Digit, HungUp, LineEvent, LineStart, Played, Sound
from speech.g711 import encode_mu_law
from speech.pcm import to_pcm16

CHUNK = 160
SILENCE = encode_mu_law(np.zeros(CHUNK, np.int16))
RATE_HZ = 8_000


@dataclass
class Phone:
    """A line whose far end plays `speed` times as fast as real time, and echoes marks and clears as a carrier does."""

    start: LineStart
    speed: float = 20.0
    played: int = 0
    """Bytes that were played to the ear."""
    played_marks: list[str] = field(default_factory=list)
    """Marks whose sound was played whole."""
    clears: int = 0
    hung_up: bool = False
    recorded: int = 0
    refuses_transfer: bool = False
    returns_marks: bool = True
    transferred: tuple[str, str] | None = None
    shown: list[tuple[str, bool]] = field(default_factory=list)
    _buffer: deque[bytes | str] = field(default_factory=deque)
    _signals: deque[LineEvent] = field(default_factory=deque)
    _voice: deque[bytes] = field(default_factory=deque)

    async def events(self) -> AsyncIterator[LineEvent]:
        """What comes from this end: a chunk of sound at the pace of the line, and whatever else there is at once."""
        while True:
            while self._signals:
                yield (signal := self._signals.popleft())
                if isinstance(signal, HungUp):
                    return
            yield Sound(self._voice.popleft() if self._voice else SILENCE)
            await asyncio.sleep(CHUNK / RATE_HZ / self.speed)
            self._play_on()

    async def play(self, data: bytes) -> None:
        """Take sound into the buffer."""
        self._buffer.append(data)

    async def mark(self, name: str) -> None:
        """Take a mark into the buffer."""
        self._buffer.append(name)

    async def clear(self) -> None:
        """Throw the buffer away; its marks come back."""
        self.clears += 1
        for item in self._buffer:
            if isinstance(item, str):
                self._signals.append(Played(item))
        self._buffer.clear()

    async def show(self, text: str, *, final: bool) -> None:
        """Keep what was shown, and whether it was final."""
        self.shown.append((text, final))

    async def hang_up(self) -> None:
        """End the call."""
        self.hung_up = True

    async def record(self) -> None:
        """Note that it is recorded."""
        self.recorded += 1

    async def transfer(self, phone: str, summary: str) -> None:
        """Hand the call over, or fail as told."""
        if self.refuses_transfer:
            raise ProviderRejected("phone", Fault.REFUSED)
        self.transferred = (phone, summary)
        self.hang()

    def say(self, seconds: float) -> None:
        """Make a sound for so long."""
        tone = to_pcm16((0.3 * np.sin(np.arange(round(seconds * RATE_HZ)) * 0.3)).astype(np.float32))
        data = encode_mu_law(tone)
        for at in range(0, len(data), CHUNK):
            self._voice.append(data[at : at + CHUNK])

    def hears_next(self, chunk: bytes) -> None:
        """Send this sound as one chunk, as it is."""
        self._voice.append(chunk)

    def be_silent(self, seconds: float) -> None:
        """Say nothing for so long before the next thing."""
        for _ in range(round(seconds * RATE_HZ / CHUNK)):
            self._voice.append(SILENCE)

    async def line_seconds(self, seconds: float) -> None:
        """Let so much of the line's time pass."""
        self.be_silent(seconds)
        while self._voice:  # noqa: ASYNC110  (the line is its own clock)
            await asyncio.sleep(CHUNK / RATE_HZ / self.speed)

    def press(self, digits: str) -> None:
        """Press keys."""
        for digit in digits:
            self._signals.append(Digit(digit))

    def hang(self, *, over: bool = True) -> None:
        """Put the receiver down, or lose the line."""
        self._signals.append(HungUp("test", over))

    def _play_on(self) -> None:
        left = CHUNK
        while self._buffer and left:
            item = self._buffer.popleft()
            if isinstance(item, str):
                self._reach(item)
                continue
            self.played += len(item[:left])
            if len(item) > left:
                self._buffer.appendleft(item[left:])
            left -= len(item[:left])
        while self._buffer and isinstance(self._buffer[0], str):
            mark = self._buffer.popleft()
            assert isinstance(mark, str)
            self._reach(mark)

    def _reach(self, mark: str) -> None:
        self.played_marks.append(mark)
        if self.returns_marks:
            self._signals.append(Played(mark))
