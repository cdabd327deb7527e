"""Recognisers over HTTP on a service of the test's own, and sound for them."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import numpy as np

from ports.speech_to_text import RecognitionHint, Samples, SpeechToText
from providers.google.hear import open_gemini_hearing
from providers.openai_speech.hear import TranscriptionOptions, open_transcription_hearing
from tests.loopback_hearing import Reply

KEY = "sk-the-key-that-must-not-leak"
NO_HINT = RecognitionHint()
HINT = RecognitionHint(phrases=("Checkatrade", "lead generation", "PPC"), language="en-GB", narrowband=True)

Connect = Callable[[str, float], AbstractAsyncContextManager[SpeechToText]]


def tone(seconds: float = 2.0) -> Samples:
    """Sound that is not silence."""
    time = np.arange(int(seconds * 16_000)) / 16_000
    return np.asarray(0.3 * np.sin(2 * np.pi * 440 * time), np.float32)


def whisper_says(text: str, **segment: object) -> Reply:
    """A `verbose_json` answer of one segment."""
    whole = {"text": f" {text}", "start": 0.0, "end": 2.0, "tokens": [1, 2], "avg_logprob": -0.5, "no_speech_prob": 0.0}
    body = {"task": "transcribe", "language": "english", "duration": 2.0, "text": text, "segments": [whole | segment]}
    return Reply(json.dumps(body).encode())


def gemini_writes(written: str, finish: str = "STOP") -> Reply:
    """An answer of generateContent."""
    candidate = {"content": {"role": "model", "parts": [{"text": written}]}, "finishReason": finish, "index": 0}
    return Reply(json.dumps({"candidates": [candidate], "usageMetadata": {}}).encode())


def gemini_says(text: str, confidence: float = 0.8, language: str | None = "en") -> Reply:
    """An answer of generateContent that holds a transcript."""
    return gemini_writes(json.dumps({"text": text, "language": language, "confidence": confidence}))


@asynccontextmanager
async def connect_openai(url: str, time_limit: float = 5.0, model: str = "whisper-1") -> AsyncIterator[SpeechToText]:
    """Open OpenAI's protocol on a service."""
    options = TranscriptionOptions(model, base_url=f"{url}/v1")
    async with open_transcription_hearing(KEY, timedelta(seconds=time_limit), options) as engine:
        yield engine


@asynccontextmanager
async def connect_gemini(url: str, time_limit: float = 5.0) -> AsyncIterator[SpeechToText]:
    """Open Gemini on a service."""
    async with open_gemini_hearing(KEY, timedelta(seconds=time_limit), base_url=url) as engine:
        yield engine
