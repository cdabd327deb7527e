"""WebRTC's detector behind the voice-activity port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Protocol, cast

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from ports.voice_activity import ActivityLine
from speech.framing import RATE_HZ, is_frame
from speech.pcm import to_pcm16
from speech.resample import Signal

PROVIDER = "webrtc"
FRAME_SAMPLES = 240
"""30 ms, the longest that the detector takes."""
AGGRESSIVENESS = 2
"""How readily a frame is called noise: 0 the least, 3 the most."""


class _Detector(Protocol):
    def is_speech(self, buf: bytes, sample_rate: int) -> bool: ...


class _Module(Protocol):
    def Vad(self, mode: int) -> _Detector: ...  # noqa: N802


class WebrtcLine:
    """One line's detector; a voice is there (1.0) or not (0.0)."""

    def __init__(self, owner: "Webrtc") -> None:
        self._owner = owner
        self._detector = owner.build_detector()

    async def probability(self, frame: Signal) -> float:
        """Return 1.0 for a voice in the next frame, else 0.0.

        Raises:
            ProviderUnavailable: the detector is closed or broke; the line starts anew.
            ProviderRejected: no frame of 240 finite samples.
        """
        if self._owner.closed:
            raise ProviderUnavailable(PROVIDER, Fault.ABSENT, "the detector is closed")
        if not is_frame(frame, FRAME_SAMPLES):
            raise ProviderRejected(PROVIDER, Fault.BAD_AUDIO, f"a frame is {FRAME_SAMPLES} finite float32 samples")
        try:
            return float(self._detector.is_speech(to_pcm16(frame).astype("<i2").tobytes(), RATE_HZ))
        except (RuntimeError, ValueError) as error:
            self.reset()
            raise ProviderUnavailable(PROVIDER, Fault.SERVER) from error

    def reset(self) -> None:
        """Forget the noise heard so far."""
        self._detector = self._owner.build_detector()


class Webrtc:
    """A detector of its own for every line; two microseconds a frame."""

    frame_samples = FRAME_SAMPLES

    def __init__(self, module: _Module, aggressiveness: int) -> None:
        self.name = f"{PROVIDER}:{aggressiveness}"
        self.closed = False
        self._module = module
        self._aggressiveness = aggressiveness

    def build_detector(self) -> _Detector:
        """Make the detector of one line."""
        return self._module.Vad(self._aggressiveness)

    def open_line(self) -> ActivityLine:
        """Begin to listen to one more line."""
        return WebrtcLine(self)

    async def close(self) -> None:
        """Take no more frames."""
        self.closed = True


@asynccontextmanager
async def open_webrtc(aggressiveness: int = AGGRESSIVENESS) -> AsyncIterator[Webrtc]:
    """Load the detector and offer it until the end of the block.

    Raises:
        ConfigError: the package is not installed, or `aggressiveness` is not 0 to 3.
    """
    if aggressiveness not in range(4):
        raise ConfigError(f"WebRTC's voice activity has aggressiveness 0 to 3, not {aggressiveness}.")
    try:
        module = cast(_Module, import_module("webrtcvad"))
    except ImportError as error:
        raise ConfigError(
            "WebRTC's voice activity is not installed: pip install webrtcvad-wheels, or choose another detector."
        ) from error
    webrtc = Webrtc(module, aggressiveness)
    try:
        yield webrtc
    finally:
        await webrtc.close()
