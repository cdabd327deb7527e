"""What every voice keeps to, whichever it is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from domain.errors import Fault, ProviderUnavailable
from ports.text_to_speech import TextToSpeech, Tier
from providers.espeak.adapter import open_espeak
from providers.espeak.warm import open_espeak_library
from providers.flite.adapter import open_flite
from providers.phrase_cache import CachedVoice
from providers.tone.adapter import open_tone
from providers.voices import FailoverVoice
from tests.contract.voices import (
    PATIENT,
    Open,
    collect,
    espeak_library,
    first_piece,
    has_program,
    hum,
    joined,
    library_options,
    loudness,
    open_piper_double,
    write_double,
)
from tests.loopback_voices import open_speech_service
from tests.loopback_voices_vendors import VENDORS, Vendor

SENTENCE = "Your appointment is on Monday at ten o'clock."

without_espeak = pytest.mark.skipif(not has_program("espeak-ng"), reason="the program espeak-ng is not installed")
without_library = pytest.mark.skipif(espeak_library() is None, reason="eSpeak NG's library is not installed")
without_flite = pytest.mark.skipif(not has_program("flite"), reason="the program flite is not installed")


@asynccontextmanager
async def open_vendor(vendor: Vendor) -> AsyncIterator[TextToSpeech]:
    answer = vendor.sends(hum(1.5, vendor.rate_hz))
    async with open_speech_service(answer) as service, vendor.connect(service.url, PATIENT) as voice:
        yield voice


@asynccontextmanager
async def open_failover(_: Path) -> AsyncIterator[TextToSpeech]:
    async with open_tone() as first, open_tone() as second:
        yield FailoverVoice([first, second])


@asynccontextmanager
async def open_cached(_: Path) -> AsyncIterator[TextToSpeech]:
    async with open_tone() as tone:
        yield CachedVoice(tone, [SENTENCE])


def remote(vendor: Vendor) -> Callable[[Path], Open]:
    return lambda _: open_vendor(vendor)


LOCAL: dict[str, Callable[[Path], Open]] = {
    "tone": lambda _: open_tone(),
    "espeak": lambda _: open_espeak(time_limit=PATIENT),
    "espeak_double": lambda folder: open_espeak(program=write_double(folder, "espeak-ng").program, time_limit=PATIENT),
    "espeak_library": lambda _: open_espeak_library(library_options()),
    "flite": lambda _: open_flite("kal", time_limit=PATIENT),
    "flite_double": lambda folder: open_flite("kal", program=write_double(folder, "flite").program, time_limit=PATIENT),
    "piper_double": open_piper_double,
    "failover": open_failover,
    "cached": open_cached,
}
REMOTE = {vendor.name: remote(vendor) for vendor in VENDORS}
NEEDS = {"espeak": without_espeak, "espeak_library": without_library, "flite": without_flite}


@pytest.fixture(params=[pytest.param(name, marks=NEEDS.get(name, ())) for name in (*LOCAL, *REMOTE)])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def voice(kind: str, tmp_path: Path) -> AsyncIterator[TextToSpeech]:
    async with (LOCAL | REMOTE)[kind](tmp_path) as voice:
        yield voice


async def test_it_says_who_it_is_and_what_it_costs(voice: TextToSpeech, kind: str) -> None:
    assert voice.name.partition(":")[0].isidentifier()
    assert voice.tier is (Tier.PREMIUM if kind in REMOTE else Tier.LOCAL)


async def test_a_sentence_is_sound_of_one_rate(voice: TextToSpeech) -> None:
    pieces = await collect(voice, SENTENCE)
    samples = joined(pieces)
    assert len({piece.rate_hz for piece in pieces}) == 1
    assert all(piece.samples.ndim == 1 and piece.samples.dtype == np.float32 and len(piece.samples) for piece in pieces)
    assert 0.3 < len(samples) / pieces[0].rate_hz < 10
    assert 0.02 < np.abs(samples).max() <= 1


async def test_nothing_to_say_is_no_sound(voice: TextToSpeech) -> None:
    for text in ("", " \n", "...", "—", "?!"):
        assert await collect(voice, text) == [], text


async def test_odd_characters_are_no_trouble(voice: TextToSpeech) -> None:
    for text in ("Yes\ud83d please\x00.", "One\ntwo\r\nthree.", "<b>Hi</b> & -v bye", "नमस्ते Zoë"):
        assert len(joined(await collect(voice, text))), text


async def test_sentences_said_at_once_do_not_mix(voice: TextToSpeech) -> None:
    alone = loudness(await collect(voice, SENTENCE))
    for together in await asyncio.gather(*(collect(voice, SENTENCE) for _ in range(5))):
        as_loud = loudness(together)
        common = min(len(alone), len(as_loud))
        assert max(len(alone), len(as_loud)) - common <= 1, "eSpeak NG's sentences differ by a few samples"
        assert np.corrcoef(alone[:common], as_loud[:common])[0, 1] > 0.95


async def test_who_leaves_early_leaves_the_voice_to_others(voice: TextToSpeech) -> None:
    for _ in range(3):
        assert len((await first_piece(voice, SENTENCE)).samples)
    assert len(joined(await collect(voice, SENTENCE)))


async def test_who_is_cancelled_leaves_the_voice_to_others(voice: TextToSpeech) -> None:
    listening = [asyncio.create_task(collect(voice, SENTENCE)) for _ in range(3)]
    await first_piece(voice, SENTENCE)
    for task in listening:
        task.cancel()
    assert not [result for result in await asyncio.gather(*listening, return_exceptions=True) if result is None]
    assert len(joined(await collect(voice, SENTENCE)))


async def test_a_closed_voice_is_unavailable(voice: TextToSpeech) -> None:
    await voice.close()
    await voice.close()
    with pytest.raises(ProviderUnavailable) as raised:
        await collect(voice, SENTENCE)
    assert raised.value.fault is Fault.ABSENT
