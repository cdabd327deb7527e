"""Recognition by OpenAI's `audio/transcriptions`: OpenAI itself, Groq, or a server on this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx
from pydantic import ValidationError

from domain.errors import Fault, ProviderUnavailable
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.hearing.exchange import post
from providers.hearing.guard import check_words
from providers.hearing.hints import choose_phrases
from providers.hearing.sound import build_wav, is_audible, seconds_of
from providers.openai_speech.hear_answer import Detail, detail_of, fields_of, read_answer

OPENAI_URL = "https://api.openai.com/v1"
GROQ_URL = "https://api.groq.com/openai/v1"

_MOST_CHARACTERS = 600
"""About 150 tokens; Whisper's prompt holds 224 and drops the rest from its beginning."""

_LIMITS = httpx.Limits(max_connections=256, max_keepalive_connections=64, keepalive_expiry=300)
"""Connections are kept from turn to turn: a new TLS handshake costs the caller a tenth of a second."""


@dataclass(frozen=True)
class TranscriptionOptions:
    """Which service and model; `provider` names it in `name` and in errors, `detail` None is guessed by the model.

    `language` None lets the model detect it.
    """

    model: str
    provider: str = "openai"
    base_url: str = OPENAI_URL
    language: str | None = None
    detail: Detail | None = None


class TranscriptionHearing:
    """A service that takes one utterance as a file and answers with its text."""

    def __init__(self, options: TranscriptionOptions, client: httpx.AsyncClient, time_limit: timedelta) -> None:
        self.name = f"{options.provider}:{options.model}"
        self._provider = options.provider
        self._url = f"{options.base_url.rstrip('/')}/audio/transcriptions"
        self._language = options.language
        self._client = client
        self._time_limit = time_limit
        detail = options.detail or detail_of(options.model)
        self._fields = {"model": options.model, "temperature": "0", **fields_of(detail)}

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance; silence is not sent.

        Raises:
            ProviderUnavailable: over the time limit, 429, 5xx, no connection, or an answer that cannot be read.
            ProviderRejected: credentials, settings or sound that the service will never take; an answer that repeats
                the hint or has more words than the sound.
        """
        if not is_audible(self._provider, samples):
            return Recognition("", 0.0)
        language = _base_language(hint.language or self._language)
        form = self._fields | _given(
            language=language, prompt=", ".join(choose_phrases(hint.phrases, _MOST_CHARACTERS))
        )
        sound = await asyncio.to_thread(build_wav, samples)
        file = {"file": ("utterance.wav", sound, "audio/wav")}
        body = await post(self._client, self._provider, self._url, self._time_limit, data=form, files=file)
        try:
            heard = read_answer(body, language)
        except ValidationError:
            raise ProviderUnavailable(
                self._provider, Fault.SERVER, f"{self._provider}: the answer is no transcript"
            ) from None
        check_words(self._provider, heard.text, seconds_of(samples), hint.phrases)
        return heard

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


@asynccontextmanager
async def open_transcription_hearing(
    api_key: str, time_limit: timedelta, options: TranscriptionOptions
) -> AsyncIterator[TranscriptionHearing]:
    """Make a service ready; an empty key is not sent, as a server on this machine may want none."""
    tls = await asyncio.to_thread(httpx.create_ssl_context)
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    async with httpx.AsyncClient(headers=headers, verify=tls, timeout=None, limits=_LIMITS) as client:
        yield TranscriptionHearing(options, client, time_limit)


def _base_language(language: str | None) -> str | None:
    """Leave out the region: the service takes ISO 639 codes only."""
    return language.replace("_", "-").split("-")[0].lower() if language else None


def _given(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
