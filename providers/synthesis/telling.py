"""One sentence as it is told, by one voice or by several in turn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import numpy as np

from ports.text_to_speech import Speech
from providers.synthesis.iterating import ended
from providers.synthesis.words import SECONDS_A_BEAT, beats, count_words, sayable, unsaid
from speech.resample import Resampler

_AUDIBLE = 0.01
"""-40 dBFS: a voice's breath before its first word is below."""

_LEARNING = 0.3
_FEWEST_WORDS = 3
_FASTEST, _SLOWEST = 0.015, 0.2
"""Seconds a beat outside which a sentence tells nothing of a voice's pace."""


@dataclass
class Pace:
    """How long a voice takes for a beat, learnt from the sentences it finished."""

    seconds: float = SECONDS_A_BEAT

    def learn(self, telling: "Telling") -> None:
        """Take in a sentence that was said in full."""
        said = beats(telling.rest)
        if not said or count_words(telling.rest) < _FEWEST_WORDS:
            return
        pace = telling.voiced_seconds / said
        if _FASTEST <= pace <= _SLOWEST:
            self.seconds += _LEARNING * (pace - self.seconds)


class Telling:
    """What is left to say, and how much of it was heard from the voice that is saying it."""

    def __init__(self, text: str) -> None:
        self.rest = text
        self._rate_hz: int | None = None
        self._resampler: Resampler | None = None
        self._pace = Pace()
        self._restart()

    def _restart(self) -> None:
        self._seconds = 0.0
        self._first: float | None = None
        self._last = 0.0

    @property
    def is_over(self) -> bool:
        """True when nothing is left."""
        return not sayable(self.rest)

    @property
    def voiced_seconds(self) -> float:
        """How long the voice has been heard, from its first to its last audible moment."""
        return self._last - self._first if self._first is not None else 0.0

    def begin(self, pace: Pace) -> str:
        """Let the next voice begin; return what it is to say."""
        self._pace = pace
        self._resampler = None
        self._restart()
        return self.rest

    async def hear(self, pieces: AsyncIterator[Speech]) -> AsyncIterator[Speech]:
        """Count a voice's pieces as they come, and pass them on at the rate that the sentence began with."""
        async with ended(pieces):
            async for piece in pieces:
                self._count(piece)
                if len((heard := self._at_rate(piece)).samples):
                    yield heard

    def _at_rate(self, piece: Speech) -> Speech:
        if self._rate_hz is None:
            self._rate_hz = piece.rate_hz
        if piece.rate_hz == self._rate_hz:
            return piece
        if self._resampler is None:
            self._resampler = Resampler(piece.rate_hz, self._rate_hz)
        return Speech(self._resampler.push(piece.samples), self._rate_hz)

    def drain(self) -> list[Speech]:
        """Return what the change of rate still holds, when a voice has ended: one piece or none."""
        if self._resampler is None or self._rate_hz is None:
            return []
        tail = self._resampler.flush()
        return [Speech(tail, self._rate_hz)] if len(tail) else []

    def keep_rest(self) -> int:
        """Take off what was surely said; return how many words that were."""
        before = count_words(self.rest)
        heard = self._seconds - self._first if self._first is not None else 0.0
        self.rest = unsaid(self.rest, heard, self._pace.seconds)
        return before - count_words(self.rest)

    def finish(self) -> None:
        """Take everything as said."""
        self.rest = ""

    def _count(self, piece: Speech) -> None:
        audible = np.flatnonzero(np.abs(piece.samples) > _AUDIBLE)
        if len(audible):
            self._last = self._seconds + float(audible[-1]) / piece.rate_hz
            if self._first is None:
                self._first = self._seconds + float(audible[0]) / piece.rate_hz
        self._seconds += len(piece.samples) / piece.rate_hz
