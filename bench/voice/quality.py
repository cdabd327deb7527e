"""How good a change of rate is, one way, in chunks of 20 ms: a round trip would hide what it does to a signal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.voice.ways import LINE_HZ, Way
from speech.resample import Signal

WIDE_HZ = 16_000
SECONDS = 0.6
LOUDNESS = 0.5
BAND_HZ = (313.0, 613.7, 1_004.0, 1_333.3, 1_777.1, 2_211.7, 2_650.3, 2_987.0, 3_387.0)
"""Tones of the telephone band. None is a multiple of 50 Hz: one that repeats every 20 ms would hide a click at every
chunk. SINAD is judged up to 3,000 Hz, ripple over all."""
CLEAN_TO_HZ = 3_000
ABOVE_HZ = 4_613.0
"""A tone that the line cannot carry."""
SETTLED = 0.15
"""Seconds at either end that are left out: some streams hold sound back."""


@dataclass(frozen=True)
class Quality:
    """Decibels: passband ripple, the worst tone's signal to noise and distortion, how far 4.6 kHz is kept down."""

    ripple: float
    sinad: float
    alias: float

    def __str__(self) -> str:
        return f"ripple {self.ripple:.2f} dB, SINAD {self.sinad:.0f} dB, 4.6 kHz {self.alias:.0f} dB"


def judge_quality(way: Way) -> Quality:
    """Send tones through both directions of one way, and say what comes out of the worse one."""
    both = ((LINE_HZ, WIDE_HZ), (WIDE_HZ, LINE_HZ))
    tones = [(hertz, _through(way, *rates, hertz), rates[1]) for rates in both for hertz in BAND_HZ]
    gains = [_gain_db(sound, hertz, rate_hz) for hertz, sound, rate_hz in tones]
    clean = [_sinad_db(sound, hertz, rate_hz) for hertz, sound, rate_hz in tones if hertz <= CLEAN_TO_HZ]
    return Quality(float(np.ptp(gains)), min(clean), _alias_db(way))


def _alias_db(way: Way) -> float:
    """Say how loud the image of 3,387 Hz on the way up and the alias of 4,613 Hz on the way down are at worst."""
    below = LINE_HZ - ABOVE_HZ
    image = _through(way, LINE_HZ, WIDE_HZ, below)
    alias = _through(way, WIDE_HZ, LINE_HZ, ABOVE_HZ)
    return max(_gain_db(image, ABOVE_HZ, WIDE_HZ, beside=below), _gain_db(alias, below, LINE_HZ))


def _through(way: Way, from_hz: int, to_hz: int, hertz: float) -> Signal:
    """Return what a tone becomes, without its beginning and end."""
    change, size = way.build_change(from_hz, to_hz), from_hz // 50
    times = np.arange(round(SECONDS * from_hz) // size * size) / from_hz
    tone = (LOUDNESS * np.sin(2 * np.pi * hertz * times)).astype(np.float32)
    heard = np.concatenate([change(tone[at : at + size]) for at in range(0, len(tone), size)])
    edge = round(SETTLED * to_hz)
    return heard[edge:-edge]


def _fit(sound: Signal, hertz: float, rate_hz: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the best-fitting sine of this frequency, and what it leaves over."""
    angle = 2 * np.pi * hertz * np.arange(len(sound)) / rate_hz
    basis = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    fitted = basis @ np.linalg.lstsq(basis, sound.astype(np.float64), rcond=None)[0]
    return fitted, sound - fitted


def _gain_db(sound: Signal, hertz: float, rate_hz: int, *, beside: float | None = None) -> float:
    """Say how loud a tone came through; a louder one `beside` it is taken away first."""
    if beside is not None:
        sound = (_fit(sound, beside, rate_hz)[1]).astype(np.float32)
    fitted, _ = _fit(sound, hertz, rate_hz)
    return float(10 * np.log10(2 * np.mean(fitted**2) / LOUDNESS**2 + 1e-20))


def _sinad_db(sound: Signal, hertz: float, rate_hz: int) -> float:
    fitted, rest = _fit(sound, hertz, rate_hz)
    return float(10 * np.log10((fitted @ fitted) / (rest @ rest + 1e-20)))
