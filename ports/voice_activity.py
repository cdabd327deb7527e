"""Voice activity: how likely it is that somebody speaks, frame by frame of each line."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class ActivityLine(Protocol):
    """One line's ear; it keeps the state that the detector carries from frame to frame."""

    async def probability(self, frame: NDArray[np.float32]) -> float:
        """Return the probability of speech, 0..1, in the next frame: `frame_samples` mono samples at 8,000 Hz.

        Raises:
            ProviderUnavailable: the detector broke; the line starts anew with its next frame.
        """
        ...

    def reset(self) -> None:
        """Forget the stream so far."""
        ...


class VoiceActivity(Protocol):
    """One detector for all lines of the process, which it may serve together."""

    @property
    def name(self) -> str:
        """Which detector it is, for example `silero`."""
        ...

    @property
    def frame_samples(self) -> int:
        """Samples of a frame at 8,000 Hz."""
        ...

    def open_line(self) -> ActivityLine:
        """Begin to listen to one more line."""
        ...

    async def close(self) -> None:
        """Free the model."""
        ...
