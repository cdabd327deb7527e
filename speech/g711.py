"""G.711, the telephone's eight-bit codes, both laws, by table.

The tables follow Sun's public reference coder, as the standard library's `audioop` did up to Python 3.12: equal to it
on every code and every sample. ITU-T G.191 puts 508 negative samples on the neighbouring mu-law code; both are G.711.
"""

import numpy as np
from numpy.typing import NDArray

Pcm16 = NDArray[np.int16]
"""Linear samples in machine byte order, full scale -32768..32767."""

_CODES = np.arange(256)
_EVERY_SAMPLE = np.arange(1 << 16, dtype=np.uint16).view(np.int16).astype(np.int32)
_SEGMENTS = np.arange(8)
_MU_BIAS = 33
_MU_CLIP = 8159


def _mu_law_samples() -> Pcm16:
    """Linear value of each mu-law code; codes are sent inverted, magnitudes carry a bias of 33 * 4."""
    codes = ~_CODES & 0xFF
    magnitude = ((((codes & 0x0F) << 3) + 4 * _MU_BIAS) << (codes >> 4 & 7)) - 4 * _MU_BIAS
    return np.where(codes & 0x80, -magnitude, magnitude).astype(np.int16)


def _mu_law_codes() -> NDArray[np.uint8]:
    """mu-law code of each 16-bit sample, indexed by the sample's unsigned bits (14 of them count)."""
    linear = _EVERY_SAMPLE >> 2
    magnitude = np.minimum(np.abs(linear), _MU_CLIP) + _MU_BIAS
    segment = np.searchsorted((64 << _SEGMENTS) - 1, magnitude)
    codes = np.where(segment < 8, segment << 4 | (magnitude >> segment + 1) & 0x0F, 0x7F)
    return (codes ^ np.where(linear < 0, 0x7F, 0xFF)).astype(np.uint8)


def _a_law_samples() -> Pcm16:
    """Linear value of each A-law code; every second bit is sent inverted."""
    codes = _CODES ^ 0x55
    segment = codes >> 4 & 7
    step = ((codes & 0x0F) << 4) + np.where(segment > 0, 0x108, 8)
    magnitude = step << np.maximum(segment - 1, 0)
    samples: Pcm16 = np.where(codes & 0x80, magnitude, -magnitude).astype(np.int16)
    return samples


def _a_law_codes() -> NDArray[np.uint8]:
    """A-law code of each 16-bit sample, indexed by the sample's unsigned bits (13 of them count)."""
    linear = _EVERY_SAMPLE >> 3
    magnitude = np.where(linear < 0, ~linear, linear)
    segment = np.searchsorted((32 << _SEGMENTS) - 1, magnitude)
    codes = segment << 4 | (magnitude >> np.maximum(segment, 1)) & 0x0F
    return (codes ^ np.where(linear < 0, 0x55, 0xD5)).astype(np.uint8)


_FROM_MU_LAW, _TO_MU_LAW = _mu_law_samples(), _mu_law_codes()
_FROM_A_LAW, _TO_A_LAW = _a_law_samples(), _a_law_codes()


def decode_mu_law(codes: bytes) -> Pcm16:
    """Expand mu-law bytes to linear samples, one each."""
    return _FROM_MU_LAW.take(np.frombuffer(codes, np.uint8))


def encode_mu_law(samples: Pcm16) -> bytes:
    """Compress linear samples to mu-law bytes, one each."""
    return _TO_MU_LAW.take(samples.view(np.uint16)).tobytes()


def decode_a_law(codes: bytes) -> Pcm16:
    """Expand A-law bytes to linear samples, one each."""
    return _FROM_A_LAW.take(np.frombuffer(codes, np.uint8))


def encode_a_law(samples: Pcm16) -> bytes:
    """Compress linear samples to A-law bytes, one each."""
    return _TO_A_LAW.take(samples.view(np.uint16)).tobytes()
