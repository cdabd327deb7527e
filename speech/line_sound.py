"""A line's bytes as samples and back, chunk by chunk of any size."""

import numpy as np

from domain.sound import LineSound
from speech.framing import WholeSamples
from speech.g711 import decode_mu_law, encode_mu_law
from speech.pcm import from_pcm16, to_pcm16
from speech.resample import Resampler, Signal

_MU_LAW = from_pcm16(decode_mu_law(bytes(range(256))))
"""Sample of each mu-law code."""


class LineDecoder:
    """One direction of a line: bytes in, float32 samples at the line's rate out."""

    def __init__(self, sound: LineSound) -> None:
        self._sound = sound
        self._whole = WholeSamples(sound.sample_bytes)

    def push(self, data: bytes) -> Signal:
        """Decode the next bytes; half a sample at their end waits for its other half."""
        if self._sound is LineSound.MU_LAW_8K:
            return _MU_LAW.take(np.frombuffer(data, np.uint8))
        return from_pcm16(np.frombuffer(self._whole.push(data), "<i2").astype(np.int16))


class LineEncoder:
    """The other direction: float32 samples at any rate in, the line's bytes out."""

    def __init__(self, sound: LineSound, rate_hz: int) -> None:
        self._sound = sound
        self._resampler = Resampler(rate_hz, sound.rate_hz)

    def push(self, samples: Signal) -> bytes:
        """Encode the next samples; louder than full scale is clipped."""
        return self._encoded(self._resampler.push(samples))

    def flush(self) -> bytes:
        """End the sound: return what the filter still holds."""
        return self._encoded(self._resampler.flush())

    def _encoded(self, samples: Signal) -> bytes:
        pcm = to_pcm16(samples)
        return encode_mu_law(pcm) if self._sound is LineSound.MU_LAW_8K else pcm.astype("<i2").tobytes()
