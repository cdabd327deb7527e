"""What is configured, whether it answers, and what is missing: each part is opened and used once, as a call would."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.util import find_spec
from shutil import which
from time import perf_counter

import numpy as np

from bootstrap.activity import open_voice_activity
from bootstrap.chat import open_chat_model
from bootstrap.database import open_store
from bootstrap.hearing import WHISPER, open_speech_to_text
from bootstrap.settings import BUILTIN, Settings
from bootstrap.telephony import account_of
from bootstrap.voice import choose_voice, open_one_voice
from domain.errors import ConfigError, Fault, ParleyError, ProviderUnavailable
from ports.chat_model import ChatMessage, ChatRequest
from ports.speech_to_text import RecognitionHint
from providers.twilio.rest import open_twilio_carrier

PATIENCE = timedelta(seconds=45)
"""Longest wait for one part; an engine of this machine that starts for the first time takes its time."""


class State(StrEnum):
    """How a part does."""

    WELL = "well"
    OFF = "off"
    """Nothing is configured, and nothing has to be."""
    ILL = "ill"


@dataclass(frozen=True)
class Finding:
    """What came of one part; `ms` is how long it took to answer, `remedy` what to do or what could be had."""

    part: str
    state: State
    what: str
    ms: float | None = None
    remedy: str = ""


@dataclass(frozen=True)
class _Off(Exception):
    """The part is not in use, and why."""

    remedy: str


Look = Callable[[Settings], Awaitable[str]]
"""Uses a part once and says what it is."""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at every part, one after the other."""
    for part, look in _LOOKS.items():
        yield await _look_at(part, look, settings)


async def _look_at(part: str, look: Look, settings: Settings) -> Finding:
    began = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            what = await look(settings)
    except _Off as off:
        return Finding(part, State.OFF, "not in use", remedy=off.remedy)
    except TimeoutError:
        return Finding(part, State.ILL, f"no answer within {PATIENCE.total_seconds():.0f} s")
    except ParleyError as error:
        return Finding(part, State.ILL, error.message)
    return Finding(part, State.WELL, what, (perf_counter() - began) * 1_000)


async def _database(settings: Settings) -> str:
    async with open_store(settings) as database:
        await database.run("", "SELECT 1")
    return "embedded Postgres" if settings.database_url is None else "Postgres by its URL"


async def _model(settings: Settings) -> str:
    if settings.model_name == BUILTIN:
        raise _Off("the built-in engine answers; a model with PARLEY_MODEL and its key, or GOOGLE_API_KEY")
    async with open_chat_model(settings) as model:
        assert model is not None
        question = ChatMessage("user", "Answer with the one word: well")
        await model.ask(ChatRequest("doctor", "You are asked whether you answer.", (question,), max_output_tokens=200))
        return model.name


async def _hearing(settings: Settings) -> str:
    async with open_speech_to_text(settings) as recogniser:
        await recogniser.transcribe(_hum(16_000), RecognitionHint())
        return recogniser.name


async def _voice(settings: Settings) -> str:
    async with open_one_voice(choose_voice(settings), settings) as voice:
        if not any([piece.samples.size async for piece in voice.speak("Hello.")]):
            raise ProviderUnavailable(voice.name, Fault.EMPTY, f"{voice.name}: it said nothing")
        return voice.name


async def _activity(settings: Settings) -> str:
    async with open_voice_activity(settings.activity) as activity:
        await activity.open_line().probability(_hum(8_000)[: activity.frame_samples])
        return activity.name


async def _telephone(settings: Settings) -> str:
    if settings.twilio.account_sid is None:
        raise _Off("PARLEY_TWILIO__ACCOUNT_SID, its AUTH_TOKEN and PUBLIC_URL; see docs/voice.md")
    account = account_of(settings.twilio)
    if settings.secret is None:
        raise ConfigError("PARLEY_SECRET is needed with Twilio.")
    async with open_twilio_carrier(account, base_url=settings.twilio.rest_url) as carrier:
        await carrier.check()
        return f"{carrier.name}, {len(settings.twilio.numbers)} numbers answered at {account.public_url}"


async def _extras(_: Settings) -> str:
    there = {
        "flite": which("flite"),
        "espeak-ng": which("espeak-ng") or find_spec("espeakng_loader"),
        "piper": which("piper"),
        f"Whisper {WHISPER}": await asyncio.to_thread(_whisper),
        "Silero": find_spec("silero_vad"),
        "WebRTC": find_spec("webrtcvad"),
    }
    missing = [name for name, found in there.items() if not found]
    return f"here: {', '.join(name for name in there if name not in missing)}; not here: {', '.join(missing) or '-'}"


def _whisper() -> bool:
    from providers.whisper.models import find_model, was_fetched

    return was_fetched(WHISPER) and find_model(WHISPER) is not None


def _hum(rate_hz: int) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """Half a second that is no silence."""
    return (0.1 * np.sin(np.arange(rate_hz // 2) * 2 * np.pi * 220 / rate_hz)).astype(np.float32)


_LOOKS: dict[str, Look] = {
    "database": _database,
    "model": _model,
    "hearing": _hearing,
    "voice": _voice,
    "speech or noise": _activity,
    "telephone": _telephone,
    "engines": _extras,
}
