"""Speech synthesis: words in, sound out as it is made."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Tier(StrEnum):
    """What a voice costs: `local` runs on this machine, `premium` is somebody's service."""

    LOCAL = "local"
    PREMIUM = "premium"


@dataclass(frozen=True)
class Speech:
    """A stretch of synthesised sound: mono float32 samples in -1..1 at `rate_hz` Hz."""

    samples: NDArray[np.float32]
    rate_hz: int


class TextToSpeech(Protocol):
    """One shared voice; every call is one sentence and keeps no state behind."""

    @property
    def name(self) -> str:
        """Engine and voice, for example `espeak:en-us`."""
        ...

    @property
    def tier(self) -> Tier:
        """Whether it runs here or elsewhere."""
        ...

    def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence in its spoken form, piece by piece, without blocking the event loop.

        Leaving the iterator early (closing it, or being cancelled) ends the work at once. All pieces of one sentence
        have one rate. An empty text yields nothing.

        Raises:
            ProviderUnavailable: time-out, a refusal that may pass, or a broken connection; some sound may have come.
            ProviderRejected: credentials, a voice or a text that the engine will never take.
        """
        ...

    async def close(self) -> None:
        """Stop workers and free connections."""
        ...
