"""ElevenLabs' voices over its streaming HTTP endpoint.

Wire format: https://elevenlabs.io/docs/api-reference/text-to-speech/stream
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal
from urllib.parse import quote

from providers.synthesis.decoding import MuLawSound, PcmSound, SoundDecoder
from providers.synthesis.remote import RemoteVoice
from providers.synthesis.web import Question, Service, open_client

PROVIDER = "elevenlabs"
ELEVENLABS_URL = "https://api.elevenlabs.io"
MODEL = "eleven_flash_v2_5"

Output = Literal["ulaw_8000", "pcm_8000", "pcm_16000", "pcm_22050", "pcm_24000"]


@asynccontextmanager
async def open_elevenlabs(
    api_key: str,
    voice: str,
    *,
    model: str = MODEL,
    output: Output = "pcm_16000",
    time_limit: timedelta = timedelta(seconds=5),
    base_url: str = ELEVENLABS_URL,
) -> AsyncIterator[RemoteVoice]:
    """Offer one voice, by its id, until the end of the block; `time_limit` is the longest wait for the next sound.

    Raises:
        ConfigError: the address or the key cannot be one.
    """
    path = f"/v1/text-to-speech/{quote(voice, safe='')}/stream"

    def question(text: str) -> Question:
        return Question(path, {"text": text, "model_id": model}, {"output_format": output})

    async with open_client(PROVIDER, base_url, {"xi-api-key": api_key}, time_limit) as client:
        yield RemoteVoice(f"{PROVIDER}:{voice}", Service(PROVIDER, client), question, lambda: _decoder(output))


def _decoder(output: Output) -> SoundDecoder:
    kind, _, rate = output.partition("_")
    return MuLawSound(int(rate)) if kind == "ulaw" else PcmSound(int(rate))
