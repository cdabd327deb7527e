"""The voice that the settings choose, and behind it those of this machine: a call never falls silent."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from shutil import which
from typing import assert_never

import structlog

from bootstrap.remote_voices import open_remote_voice
from bootstrap.settings import Settings
from bootstrap.speech_settings import AutoVoice, EspeakVoice, FliteVoice, PiperVoice, RemoteVoice, ToneVoice, Voice
from domain.errors import ConfigError
from language.sentences import split_sentences
from language.spoken.form import spoken
from playbooks.loader import load_playbooks
from ports.text_to_speech import TextToSpeech
from providers.phrase_cache import CachedVoice
from providers.voices import FailoverVoice, Fallback

log = structlog.get_logger(__name__)


def choose_voice(settings: Settings) -> Voice:
    """Say which voice is in force.

    Where none is named: ElevenLabs or Deepgram where there is its key, flite or espeak-ng where one is installed, else
    tones. Other keys choose nothing: many have one that is not meant for calls.
    """
    if not isinstance(settings.voice, AutoVoice):
        return settings.voice
    if settings.elevenlabs_api_key:
        return RemoteVoice(kind="elevenlabs")
    if settings.deepgram_api_key:
        return RemoteVoice(kind="deepgram")
    return _local_voice()


def _local_voice() -> Voice:
    if which("flite"):
        return FliteVoice()
    return EspeakVoice() if which("espeak-ng") or find_spec("espeakng_loader") else ToneVoice()


@asynccontextmanager
async def open_voice(settings: Settings) -> AsyncIterator[TextToSpeech]:
    """Open the voice in force, with others to follow it, and with the sound kept of what is said in every call.

    Raises:
        ConfigError: its key, program or file is missing; the message says what to do.
    """
    chosen = choose_voice(settings)
    async with AsyncExitStack() as stack:
        voices = [await stack.enter_async_context(open_one_voice(chosen, settings))]
        for voice in {
            other.kind: other for other in (_local_voice(), ToneVoice()) if other.kind != chosen.kind
        }.values():
            try:
                voices.append(await stack.enter_async_context(open_one_voice(voice, settings)))
            except ConfigError as error:
                log.warning("voice_left_out", voice=voice.kind, detail=error.message)
        yield CachedVoice(FailoverVoice(voices, on_fallback=_log_fallback), frozenset(_phrases()))


def open_one_voice(voice: Voice, settings: Settings) -> AbstractAsyncContextManager[TextToSpeech]:
    """Open a voice with nobody behind it (ConfigError)."""
    match voice:
        case ToneVoice():
            from providers.tone.adapter import open_tone

            return open_tone()
        case FliteVoice():
            from providers.flite.adapter import open_flite

            return open_flite(voice.voice or "slt", time_limit=voice.timeout)
        case EspeakVoice():
            from providers.espeak.adapter import open_espeak

            return open_espeak(voice.voice or "en-us", words_a_minute=voice.words_a_minute, time_limit=voice.timeout)
        case PiperVoice():
            from providers.piper.adapter import open_piper

            return open_piper(voice.model, time_limit=voice.timeout)
        case RemoteVoice():
            return open_remote_voice(voice, settings)
        case AutoVoice():
            return open_one_voice(choose_voice(settings), settings)
        case _:
            assert_never(voice)


def _phrases() -> Iterator[str]:
    """What is said in every call, sentence by sentence, as the voice gets it."""
    for playbook in load_playbooks().values():
        for text in playbook.manners.phrases:
            yield from map(spoken, split_sentences(text))


def _log_fallback(fallback: Fallback) -> None:
    log.warning("voice_fell_back", voice=fallback.failed, successor=fallback.successor, fault=fallback.fault.value)
