"""Voices behind OpenAI's speech endpoint: OpenAI, Groq, and local servers that speak its protocol.

Wire format: https://platform.openai.com/docs/api-reference/audio/createSpeech
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Literal

from providers.synthesis.decoding import SniffedSound
from providers.synthesis.remote import RemoteVoice
from providers.synthesis.web import Question, Service, open_client

PROVIDER = "openai_speech"
OPENAI_URL = "https://api.openai.com/v1"
MODEL = "gpt-4o-mini-tts"

PCM_RATE_HZ = 24_000
"""The rate of `pcm`, which has no header to say it; a WAV file says its own."""

Output = Literal["pcm", "wav"]

_COMPRESSED = ("audio/mpeg", "audio/mp3", "audio/ogg", "audio/opus", "audio/aac", "audio/flac", "audio/webm")
"""What a server sends that does not know the format it was asked for: noise, if it were taken for samples."""


@asynccontextmanager
async def open_openai_voice(
    api_key: str | None,
    voice: str,
    *,
    model: str = MODEL,
    output: Output = "pcm",
    time_limit: timedelta = timedelta(seconds=5),
    base_url: str = OPENAI_URL,
) -> AsyncIterator[RemoteVoice]:
    """Offer one voice until the end of the block; Groq takes `wav` only, a local server may need no key.

    `time_limit` is the longest wait for the next sound.

    Raises:
        ConfigError: the address or the key cannot be one.
    """
    headers = {"authorization": f"Bearer {api_key}"} if api_key else {}

    def question(text: str) -> Question:
        return Question("/audio/speech", {"model": model, "voice": voice, "input": text, "response_format": output})

    async with open_client(PROVIDER, base_url, headers, time_limit) as client:
        service = Service(PROVIDER, client, never=_COMPRESSED)
        yield RemoteVoice(f"{PROVIDER}:{voice}", service, question, lambda: SniffedSound(PCM_RATE_HZ))
