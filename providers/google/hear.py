"""Gemini as a recogniser: it hears the utterance and writes down what was said."""

import asyncio
import base64
import json
import math
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.google import headers
from providers.google.gemini import GEMINI_URL, thinking_level
from providers.google.hear_answer import PROVIDER, SCHEMA, read_answer
from providers.google.transport import build_client_args
from providers.hearing.exchange import post
from providers.hearing.guard import check_words
from providers.hearing.hints import choose_phrases
from providers.hearing.sound import build_wav, is_audible, seconds_of

DEFAULT_MODEL = "gemini-3.5-flash-lite"
PURPOSE = "hear"

_PROMPT = Path(__file__).parent / "prompts" / "hear.v1.md"
_MOST_PHRASES, _MOST_CHARACTERS = 200, 4_000
_SPARE_TOKENS, _TOKENS_PER_SECOND = 1_024, 16
"""Room for the answer's frame and the least of thoughts, and for more words a second than anybody says."""


class GeminiHearing:
    """One model, asked once for each utterance."""

    def __init__(
        self, model: str, client: httpx.AsyncClient, prompt: str, time_limit: timedelta, language: str | None
    ) -> None:
        self.name = f"{PROVIDER}:{model}"
        self._url = f"/v1beta/models/{model}:generateContent"
        self._client = client
        self._prompt = prompt
        self._time_limit = time_limit
        self._language = language
        level = thinking_level(model)
        self._thinking = {"thinkingConfig": {"thinkingLevel": level}} if level else {}

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance; silence is not sent.

        Raises:
            ProviderUnavailable: over the time limit, 429, 5xx, no connection, or an answer that cannot be read.
            ProviderRejected: credentials or settings that Gemini will never take; an answer that was blocked or cut
                off, repeats the hint or the prompt, or has more words than the sound.
        """
        if not is_audible(PROVIDER, samples):
            return Recognition("", 0.0)
        language = hint.language or self._language
        question = await asyncio.to_thread(self._write, samples, hint.phrases, language)
        body = await post(self._client, PROVIDER, self._url, self._time_limit, content=question)
        heard = read_answer(body, language)
        check_words(PROVIDER, heard.text, seconds_of(samples), hint.phrases, self._prompt)
        return heard

    def _write(self, samples: Samples, phrases: Iterable[str], language: str | None) -> bytes:
        """Write the request's body: the sound, and beside it what is known, as data."""
        sound = base64.b64encode(build_wav(samples)).decode()
        expected = choose_phrases(phrases, _MOST_CHARACTERS, _MOST_PHRASES)
        known = json.dumps({"expected_phrases": expected, "language": language}, ensure_ascii=False)
        parts = [{"inlineData": {"mimeType": "audio/wav", "data": sound}}, {"text": known}]
        request = {
            "systemInstruction": {"parts": [{"text": self._prompt}]},
            "contents": [{"role": "user", "parts": parts}],
            "generationConfig": self._options(seconds_of(samples)),
        }
        return json.dumps(request).encode()

    def _options(self, seconds: float) -> Mapping[str, Any]:
        return {
            "temperature": 0,
            "maxOutputTokens": _SPARE_TOKENS + math.ceil(_TOKENS_PER_SECOND * seconds),
            "responseMimeType": "application/json",
            "responseSchema": SCHEMA,
            **self._thinking,
        }

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


@asynccontextmanager
async def open_gemini_hearing(
    api_key: str,
    time_limit: timedelta,
    model: str = DEFAULT_MODEL,
    base_url: str | None = None,
    language: str | None = None,
) -> AsyncIterator[GeminiHearing]:
    """Make Gemini ready, over the same transport and address as the chat model; `language` None lets it detect one."""
    address = base_url or GEMINI_URL
    prompt = await asyncio.to_thread(_PROMPT.read_text, "utf-8")
    arguments = await asyncio.to_thread(build_client_args, address)
    async with httpx.AsyncClient(
        base_url=address, headers=_headers(api_key, time_limit), timeout=None, **arguments
    ) as client:
        yield GeminiHearing(model, client, prompt, time_limit, language)


def _headers(api_key: str, time_limit: timedelta) -> dict[str, str]:
    deadline = math.ceil(max(time_limit, headers.DEADLINE_FLOOR).total_seconds())
    return {
        "content-type": "application/json",
        "x-goog-api-key": api_key,
        headers.PURPOSE: PURPOSE,
        headers.DEADLINE: str(deadline),
    }
