"""Deepgram's voices (Aura) over its HTTP endpoint, which sends sound as it is made.

Wire format: https://developers.deepgram.com/reference/text-to-speech/speak-request
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from providers.synthesis.decoding import PcmSound
from providers.synthesis.remote import RemoteVoice
from providers.synthesis.web import Question, Service, open_client

PROVIDER = "deepgram"
DEEPGRAM_URL = "https://api.deepgram.com"
MODEL = "aura-2-thalia-en"

Rate = Literal[8_000, 16_000, 24_000]


@asynccontextmanager
async def open_deepgram_voice(
    api_key: str,
    *,
    model: str = MODEL,
    rate_hz: Rate = 16_000,
    time_limit: timedelta = timedelta(seconds=5),
    base_url: str = DEEPGRAM_URL,
) -> AsyncIterator[RemoteVoice]:
    """Offer one voice, which a model is here, until the end of the block.

    `time_limit` is the longest wait for the next sound.

    Raises:
        ConfigError: the address or the key cannot be one.
    """
    query = {"model": model, "encoding": "linear16", "container": "none", "sample_rate": str(rate_hz)}

    def question(text: str) -> Question:
        return Question("/v1/speak", {"text": text}, query)

    async with open_client(PROVIDER, base_url, {"authorization": f"Token {api_key}"}, time_limit) as client:
        yield RemoteVoice(f"{PROVIDER}:{model}", Service(PROVIDER, client), question, lambda: PcmSound(rate_hz))
