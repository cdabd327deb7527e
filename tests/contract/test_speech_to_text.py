"""What every speech-to-text engine keeps to, whichever it is."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import RecognitionHint, Samples, SpeechToText
from providers.deepgram.hear import HearingOptions, open_deepgram_hearing
from providers.google.hear import open_gemini_hearing
from providers.google.loopback.answer import Answer
from providers.openai_speech.hear import TranscriptionOptions, open_transcription_hearing
from providers.pocketsphinx.adapter import open_pocketsphinx
from providers.whisper.adapter import open_faster_whisper
from tests.contract.tiny_whisper import Canned, build_tiny_whisper
from tests.loopback_gemini import open_loopback_gemini
from tests.loopback_hearing import Reply, open_service
from tests.loopback_hearing_deepgram import KEY, Deepgram, open_deepgram, results

Open = Callable[[timedelta], AbstractAsyncContextManager[SpeechToText]]

PATIENT = timedelta(seconds=60)
LATENCY = 0.05
"""Seconds in which a service on this machine answers: long enough to be interrupted."""

NO_HINT = RecognitionHint()
ON_THE_PHONE = RecognitionHint(phrases=("Checkatrade", "lead generation", "PPC"), language="en-GB", narrowband=True)


@pytest.fixture(scope="session")
def tiny_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_whisper(tmp_path_factory.mktemp("models") / "tiny-double", Canned("we get fifty leads a month"))


@asynccontextmanager
async def open_remote_deepgram(time_limit: timedelta) -> AsyncIterator[SpeechToText]:
    said = Deepgram(on_close=[results("yes", duration=0.3)], latency=LATENCY)
    async with (
        open_deepgram(said) as service,
        open_deepgram_hearing(KEY, time_limit, HearingOptions(base_url=service.url)) as engine,
    ):
        yield engine


@asynccontextmanager
async def open_remote_openai(time_limit: timedelta) -> AsyncIterator[SpeechToText]:
    body = json.dumps({"text": "yes", "language": "english", "segments": []}).encode()
    async with open_service(Reply(body, latency=LATENCY)) as service:
        options = TranscriptionOptions("whisper-1", base_url=service.url)
        async with open_transcription_hearing("key", time_limit, options) as engine:
            yield engine


@asynccontextmanager
async def open_remote_gemini(time_limit: timedelta) -> AsyncIterator[SpeechToText]:
    said = Answer(text='{"text": "yes", "language": "en", "confidence": 0.8}', latency_ms=int(1_000 * LATENCY))
    async with open_loopback_gemini() as (base_url, script):
        script.always(said)
        async with open_gemini_hearing("key", time_limit, base_url=base_url) as engine:
            yield engine


@pytest.fixture(params=["pocketsphinx", "faster_whisper", "deepgram", "openai", "google"])
def open_engine(request: pytest.FixtureRequest, tiny_whisper: Path) -> Open:
    def open_sphinx(time_limit: timedelta) -> AbstractAsyncContextManager[SpeechToText]:
        return open_pocketsphinx(1, time_limit)

    def open_whisper(time_limit: timedelta) -> AbstractAsyncContextManager[SpeechToText]:
        return open_faster_whisper(str(tiny_whisper), "cpu", 1, time_limit)

    engines: dict[str, Open] = {
        "pocketsphinx": open_sphinx,
        "faster_whisper": open_whisper,
        "deepgram": open_remote_deepgram,
        "openai": open_remote_openai,
        "google": open_remote_gemini,
    }
    return engines[request.param]


@pytest.fixture
async def engine(open_engine: Open) -> AsyncIterator[SpeechToText]:
    async with open_engine(PATIENT) as engine:
        yield engine


def buzz(seconds: float = 0.6) -> Samples:
    """A glottal buzz through two formants: as near to a vowel as a formula comes."""
    rate_hz = 16_000
    time = np.arange(int(seconds * rate_hz)) / rate_hz
    harmonics = np.arange(1, 30)[:, None] * 120
    weights = 1 / (1 + ((harmonics - 700) / 150) ** 2) + 0.6 / (1 + ((harmonics - 1_200) / 200) ** 2)
    sound = (weights * np.sin(2 * np.pi * harmonics * time)).sum(axis=0)
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


async def test_it_says_who_it_is(engine: SpeechToText) -> None:
    kind, _, model = engine.name.partition(":")
    assert kind.isidentifier()
    assert model


@pytest.mark.parametrize(
    "quiet",
    [
        np.zeros(0, np.float32),
        np.zeros(16_000, np.float32),
        np.full(16_000, 0.3, np.float32),
        np.random.default_rng(0).uniform(-0.0009, 0.0009, 16_000).astype(np.float32),
    ],
    ids=["nothing", "silence", "offset", "line noise"],
)
async def test_silence_has_no_words(engine: SpeechToText, quiet: Samples) -> None:
    heard = await engine.transcribe(quiet, ON_THE_PHONE)
    assert (heard.text, heard.confidence, list(heard.segments)) == ("", 0.0, [])


@pytest.mark.parametrize(
    "samples",
    [
        np.array([0.1, np.nan, 0.1], np.float32),
        np.array([0.1, -np.inf], np.float32),
        np.ones((2, 800), np.float32),
        np.ones(800, np.float64),
    ],
    ids=["nan", "infinite", "stereo", "double"],
)
async def test_unusable_samples_are_rejected(engine: SpeechToText, samples: Samples) -> None:
    with pytest.raises(ProviderRejected) as rejected:
        await engine.transcribe(samples, NO_HINT)
    assert rejected.value.fault is Fault.BAD_AUDIO
    assert not rejected.value.retryable


async def test_what_is_heard_is_within_its_bounds_and_leaves_nothing_behind(engine: SpeechToText) -> None:
    first = await engine.transcribe(buzz(), ON_THE_PHONE)
    other = await engine.transcribe(buzz(0.3), NO_HINT)
    again = await engine.transcribe(buzz(), ON_THE_PHONE)
    assert again == first
    for heard in (first, other):
        assert 0 <= heard.confidence <= 1
        assert heard.text == heard.text.strip()
        assert bool(heard.text) or heard.confidence == 0
        assert all(0 <= segment.start <= segment.end for segment in heard.segments)


async def test_the_event_loop_runs_on(engine: SpeechToText) -> None:
    hearing = asyncio.create_task(engine.transcribe(buzz(), NO_HINT))
    turns = 0
    while not hearing.done():
        turns += 1
        await asyncio.wait([hearing], timeout=0.001)
    assert (await hearing).confidence <= 1
    assert turns > 1, "it was not heard in one go"


async def test_more_utterances_than_workers_wait_their_turn(engine: SpeechToText) -> None:
    heard = await asyncio.gather(*(engine.transcribe(buzz(0.3), NO_HINT) for _ in range(3)))
    assert heard[0] == heard[1] == heard[2]


async def test_a_cancelled_utterance_harms_no_other(engine: SpeechToText) -> None:
    before = await engine.transcribe(buzz(0.3), NO_HINT)
    hearing = asyncio.create_task(engine.transcribe(buzz(8), NO_HINT))
    await asyncio.wait([hearing], timeout=0.01)
    hearing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hearing
    assert await engine.transcribe(buzz(0.3), NO_HINT) == before


async def test_too_long_is_unavailable(open_engine: Open) -> None:
    async with open_engine(timedelta(milliseconds=2)) as hasty:
        with pytest.raises(ProviderUnavailable) as late:
            await hasty.transcribe(buzz(8), NO_HINT)
    assert late.value.fault is Fault.TIMEOUT
    assert late.value.retryable


async def test_a_closed_engine_is_unavailable(open_engine: Open) -> None:
    async with open_engine(PATIENT) as engine:
        await engine.close()
        with pytest.raises(ProviderUnavailable):
            await engine.transcribe(buzz(), NO_HINT)
        await engine.close()
