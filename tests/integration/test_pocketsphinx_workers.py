"""PocketSphinx's worker processes: when they start, what they cost, and how they end."""

import asyncio
import os
import shutil
import signal
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from domain.errors import Fault, ProviderUnavailable
from ports.speech_to_text import RecognitionHint, Samples
from providers.pocketsphinx.adapter import PocketSphinx, open_pocketsphinx
from speech.utterance import decode, for_recognition

ROOT = Path(__file__).resolve().parents[2]
PATIENT = timedelta(seconds=60)
HINT = RecognitionHint(phrases=("Checkatrade", "lead generation", "PPC", "Response-Eye-Q"), narrowband=True)
FLITE = shutil.which("flite")

PARENT = """
import asyncio, sys
from datetime import timedelta
import numpy as np
from ports.speech_to_text import RecognitionHint
from providers.pocketsphinx.adapter import open_pocketsphinx

async def main():
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, 16_000 * 60).astype(np.float32)
    async with open_pocketsphinx(1, timedelta(seconds=60)) as recogniser:
        hearing = asyncio.create_task(recogniser.transcribe(noise, RecognitionHint()))
        while not recogniser.worker_pids:
            await asyncio.wait([hearing], timeout=0.01)
        print(*recogniser.worker_pids, flush=True)
        await hearing

asyncio.run(main())
"""


def noise(seconds: float) -> Samples:
    return np.random.default_rng(0).uniform(-0.3, 0.3, int(16_000 * seconds)).astype(np.float32)


async def until_busy(recogniser: PocketSphinx, hearing: asyncio.Task[object]) -> tuple[int, ...]:
    while not recogniser.worker_pids:
        await asyncio.wait([hearing], timeout=0.01)
    return recogniser.worker_pids


def is_running(pid: int) -> bool:
    """False for a process that is gone, and for one that is dead but not yet collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def peak_memory_kb(pid: int) -> int:
    return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0])


async def test_workers_start_when_needed_and_stay() -> None:
    async with open_pocketsphinx(2, PATIENT) as recogniser:
        await recogniser.transcribe(np.zeros(16_000, np.float32), HINT)
        assert recogniser.worker_pids == ()
        await recogniser.transcribe(noise(0.2), HINT)
        first = recogniser.worker_pids
        await recogniser.transcribe(noise(0.2), HINT)
        assert recogniser.worker_pids == first
        assert len(first) == 1


async def test_a_killed_worker_fails_its_utterance_and_is_replaced() -> None:
    async with open_pocketsphinx(1, PATIENT) as recogniser:
        hearing = asyncio.create_task(recogniser.transcribe(noise(30), HINT))
        (victim,) = await until_busy(recogniser, hearing)
        os.kill(victim, signal.SIGKILL)
        with pytest.raises(ProviderUnavailable) as failed:
            await hearing
        assert failed.value.fault is Fault.CONNECTION
        assert failed.value.retryable
        await recogniser.transcribe(noise(0.2), HINT)
        assert victim not in recogniser.worker_pids


async def test_an_idle_worker_that_died_is_replaced_unseen() -> None:
    async with open_pocketsphinx(1, PATIENT) as recogniser:
        await recogniser.transcribe(noise(0.2), HINT)
        (victim,) = recogniser.worker_pids
        os.kill(victim, signal.SIGKILL)
        while recogniser.worker_pids:
            await asyncio.wait([asyncio.ensure_future(asyncio.to_thread(is_running, victim))])
        await recogniser.transcribe(noise(0.2), HINT)
        assert len(recogniser.worker_pids) == 1


async def test_a_time_out_kills_the_worker() -> None:
    async with open_pocketsphinx(1, timedelta(seconds=1)) as recogniser:
        hearing = asyncio.create_task(recogniser.transcribe(noise(60), HINT))
        (worker,) = await until_busy(recogniser, hearing)
        with pytest.raises(ProviderUnavailable) as failed:
            await hearing
        assert failed.value.fault is Fault.TIMEOUT
        assert not is_running(worker)


async def test_closing_ends_busy_workers() -> None:
    async with open_pocketsphinx(1, PATIENT) as recogniser:
        hearing = asyncio.create_task(recogniser.transcribe(noise(30), HINT))
        (worker,) = await until_busy(recogniser, hearing)
    with pytest.raises(ProviderUnavailable):
        await hearing
    assert not is_running(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker ends when it next looks at its input")
async def test_workers_die_with_a_parent_that_is_killed() -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PARENT), cwd=ROOT, stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": str(ROOT)}
    )
    assert parent.stdout is not None
    worker = int(await parent.stdout.readline())
    assert is_running(worker)
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(60):
        while await asyncio.to_thread(is_running, worker):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
async def test_a_worker_stays_below_150_mb_whatever_the_hint() -> None:
    async with open_pocketsphinx(1, PATIENT) as recogniser:
        for narrowband in (True, False, True):
            await recogniser.transcribe(noise(0.2), RecognitionHint(HINT.phrases, narrowband=narrowband))
        (worker,) = recogniser.worker_pids
        peak_kb = await asyncio.to_thread(peak_memory_kb, worker)
    assert peak_kb < 150_000


@pytest.mark.skipif(FLITE is None, reason="needs the flite voice")
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("we use response eye q to track the calls", "Response-Eye-Q"),
        ("we use checkatrade and a bit of facebook", "Checkatrade"),
        ("lead generation is really difficult", "lead generation"),
    ],
)
async def test_words_of_the_hint_are_heard_as_they_are_written(said: str, heard: str, tmp_path: Path) -> None:
    spoken = tmp_path / "said.wav"
    process = await asyncio.create_subprocess_exec(str(FLITE), "-voice", "rms", "-t", said, str(spoken))
    await process.wait()
    samples = for_recognition(decode(spoken.read_bytes(), "audio/wav"))
    async with open_pocketsphinx(1, PATIENT) as recogniser:
        result = await recogniser.transcribe(samples, HINT)
    assert heard in result.text
    assert result.confidence > 0.45
    assert result.segments[-1].end <= len(samples) / 16_000 + 0.1
