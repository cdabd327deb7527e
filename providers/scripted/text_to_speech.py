"""A voice that hums: so many milliseconds a word, at a rate of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import numpy as np

from ports.text_to_speech import Speech, Tier

LOUDNESS = 0.2


@dataclass
class HummingVoice:
    """Hums `word_ms` for each word, in pieces of one word; `spoken` holds every text it was given."""

    word_ms: int = 100
    rate_hz: int = 8_000
    hum_hz: int = 200
    spoken: list[str] = field(default_factory=list)
    name: str = "scripted:hum"
    tier: Tier = Tier.LOCAL

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Hum the text, a word a piece."""
        self.spoken.append(text)
        times = np.arange(self.rate_hz * self.word_ms // 1_000) / self.rate_hz
        hum = (LOUDNESS * np.sin(2 * np.pi * self.hum_hz * times)).astype(np.float32)
        for _ in text.split():
            yield Speech(hum, self.rate_hz)

    async def close(self) -> None:
        """Nothing is held."""
