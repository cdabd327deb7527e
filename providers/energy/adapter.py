"""The energy detector behind the voice-activity port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.voice_activity import ActivityLine
from providers.energy.loudness import Loudness
from speech.framing import is_frame
from speech.resample import Signal

PROVIDER = "energy"
FRAME_SAMPLES = 256


class EnergyLine:
    """One line's noise floor, and how far the present stands out of it."""

    def __init__(self, owner: "Energy") -> None:
        self._owner = owner
        self._loudness = Loudness()

    async def probability(self, frame: Signal) -> float:
        """Return the probability of speech in the next frame.

        Raises:
            ProviderUnavailable: the detector is closed.
            ProviderRejected: no frame of 256 finite samples.
        """
        if self._owner.closed:
            raise ProviderUnavailable(PROVIDER, Fault.ABSENT, "the detector is closed")
        if not is_frame(frame, FRAME_SAMPLES):
            raise ProviderRejected(PROVIDER, Fault.BAD_AUDIO, f"a frame is {FRAME_SAMPLES} finite float32 samples")
        return self._loudness.probability(frame)

    def reset(self) -> None:
        """Forget the noise floor."""
        self._loudness = Loudness()


class Energy:
    """Loudness above each line's own noise; it cannot tell a voice from a slammed door."""

    name = PROVIDER
    frame_samples = FRAME_SAMPLES

    def __init__(self) -> None:
        self.closed = False

    def open_line(self) -> ActivityLine:
        """Begin to listen to one more line."""
        return EnergyLine(self)

    async def close(self) -> None:
        """Take no more frames."""
        self.closed = True


@asynccontextmanager
async def open_energy() -> AsyncIterator[Energy]:
    """Offer the detector until the end of the block."""
    energy = Energy()
    try:
        yield energy
    finally:
        await energy.close()
