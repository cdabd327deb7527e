"""Sound as numbers: float samples with their rate, and how other representations become it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speech.g711 import Pcm16
from speech.resample import Signal

_FULL = np.float32(1 << 15)
_SILENCE = 10 ** (-60 / 20)
"""Full scale times this, -60 dBFS, is the loudest that counts as silence: a telephone line's own noise."""


@dataclass(frozen=True)
class Pcm:
    """Mono sound: float32 samples, full scale -1..1, at `rate_hz`."""

    samples: Signal
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate_hz


def from_pcm16(samples: Pcm16) -> Signal:
    """Scale 16-bit samples to -1..1."""
    return samples.astype(np.float32) / _FULL


def to_pcm16(samples: Signal) -> Pcm16:
    """Round -1..1 to 16-bit samples; what is louder is clipped."""
    scaled = samples * _FULL
    np.rint(scaled, out=scaled)
    np.minimum(scaled, _FULL - 1, out=scaled)
    np.maximum(scaled, -_FULL, out=scaled)
    return scaled.astype(np.int16)


def from_integers(values: NDArray[np.integer], bits: int) -> Signal:
    """Scale signed integers of `bits` bits to -1..1."""
    return (values / float(1 << bits - 1)).astype(np.float32)


def is_silent(samples: Signal) -> bool:
    """Tell whether nothing stands out of -60 dBFS once a constant offset is taken away."""
    return not len(samples) or float(np.abs(samples - samples.mean()).max()) < _SILENCE


def is_sound(samples: Signal) -> bool:
    """Tell whether this is one channel of finite numbers, as everything here expects."""
    return samples.ndim == 1 and samples.dtype == np.float32 and bool(np.logical_and.reduce(np.isfinite(samples)))
