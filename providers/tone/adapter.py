"""The tone voice behind the text-to-speech port."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

import numpy as np

from domain.errors import Fault, ProviderUnavailable
from ports.text_to_speech import Speech, Tier
from speech.resample import Signal

PROVIDER = "tone"
RATE_HZ = 8_000

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_GROUP_LETTERS = 2
_GROUP_SECONDS = 0.06
_PAUSE_SECONDS = 0.17
_LONGEST_GROUPS = 20
_LOUDNESS = 0.12
_PITCHES_HZ = (523.25, 659.26)
"""C5 and E5 by turns: nobody takes it for speech, and nobody jumps."""


class Tone:
    """Soft beeps for as long as the words would take: 60 ms for two letters, 170 ms between words."""

    name = PROVIDER
    tier = Tier.LOCAL

    def __init__(self) -> None:
        self._closed = False

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Beep one sentence, a word a piece; the same text gives the same samples.

        Raises:
            ProviderUnavailable: the voice is closed.
        """
        if self._closed:
            raise ProviderUnavailable(PROVIDER, Fault.ABSENT, "the voice is closed")
        for word in _WORD.findall(text):
            yield Speech(_beeps(min(-(-len(word) // _GROUP_LETTERS), _LONGEST_GROUPS)), RATE_HZ)

    async def close(self) -> None:
        """Say no more."""
        self._closed = True


@asynccontextmanager
async def open_tone() -> AsyncIterator[Tone]:
    """Offer the voice until the end of the block."""
    voice = Tone()
    try:
        yield voice
    finally:
        await voice.close()


@lru_cache(maxsize=_LONGEST_GROUPS)
def _beeps(groups: int) -> Signal:
    """Make one word: a beep a group, each swelling and fading so that none clicks, then the pause."""
    times = np.arange(round(_GROUP_SECONDS * RATE_HZ)) / RATE_HZ
    swell = np.sin(np.pi * times / _GROUP_SECONDS) ** 2
    beeps = [_LOUDNESS * swell * np.sin(2 * np.pi * _PITCHES_HZ[place % 2] * times) for place in range(groups)]
    word: Signal = np.concatenate((*beeps, np.zeros(round(_PAUSE_SECONDS * RATE_HZ)))).astype(np.float32)
    word.flags.writeable = False
    return word
