"""Voices that are asked for over the network, by the keys in the settings."""

from contextlib import AbstractAsyncContextManager
from typing import assert_never

from bootstrap.hearing import key_of
from bootstrap.settings import Settings
from bootstrap.speech_settings import RemoteVoice
from ports.text_to_speech import TextToSpeech

GEORGE = "JBFqnCBsd6RMkjVDRZzb"
"""A voice that every account at ElevenLabs has."""


def open_remote_voice(voice: RemoteVoice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    """Open a vendor's voice.

    Raises:
        ConfigError: its key is missing.
    """
    match voice.kind:
        case "elevenlabs":
            return _open_elevenlabs(voice, settings)
        case "deepgram":
            return _open_deepgram(voice, settings)
        case "google":
            return _open_google(voice, settings)
        case "openai" | "groq":
            return _open_openai(voice, settings)
        case _:
            assert_never(voice.kind)


def _open_elevenlabs(voice: RemoteVoice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    from providers.elevenlabs.speak import ELEVENLABS_URL, MODEL, open_elevenlabs

    return open_elevenlabs(
        key_of(settings.elevenlabs_api_key, "ELEVENLABS_API_KEY"),
        voice.voice or GEORGE,
        model=voice.model or MODEL,
        time_limit=voice.timeout,
        base_url=voice.base_url or ELEVENLABS_URL,
    )


def _open_deepgram(voice: RemoteVoice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    from providers.deepgram.speak import DEEPGRAM_URL, MODEL, open_deepgram_voice

    return open_deepgram_voice(
        key_of(settings.deepgram_api_key, "DEEPGRAM_API_KEY"),
        model=voice.voice or voice.model or MODEL,
        time_limit=voice.timeout,
        base_url=voice.base_url or DEEPGRAM_URL,
    )


def _open_google(voice: RemoteVoice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    from providers.google.speak import MODEL, open_gemini_voice

    return open_gemini_voice(
        key_of(settings.api_key, "GOOGLE_API_KEY"),
        voice.voice or "Kore",
        model=voice.model or MODEL,
        time_limit=voice.timeout,
        base_url=voice.base_url or settings.model_base_url,
    )


def _open_openai(voice: RemoteVoice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    from providers.openai_speech.hear import GROQ_URL
    from providers.openai_speech.speak import MODEL, OPENAI_URL, open_openai_voice

    groq = voice.kind == "groq"
    key = settings.groq_api_key if groq else settings.openai_api_key
    return open_openai_voice(
        key_of(key, f"{voice.kind.upper()}_API_KEY", needed=voice.base_url is None),
        voice.voice or ("autumn" if groq else "alloy"),
        model=voice.model or ("canopylabs/orpheus-v1-english" if groq else MODEL),
        output="wav" if groq else "pcm",
        time_limit=voice.timeout,
        base_url=voice.base_url or (GROQ_URL if groq else OPENAI_URL),
    )
