"""Gemini's voices, by the key that its chat models take.

Wire format: https://ai.google.dev/gemini-api/docs/speech-generation
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import quote

from ports.text_to_speech import Speech, Tier
from providers.google.gemini import GEMINI_URL
from providers.google.speak_events import SoundEvents
from providers.synthesis.iterating import ended
from providers.synthesis.web import Question, Service, open_client
from providers.synthesis.words import sayable

PROVIDER = "google"
MODEL = "gemini-3.8-flash-lite-tts"


class GeminiVoice:
    """One of Gemini's voices: the model recites one sentence a request and sends sound as it makes it."""

    tier = Tier.PREMIUM

    def __init__(self, service: Service, model: str, voice: str) -> None:
        self.name = f"{PROVIDER}:{voice}"
        self._service = service
        self._path = f"/v1beta/models/{quote(model, safe='')}:streamGenerateContent"
        spoken = {"voiceConfig": {"voice": voice}}
        self._config = {"responseModalities": ["AUDIO"], "speechConfig": spoken}

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence as its sound arrives (see ports.text_to_speech)."""
        if not (line := sayable(text)):
            return
        body = {"contents": [{"role": "user", "parts": [{"text": line}]}], "generationConfig": self._config}
        events = SoundEvents(PROVIDER)
        chunks = self._service.ask(Question(self._path, body, {"alt": "sse"}))
        async with ended(chunks):
            async for chunk in chunks:
                for speech in events.push(chunk):
                    yield speech
        events.finish()

    async def close(self) -> None:
        """Free the connections."""
        await self._service.client.aclose()


@asynccontextmanager
async def open_gemini_voice(
    api_key: str,
    voice: str = "Kore",
    *,
    model: str = MODEL,
    time_limit: timedelta = timedelta(seconds=8),
    base_url: str | None = None,
) -> AsyncIterator[GeminiVoice]:
    """Offer one voice, a prebuilt one by name or one's own by its id, until the end of the block.

    `time_limit` is the longest wait for the next sound.

    Raises:
        ConfigError: the address or the key cannot be one.
    """
    async with open_client(PROVIDER, base_url or GEMINI_URL, {"x-goog-api-key": api_key}, time_limit) as client:
        yield GeminiVoice(
            Service(PROVIDER, client, sends=("text/event-stream",), bad_key=b"API_KEY_INVALID"), model, voice
        )
