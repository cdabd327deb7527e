"""What the telephone plays: a buffer that empties as the line's time passes, and the truth about what was heard.

Marks come back when the sound before them has been played, or at once when a clear throws it away, as Twilio says of
its bidirectional streams. Times are samples of the line; offsets are bytes of all the sound that one stream brought.
"""

from collections import deque
from dataclasses import dataclass, field

from providers.twilio_simulator.sound import is_quiet

_SLICE = 160
"""Sound is judged loud or quiet in slices of 20 ms."""


@dataclass
class Ear:
    """What the caller has noticed of the agent's voice, over all the streams of a call."""

    sounded: int = 0
    """Samples that were played and were not silence."""
    last: int = 0
    """When the last of them ended."""


@dataclass
class Played:
    """Sound that was played without a gap: from when on, and from which byte of what came."""

    at: int
    offset: int
    sound: bytearray


@dataclass
class Mark:
    """A mark that came: what had been sent before it, and when and why it went back."""

    name: str
    offset: int
    came_at: int
    back_at: int | None = None
    cleared: bool = False


@dataclass
class Clear:
    """A clear that came, and how many bytes it threw away."""

    at: int
    offset: int
    dropped: int


@dataclass
class Heard:
    """The truth about one mark's sound, that between the mark before and this one, in bytes."""

    mark: str
    sent: int
    played: int


@dataclass
class PlayoutRecord:
    """Everything that one stream brought to the telephone's ear, and what became of it."""

    received: int = 0
    played: list[Played] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    clears: list[Clear] = field(default_factory=list)

    @property
    def sound(self) -> bytes:
        """All that was played, without the gaps."""
        return b"".join(span.sound for span in self.played)

    def played_of(self, start: int, end: int) -> int:
        """Count the bytes from `start` to before `end`, of all that came, that were played."""
        spans = ((span.offset, span.offset + len(span.sound)) for span in self.played)
        return sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in spans)

    def heard(self) -> list[Heard]:
        """Say of each mark's sound how much was sent and how much was played."""
        starts = [0, *(mark.offset for mark in self.marks)]
        return [
            Heard(mark.name, mark.offset - start, self.played_of(start, mark.offset))
            for start, mark in zip(starts, self.marks, strict=False)
        ]


class Playout:
    """One stream's buffer. Every method plays what has to be played by `now`, and returns the marks that go back."""

    def __init__(self, ear: Ear, now: int = 0) -> None:
        self.record = PlayoutRecord()
        self._ear = ear
        self._now = now
        self._queue: deque[bytes | Mark] = deque()
        self._begun = 0
        """Bytes of the first in the queue that are played already."""
        self._offset = 0

    @property
    def waiting(self) -> int:
        """Bytes that are not played yet."""
        return self.record.received - self._offset

    def push(self, sound: bytes, now: int) -> list[str]:
        """Take sound, to be played after what came before; while that lasts, there is nothing else to do."""
        back = self.advance(now) if self.waiting <= now - self._now else []
        if sound:
            self._queue.append(sound)
            self.record.received += len(sound)
        return back

    def mark(self, name: str, now: int) -> list[str]:
        """Take a mark."""
        back = self.advance(now)
        mark = Mark(name, self.record.received, now)
        self.record.marks.append(mark)
        self._queue.append(mark)
        return back + self.advance(now)

    def clear(self, now: int) -> list[str]:
        """Throw away what is not played; all marks that wait go back."""
        back = self.advance(now)
        pending = [item for item in self._queue if isinstance(item, Mark)]
        for mark in pending:
            mark.back_at, mark.cleared = now, True
        self.record.clears.append(Clear(now, self._offset, self.waiting))
        self._queue.clear()
        self._begun, self._offset = 0, self.record.received
        return back + [mark.name for mark in pending]

    def advance(self, now: int) -> list[str]:
        """Play on until `now`."""
        back: list[str] = []
        while self._queue:
            first = self._queue[0]
            if isinstance(first, Mark):
                first.back_at = self._now
                back.append(first.name)
                self._queue.popleft()
            elif self._now < now:
                self._play(first, now - self._now)
            else:
                break
        self._now = max(self._now, now)
        return back

    def _play(self, sound: bytes, at_most: int) -> None:
        """Play a slice of what is first in the queue."""
        piece = sound[self._begun : self._begun + min(at_most, _SLICE)]
        self._note(piece)
        self._now += len(piece)
        self._offset += len(piece)
        self._begun += len(piece)
        if self._begun == len(sound):
            self._queue.popleft()
            self._begun = 0
        if not is_quiet(piece):
            self._ear.sounded += len(piece)
            self._ear.last = self._now

    def _note(self, piece: bytes) -> None:
        last = self.record.played[-1] if self.record.played else None
        if last and last.at + len(last.sound) == self._now and last.offset + len(last.sound) == self._offset:
            last.sound += piece
        else:
            self.record.played.append(Played(self._now, self._offset, bytearray(piece)))
