"""Speech recognition: one utterance of audio in, words with their certainty out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono audio at 16,000 Hz, float32 in -1..1."""


@dataclass(frozen=True)
class RecognitionHint:
    """What the recogniser may expect to hear: the playbook's words, never a script of the call."""

    phrases: tuple[str, ...] = ()
    language: str | None = None
    narrowband: bool = False
    """True when the audio came from a telephone (nothing above 4 kHz)."""


@dataclass(frozen=True)
class Segment:
    """A stretch of speech; times in seconds from the start of the utterance."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Recognition:
    """What was heard. `confidence` 0..1 by the formula of the engine's adapter; empty text has 0."""

    text: str
    confidence: float
    language: str | None = None
    language_probability: float | None = None
    no_speech_prob: float | None = None
    segments: Sequence[Segment] = field(default=())
    alternatives: Sequence[str] = field(default=())


class SpeechToText(Protocol):
    """One shared engine; every call is one utterance and keeps no state behind."""

    @property
    def name(self) -> str:
        """Engine and model, for example `pocketsphinx:en-us`."""
        ...

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance without blocking the event loop.

        Raises:
            ProviderUnavailable: time-out, or a worker died; asking again can help.
            ProviderRejected: audio the engine cannot use.
        """
        ...

    async def close(self) -> None:
        """Stop workers and free the model."""
        ...
