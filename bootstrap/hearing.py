"""The recogniser that the settings choose. A vendor's library is imported only when chosen."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import assert_never

from pydantic import SecretStr

from bootstrap.settings import Settings
from bootstrap.speech_settings import (
    AutoStt,
    DeepgramStt,
    FasterWhisperStt,
    GoogleStt,
    OpenAiStt,
    PocketsphinxStt,
    Stt,
)
from domain.errors import ConfigError
from ports.speech_to_text import SpeechToText

WHISPER = "small"
"""The model that is taken where it was fetched and none is named."""
WHISPER_AWAY = {"openai": "whisper-1", "groq": "whisper-large-v3-turbo"}


def choose_stt(settings: Settings) -> Stt:
    """Say which recogniser is in force.

    Where none is named: Deepgram where there is its key, Whisper where it was fetched, Gemini where there is a Google
    key, else pocketsphinx. A key for OpenAI or Groq chooses nothing: many have one that is not meant for calls.
    """
    stt = settings.stt
    if not isinstance(stt, AutoStt):
        return stt
    if settings.deepgram_api_key:
        return DeepgramStt()
    if _whisper_is_here():
        return FasterWhisperStt(workers=stt.workers)
    if settings.api_key and settings.model_name.startswith("google_genai:"):
        return GoogleStt()
    return PocketsphinxStt(workers=stt.workers)


@asynccontextmanager
async def open_speech_to_text(settings: Settings) -> AsyncIterator[SpeechToText]:
    """Open the recogniser that is in force.

    Raises:
        ConfigError: its key or its model is missing; the message says what to do.
    """
    async with _open(choose_stt(settings), settings) as recogniser:
        yield recogniser


def early_workers(settings: Settings) -> int:
    """Say how many workers may recognise utterances before they are over: none where each one is paid for."""
    match choose_stt(settings):
        case PocketsphinxStt(workers=workers) | FasterWhisperStt(workers=workers):
            return workers
        case _:
            return 0


def _open(stt: Stt, settings: Settings) -> AbstractAsyncContextManager[SpeechToText]:
    match stt:
        case PocketsphinxStt():
            from providers.pocketsphinx.adapter import open_pocketsphinx

            return open_pocketsphinx(stt.workers, stt.timeout)
        case FasterWhisperStt():
            from providers.whisper.adapter import open_faster_whisper

            return open_faster_whisper(stt.model or WHISPER, stt.device, stt.workers, stt.timeout, stt.language)
        case GoogleStt() | DeepgramStt() | OpenAiStt():
            return _open_remote(stt, settings)
        case AutoStt():
            return _open(choose_stt(settings), settings)
        case _:
            assert_never(stt)


def _open_remote(
    stt: GoogleStt | DeepgramStt | OpenAiStt, settings: Settings
) -> AbstractAsyncContextManager[SpeechToText]:
    match stt:
        case GoogleStt():
            from providers.google.hear import DEFAULT_MODEL, open_gemini_hearing

            key = key_of(settings.api_key, "GOOGLE_API_KEY")
            model = stt.model or DEFAULT_MODEL
            return open_gemini_hearing(key, stt.timeout, model, settings.model_base_url, stt.language)
        case DeepgramStt():
            from providers.deepgram.hear import DEFAULT_MODEL as NEWEST
            from providers.deepgram.hear import HearingOptions, open_deepgram_hearing
            from providers.deepgram.hear_query import DEEPGRAM_URL

            options = HearingOptions(stt.model or NEWEST, stt.language, base_url=stt.base_url or DEEPGRAM_URL)
            return open_deepgram_hearing(key_of(settings.deepgram_api_key, "DEEPGRAM_API_KEY"), stt.timeout, options)
        case OpenAiStt():
            return _open_transcription(stt, settings)


def _open_transcription(stt: OpenAiStt, settings: Settings) -> AbstractAsyncContextManager[SpeechToText]:
    from providers.openai_speech.hear import GROQ_URL, OPENAI_URL, TranscriptionOptions, open_transcription_hearing

    groq = stt.kind == "groq"
    key = settings.groq_api_key if groq else settings.openai_api_key
    wanted = key_of(key, f"{stt.kind.upper()}_API_KEY", needed=stt.base_url is None)
    base_url = stt.base_url or (GROQ_URL if groq else OPENAI_URL)
    options = TranscriptionOptions(stt.model or WHISPER_AWAY[stt.kind], stt.kind, base_url, stt.language)
    return open_transcription_hearing(wanted, stt.timeout, options)


def key_of(key: SecretStr | None, name: str, *, needed: bool = True) -> str:
    """Read a key; without one, empty where a server of one's own needs none, else ConfigError with its name."""
    if key is None and needed:
        raise ConfigError(f"{name} is needed for the engine that the settings name.")
    return key.get_secret_value() if key else ""


def _whisper_is_here() -> bool:
    from providers.whisper.models import find_model, was_fetched

    return was_fetched(WHISPER) and find_model(WHISPER) is not None


def fetch_speech_model(name: str) -> Path:
    """Fetch a faster-whisper model and return the folder it is in.

    Raises:
        ConfigError: there is no such model, or it cannot be fetched.
    """
    from providers.whisper.models import fetch_model

    return fetch_model(name)
