"""Voices that say a text as steady levels, a level a word, so that a listener can read back what was said."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

import numpy as np

from domain.errors import Fault, ProviderError, ProviderUnavailable
from ports.text_to_speech import Speech, Tier
from providers.synthesis.words import SECONDS_A_BEAT, beats

RATE_HZ = 8_000
_LOWEST, _STEP = 0.05, 0.01
_LEVELS = 90


def level_of(word: str) -> float:
    """The level that stands for a word such as `w12` or `w12,`: louder for a higher number."""
    number = int("".join(filter(str.isdigit, word)))
    assert number < _LEVELS
    return _LOWEST + _STEP * number


def words_in(pieces: Sequence[Speech]) -> list[tuple[int, int]]:
    """The words of some sound as (number, samples)."""
    heard = [round((float(level) - _LOWEST) / _STEP) for piece in pieces for level in piece.samples]
    return [(number, len(list(run))) for number, run in groupby(heard)]


@dataclass
class Speaker:
    """A voice at a known pace; it fails after so many samples of each sentence, if it is to fail.

    `slowness` stretches it against the pace that a voice unheard is taken to have.
    """

    name: str = "speaker"
    fails_after: int | None = None
    error: ProviderError = field(default_factory=lambda: ProviderUnavailable("speaker", Fault.CONNECTION))
    slowness: float = 1.0
    rate_hz: int = RATE_HZ
    piece: int = 999
    tier: Tier = Tier.LOCAL
    asked: list[str] = field(default_factory=list)
    open: int = 0
    closed: bool = False

    def samples_of(self, text: str) -> int:
        """How long a text is."""
        return sum(self._duration(word) for word in text.split())

    def _duration(self, word: str) -> int:
        return round(beats(word) * SECONDS_A_BEAT * self.slowness * self.rate_hz)

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Say it."""
        self.asked.append(text)
        self.open += 1
        try:
            whole = np.concatenate([np.full(self._duration(word), level_of(word), np.float32) for word in text.split()])
            for start in range(0, len(sound := whole[: self.fails_after]), self.piece):
                yield Speech(sound[start : start + self.piece], self.rate_hz)
            if self.fails_after is not None:
                raise self.error
        finally:
            self.open -= 1

    async def close(self) -> None:
        """Note it."""
        self.closed = True


@dataclass
class Watch:
    """A clock that stands still until it is set."""

    time: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time
