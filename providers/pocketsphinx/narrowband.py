"""Fit an acoustic model of wide-band speech to the telephone's band, by computation alone.

The model's means are cepstra: cosine transforms of 25 log mel energies from 130 to 6,800 Hz. On a telephone the bands
above 3,800 Hz hold noise that does not vary with the words, so after mean normalisation they are near zero. Undoing the
transform, damping those bands and transforming again is a linear map of the means: A = T D T^-1, which PocketSphinx
takes as an MLLR transform (Leggetter and Woodland, 1995). It needs no training data.
"""

import numpy as np
from numpy.typing import NDArray

_BANDS, _CEPSTRA, _LIFTER = 25, 13, 22
_LOW_HZ, _HIGH_HZ = 130.0, 6_800.0
_CUT_HZ = 3_800.0
_REMAINS = 0.4
"""Part of a band above the cut that is kept: wholly silencing it fits worse (measured)."""

_STREAMS = 3
"""Cepstra, their differences, and the differences of these: linear in the cepstra, so one map serves all."""


def telephone_map() -> NDArray[np.float64]:
    """Compute A, 13 by 13: the mean cepstra of telephone speech from those of wide-band speech."""
    to_cepstra, to_bands = _cepstral_transform()
    return to_cepstra @ np.diag(_band_gains()) @ to_bands


def mllr_text(transform: NDArray[np.float64]) -> str:
    """Write a map of the means as an MLLR file: per stream its matrix, no shift, variances as they are."""
    size = len(transform)
    rows = [_numbers(row) for row in transform]
    stream = "\n".join([str(size), *rows, _numbers(np.zeros(size)), _numbers(np.ones(size))])
    return "\n".join(["1", str(_STREAMS), *[stream] * _STREAMS, ""])


def _band_gains() -> NDArray[np.float64]:
    """Share of each triangular mel filter that lies below the cut, never less than what remains."""
    edges = _hertz(np.linspace(_mel(_LOW_HZ), _mel(_HIGH_HZ), _BANDS + 2))
    low, high = edges[:-2], edges[2:]
    return np.clip((_CUT_HZ - low) / (high - low), _REMAINS, 1.0)


def _cepstral_transform() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Build the model's cosine transform with its lifter, and the way back from 13 cepstra to smooth bands."""
    angles = np.pi * np.outer(np.arange(_CEPSTRA), np.arange(_BANDS) + 0.5) / _BANDS
    cosines = np.cos(angles) * np.sqrt(2 / _BANDS)
    cosines[0] *= np.sqrt(0.5)
    lifter = 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(_CEPSTRA) / _LIFTER)
    return lifter[:, None] * cosines, cosines.T / lifter


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return 700 * (10 ** (mel / 2595) - 1)


def _numbers(values: NDArray[np.float64]) -> str:
    return " ".join(f"{value:.6f}" for value in values)
