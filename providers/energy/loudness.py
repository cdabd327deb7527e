"""How far a frame stands out of the noise before it."""

from math import exp, log10

import numpy as np

from speech.resample import Signal

_WINDOW = 64
"""Frames whose quietest is the noise floor: two seconds at 32 ms, longer than a voice goes without a gap."""
_UNKNOWN_AFTER = 8
"""Frames until the floor is only what was heard."""
_ASSUMED_DB = -35.0
"""The floor is no higher until then: a voice that is there from the start stands out of it, a noisy room does not."""
_LOWEST_DB = -60.0
"""No floor lies below a telephone line's own noise: on a line gone digitally silent every click would be a voice."""
_EVEN_DB = 7.0
"""Above the floor by so much, voice and noise are equally likely."""
_SLOPE_DB = 1.25
_HUM = np.float32(0.5)
"""How much of the sample before is taken from each: a car's rumble loses 6 dB, a voice's consonants gain 3."""
_SURE = 40.0
_TINY = 1e-12


class Loudness:
    """One line's recent loudness. The floor is its minimum, after R. Martin's minimum statistics (2001)."""

    def __init__(self) -> None:
        self._recent = np.full(_WINDOW, np.inf)
        self._frames = 0

    def probability(self, frame: Signal) -> float:
        """Return the probability that the next frame holds a voice: a logistic curve over dB above the floor."""
        level = level_db(frame)
        self._recent[self._frames % _WINDOW] = level
        self._frames += 1
        steps = (level - max(self._floor_db(), _LOWEST_DB) - _EVEN_DB) / _SLOPE_DB
        return 1.0 / (1.0 + exp(-min(max(steps, -_SURE), _SURE)))

    def _floor_db(self) -> float:
        heard = float(np.minimum.reduce(self._recent))
        return heard if self._frames > _UNKNOWN_AFTER else min(heard, _ASSUMED_DB)


def level_db(frame: Signal) -> float:
    """Measure a frame's power in dB of full scale; a constant offset does not count, and low rumble counts less."""
    bright = frame[1:] - _HUM * frame[:-1]
    mean = float(np.add.reduce(bright)) / len(bright)
    return 10.0 * log10(max(float(bright.dot(bright)) / len(bright) - mean * mean, 0.0) + _TINY)
