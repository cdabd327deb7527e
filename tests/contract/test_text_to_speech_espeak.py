"""eSpeak NG's library in its worker process: stopped in mid-word, killed, stuck, replaced; never loaded into ours."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from providers.espeak.adapter import open_espeak, wheel_options
from providers.espeak.warm import EspeakLibrary, open_espeak_library
from tests.contract.voices import PATIENT, collect, espeak_library, first_piece, joined, library_options
from tests.eventually import eventually

LONG = "This sentence has no end, " * 40_000
"""Days of sound, which take the engine minutes."""

without_library = pytest.mark.skipif(espeak_library() is None, reason="eSpeak NG's library is not installed")


@pytest.fixture
async def voice() -> AsyncIterator[EspeakLibrary]:
    async with open_espeak_library(library_options()) as voice:
        yield voice


def pid_of(voice: EspeakLibrary) -> int:
    assert voice.pid is not None
    return voice.pid


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@without_library
async def test_leaving_stops_the_engine_in_mid_sentence(voice: EspeakLibrary) -> None:
    pid = pid_of(voice)
    async with asyncio.timeout(20):
        for _ in range(3):
            assert len((await first_piece(voice, LONG)).samples)
        assert len(joined(await collect(voice, "Yes.")))
    assert pid_of(voice) == pid, "it is the same worker"


@without_library
async def test_a_sentence_that_waits_can_be_left_before_it_begins(voice: EspeakLibrary) -> None:
    async with aclosing(cast("Any", voice.speak(LONG))) as pieces:
        await anext(pieces)
        waiting = asyncio.create_task(collect(voice, LONG))
        await asyncio.wait({waiting}, timeout=0.02)
        waiting.cancel()
        await asyncio.wait({waiting})
    async with asyncio.timeout(20):
        assert len(joined(await collect(voice, "Yes.")))


@without_library
async def test_a_worker_that_dies_in_mid_sentence_is_replaced(voice: EspeakLibrary) -> None:
    pid = pid_of(voice)
    pieces = voice.speak(LONG)
    await anext(pieces)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(ProviderUnavailable) as raised:
        _ = [piece async for piece in pieces]
    assert raised.value.fault is Fault.CONNECTION
    assert len(joined(await collect(voice, "Yes.")))
    assert pid_of(voice) != pid


@without_library
async def test_a_worker_that_died_unseen_is_replaced(voice: EspeakLibrary) -> None:
    os.kill(pid_of(voice), signal.SIGKILL)
    await eventually(lambda: voice.pid is None)
    assert len(joined(await collect(voice, "Yes.")))


@without_library
async def test_a_worker_that_is_stuck_is_killed_and_replaced() -> None:
    async with open_espeak_library(library_options(limit=timedelta(seconds=1))) as voice:
        pid = pid_of(voice)
        os.kill(pid, signal.SIGSTOP)
        results = await asyncio.gather(*(collect(voice, "Yes.") for _ in range(3)), return_exceptions=True)
        assert {type(result) for result in results} == {ProviderUnavailable}
        assert not lives(pid)
        assert len(joined(await collect(voice, "Yes.")))


@without_library
async def test_closing_ends_the_worker_and_what_it_says() -> None:
    async with open_espeak_library(library_options()) as voice:
        pid = pid_of(voice)
        listening = asyncio.create_task(collect(voice, LONG))
        await asyncio.wait({listening}, timeout=0.02)
        await voice.close()
        with pytest.raises(ProviderUnavailable):
            await listening
        assert voice.pid is None
        assert not lives(pid)


@without_library
@pytest.mark.skipif(sys.platform != "linux", reason="what a process has loaded is read as Linux shows it")
async def test_the_library_is_in_another_process(voice: EspeakLibrary) -> None:
    await collect(voice, "Yes.")

    def loaded(pid: int | str) -> bool:
        return "espeak" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")

    assert loaded(pid_of(voice))
    assert not loaded("self")


@without_library
async def test_a_voice_that_it_has_not_is_said_at_the_start() -> None:
    with pytest.raises(ConfigError, match="voice 'klingonese'"):
        async with open_espeak_library(library_options("klingonese")):
            pass


async def test_a_library_that_is_none_is_said_at_the_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "libespeak-ng.so"
    wrong.write_bytes(b"no library")
    with pytest.raises(ConfigError, match="no library that works"):
        async with open_espeak_library(replace(library_options(), library=str(wrong))):
            pass
    assert "OSError" in capfd.readouterr().err, "the worker says why"


@without_library
async def test_a_library_that_vanishes_later_is_rejected(voice: EspeakLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "_options", library_options("klingonese"))
    os.kill(pid_of(voice), signal.SIGKILL)
    await eventually(lambda: voice.pid is None)
    with pytest.raises(ProviderRejected) as raised:
        await collect(voice, "Yes.")
    assert raised.value.fault is Fault.ABSENT


def write_wheel(folder: Path) -> Path:
    """Lay out a package as the wheel espeakng-loader does."""
    package = folder / "espeakng_loader"
    (package / "espeak-ng-data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('it must not be imported')\n", encoding="utf-8")
    return package


def test_the_wheel_is_found_and_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_wheel(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConfigError, match="not installed"):
        wheel_options("en-us", 165, PATIENT)
    (package / "libespeak-ng.so").write_bytes(b"a library")
    options = wheel_options("de", 180, PATIENT)
    assert (options.library, options.data) == (str(package / "libespeak-ng.so"), str(package / "espeak-ng-data"))
    assert (options.voice, options.words_a_minute, options.seconds) == ("de", 180, PATIENT.total_seconds())


async def test_without_program_and_wheel_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("providers.espeak.adapter.WHEEL", "no_such_wheel")
    with pytest.raises(ConfigError, match=r"apt install espeak-ng.*pip install espeakng-loader"):
        async with open_espeak(program="no-such-program"):
            pass
