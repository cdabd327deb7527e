"""How voices that are programs fail, and what they leave behind, on a stand-in that obeys some words of its text."""

import asyncio
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.text_to_speech import TextToSpeech
from providers.espeak.adapter import open_espeak
from providers.flite.adapter import open_flite
from providers.piper.adapter import open_piper
from tests.contract.speaking_double import RATE_HZ, WORD_SECONDS
from tests.contract.voices import (
    PATIENT,
    Double,
    Open,
    collect,
    collect_until_failure,
    first_piece,
    joined,
    write_double,
    write_piper_voice,
)
from tests.eventually import eventually

OpenDouble = Callable[[Double, timedelta], Open]

SHORT = timedelta(seconds=1)


def open_piper_on(double: Double, limit: timedelta) -> Open:
    return open_piper(write_piper_voice(Path(double.program).parent), program=double.program, time_limit=limit)


KINDS: dict[str, OpenDouble] = {
    "espeak-ng": lambda double, limit: open_espeak(program=double.program, time_limit=limit),
    "flite": lambda double, limit: open_flite("kal", program=double.program, time_limit=limit),
    "piper": open_piper_on,
}


@pytest.fixture(params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def double(kind: str, tmp_path: Path) -> Double:
    return write_double(tmp_path, kind)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def told(double: Double, word: str) -> int:
    """Wait until a process has been told a text with this word; return its pid."""

    def pids() -> list[int]:
        return [int(run["pid"]) for run in double.runs() if word in run["text"]]

    await eventually(lambda: bool(pids()))
    return pids()[-1]


async def test_every_word_is_heard_and_none_is_among_the_arguments(kind: str, double: Double) -> None:
    async with KINDS[kind](double, PATIENT) as voice:
        pieces = await collect(voice, "John Smith is here.")
        await collect(voice, "-v $(reboot)")
    assert len(joined(pieces)) == 4 * round(WORD_SECONDS * RATE_HZ)
    assert not [run for run in double.runs() if {"Smith", "reboot", "$(reboot)"}.intersection(run["arguments"])]
    assert [run["text"].strip() for run in double.runs()][-2:] == ["John Smith is here.", "-v $(reboot)"]


@pytest.mark.parametrize(
    ("word", "error", "fault"),
    [
        ("refuse", ProviderRejected, Fault.BAD_REQUEST),
        ("crash", ProviderUnavailable, Fault.CONNECTION),
        ("mute", ProviderUnavailable, Fault.EMPTY),
    ],
)
async def test_a_program_that_fails_is_told_apart(
    kind: str, double: Double, word: str, error: type[ProviderError], fault: Fault
) -> None:
    async with KINDS[kind](double, PATIENT) as voice:
        with pytest.raises(error) as raised:
            await collect(voice, f"please {word} now")
        assert len(joined(await collect(voice, "and again")))
    assert raised.value.fault is fault
    assert word not in str(raised.value)


async def test_a_program_that_hangs_is_killed(tmp_path: Path) -> None:
    async def hang(kind: str) -> tuple[Double, ProviderError | None]:
        double = write_double(tmp_path, kind)
        async with KINDS[kind](double, SHORT) as voice:
            _, failure = await collect_until_failure(voice, "please hang now")
            assert not lives(await told(double, "hang"))
        return double, failure

    for _, failure in await asyncio.gather(*map(hang, KINDS)):
        assert isinstance(failure, ProviderUnavailable)
        assert failure.fault is Fault.TIMEOUT


async def test_who_is_cancelled_leaves_no_process(kind: str, double: Double) -> None:
    async with KINDS[kind](double, PATIENT) as voice:
        listening = asyncio.create_task(collect(voice, "please hang now"))
        pid = await told(double, "hang")
        listening.cancel()
        await asyncio.wait({listening})
        assert listening.cancelled()
        await eventually(lambda: not lives(pid))


@pytest.mark.parametrize("kind", ["espeak-ng", "piper"])
async def test_who_leaves_in_mid_sentence_leaves_no_process(kind: str, double: Double) -> None:
    async with KINDS[kind](double, PATIENT) as voice:
        assert len((await first_piece(voice, "please hang now")).samples)
        assert not lives(await told(double, "hang"))


async def test_closing_ends_what_is_being_said(kind: str, double: Double) -> None:
    async with KINDS[kind](double, PATIENT) as voice:
        listening = asyncio.create_task(collect(voice, "please hang now"))
        pid = await told(double, "hang")
        await voice.close()
        with pytest.raises(ProviderUnavailable):
            await listening
        assert not lives(pid)


async def test_no_more_run_at_once_than_allowed(tmp_path: Path) -> None:
    double = write_double(tmp_path, "espeak-ng")
    async with open_espeak(program=double.program, time_limit=PATIENT, at_once=1) as voice:
        listening = asyncio.create_task(collect(voice, "please hang now"))
        await told(double, "hang")
        waiting = asyncio.create_task(collect(voice, "my turn"))
        await asyncio.wait({waiting}, timeout=0.1)
        assert not [run for run in double.runs() if "my turn" in run["text"]]
        listening.cancel()
        assert len(joined(await waiting))


async def say_and_see(voice: TextToSpeech, double: Double, text: str) -> int:
    await collect(voice, text)
    return await told(double, text)


async def test_piper_has_a_process_ready_before_each_sentence(tmp_path: Path) -> None:
    double = write_double(tmp_path, "piper")
    async with open_piper_on(double, PATIENT) as voice:
        pids = [await say_and_see(voice, double, text) for text in ("one", "two", "three")]
    assert len(set(pids)) == 3
    assert len(double.runs()) == 3, "the one that was ready for a fourth is killed unasked"


async def test_a_program_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="apt install flite"):
        async with open_flite(program=nowhere):
            pass
    with pytest.raises(ConfigError, match="pip install piper-tts"):
        async with open_piper(write_piper_voice(tmp_path), program=nowhere):
            pass


async def test_a_voice_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    espeak, flite = write_double(tmp_path, "espeak-ng"), write_double(tmp_path, "flite")
    with pytest.raises(ConfigError, match="--voices"):
        async with open_espeak("nobody", program=espeak.program):
            pass
    with pytest.raises(ConfigError, match="it has kal, slt"):
        async with open_flite("nobody", program=flite.program):
            pass


async def test_flite_takes_a_voice_from_a_file(tmp_path: Path) -> None:
    double, file = write_double(tmp_path, "flite"), tmp_path / "rose.flitevox"
    file.write_bytes(b"a voice")
    async with open_flite(str(file), program=double.program, time_limit=PATIENT) as voice:
        await collect(voice, "Hi.")
    assert voice.name == "flite:rose"
    assert str(file) in double.runs()[0]["arguments"]


@pytest.mark.parametrize("rate", [0, "16000", None, 1.5])
async def test_a_piper_voice_must_say_its_rate(tmp_path: Path, rate: object) -> None:
    double = write_double(tmp_path, "piper")
    with pytest.raises(ConfigError, match="rate"):
        async with open_piper(write_piper_voice(tmp_path, rate), program=double.program):
            pass


async def test_a_piper_voice_needs_both_its_files(tmp_path: Path) -> None:
    double, voice = write_double(tmp_path, "piper"), write_piper_voice(tmp_path)
    voice.with_name(f"{voice.name}.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match="json"):
        async with open_piper(voice, program=double.program):
            pass
    voice.unlink()
    with pytest.raises(ConfigError, match="download"):
        async with open_piper(voice, program=double.program):
            pass
