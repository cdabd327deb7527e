"""A detector that takes whatever is loud for speech."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOUD = 0.01
"""Root mean square, full scale 1, from which a frame counts as speech."""


@dataclass(frozen=True)
class LoudnessLine:
    """One line; it keeps nothing."""

    async def probability(self, frame: NDArray[np.float32]) -> float:
        """Return 1 for a loud frame, else 0."""
        return float(np.sqrt(np.mean(np.square(frame))) >= LOUD)

    def reset(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Loudness:
    """The same for every line."""

    name: str = "scripted:loudness"
    frame_samples: int = 256

    def open_line(self) -> LoudnessLine:
        """Begin to listen to one more line."""
        return LoudnessLine()

    async def close(self) -> None:
        """Nothing is held."""
