"""A line that loses, holds up and repeats messages, by seeded chance."""

from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random

from providers.twilio_simulator.line_clock import samples


@dataclass(frozen=True)
class Wire:
    """How reliable the way to the server is: chances 0..1, each drawn for each message of `events`.

    A message held up arrives up to `late_seconds` later, and so after younger ones. `frame` is how many samples a
    media message holds, 20 ms as with Twilio; `uneven` makes it anything from 1 to twice that.
    """

    drop: float = 0.0
    delay: float = 0.0
    duplicate: float = 0.0
    late_seconds: float = 0.5
    events: frozenset[str] = frozenset({"media", "mark", "dtmf"})
    frame: int = 160
    uneven: bool = False

    def __post_init__(self) -> None:
        if not all(0 <= chance <= 1 for chance in (self.drop, self.delay, self.duplicate)):
            raise ValueError("a chance is between 0 and 1")
        if self.frame < 1 or self.late_seconds < 0:
            raise ValueError("a frame has at least one sample, and nothing arrives before it is sent")

    @property
    def perfect(self) -> bool:
        """Whether every message arrives once and in order."""
        return not (self.drop or self.delay or self.duplicate)


@dataclass
class WireCount:
    """What befell the messages of a stream."""

    dropped: int = 0
    delayed: int = 0
    duplicated: int = 0


class Chance:
    """Draws the fate of one stream's messages; the same seed and the same messages meet the same fate."""

    def __init__(self, wire: Wire, seed: int) -> None:
        self.count = WireCount()
        self._wire = wire
        self._random = Random(seed)
        self._held: list[tuple[int, int, str]] = []

    def frame(self) -> int:
        """Return how many samples the next media message holds."""
        return self._random.randint(1, 2 * self._wire.frame) if self._wire.uneven else self._wire.frame

    def send(self, event: str, text: str, now: int) -> list[str]:
        """Return what of a message goes out now: it once, twice or not at all."""
        if self._wire.perfect or event not in self._wire.events:
            return [text]
        if self._drawn(self._wire.drop):
            self.count.dropped += 1
            return []
        if self._drawn(self._wire.delay):
            self._hold(text, now)
            return []
        if self._drawn(self._wire.duplicate):
            self.count.duplicated += 1
            return [text, text]
        return [text]

    def due(self, now: int) -> list[str]:
        """Return what was held up until now."""
        texts = []
        while self._held and self._held[0][0] <= now:
            texts.append(heappop(self._held)[2])
        return texts

    def _drawn(self, chance: float) -> bool:
        return self._random.random() < chance

    def _hold(self, text: str, now: int) -> None:
        self.count.delayed += 1
        late = samples(self._random.uniform(0, self._wire.late_seconds))
        heappush(self._held, (now + late, self.count.delayed, text))
