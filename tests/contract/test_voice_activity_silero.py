"""Silero's batches: company changes nothing, nobody waits long, and what breaks is told."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.errors import ConfigError, Fault, ProviderUnavailable
from providers.silero import model as silero_model
from providers.silero.adapter import Silero, open_silero
from providers.silero.batches import GATHER_SECONDS
from providers.silero.model import FRAME_SAMPLES, Model, begin_memory, find_model, load_model
from providers.silero.runtime import Session
from speech.resample import Signal
from tests.contract.test_voice_activity import call, hear, line_noise

installed = pytest.mark.skipif(find_model() is None, reason="silero is not installed")


class Network:
    """A test double of the network: the probability is its line's mean of all samples so far, kept in the state."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.gate = Event()
        self.gate.set()
        self.started = Event()
        self.breaks: type[Exception] | None = None

    def run(self, _: list[str], feed: dict[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        self.started.set()
        self.gate.wait(10)
        if self.breaks is not None:
            raise self.breaks("on purpose")
        self.sizes.append(len(feed["input"]))
        state = feed["state"] + feed["input"][:, 32:].mean(axis=1)[None, :, None]
        return [state[0, :, :1].astype(np.float32), state.astype(np.float32)]


@pytest.fixture
def network() -> Iterator[Network]:
    network = Network()
    yield network
    network.gate.set()


@pytest.fixture
async def silero(network: Network) -> AsyncIterator[Silero]:
    silero = Silero(Model(Session(network, (RuntimeError,))), timedelta(seconds=5))
    yield silero
    network.gate.set()
    await silero.close()


def frame(level: float = 0.125) -> Signal:
    return np.full(FRAME_SAMPLES, level, np.float32)


async def until(event: Event) -> None:
    assert await asyncio.to_thread(event.wait, 5)


@installed
@pytest.mark.parametrize("lines", [2, 3, 7, 16, 33])
def test_a_batch_gives_to_the_bit_what_a_frame_alone_gives(lines: int) -> None:
    model = load_model()
    sounds = [np.concatenate([line_noise(0.1 * n, seed=n), call()])[: 60 * FRAME_SAMPLES] for n in range(lines)]
    together, alone = [begin_memory()] * lines, [begin_memory()] * lines
    for start in range(0, 60 * FRAME_SAMPLES, FRAME_SAMPLES):
        frames = [sound[start : start + FRAME_SAMPLES] for sound in sounds]
        batch = model.listen(together, frames)
        single = [model.listen([memory], [one])[0] for memory, one in zip(alone, frames, strict=True)]
        assert [one.probability for one in batch] == [one.probability for one in single]
        together, alone = [one.memory for one in batch], [one.memory for one in single]


@installed
async def test_the_package_is_used_without_its_code() -> None:
    async with open_silero() as silero:
        assert max(await hear(silero, silero.open_line(), call())) > 0.9
    assert "silero_vad" not in sys.modules


async def test_frames_that_come_together_are_heard_together(silero: Silero, network: Network) -> None:
    lines = [silero.open_line() for _ in range(40)]
    heard = await asyncio.gather(*(line.probability(frame(n / 64)) for n, line in enumerate(lines)))
    assert heard == [n / 64 for n in range(40)]
    assert network.sizes == [40]


async def test_a_large_batch_is_heard_by_two_threads(silero: Silero, network: Network) -> None:
    lines = [silero.open_line() for _ in range(101)]
    heard = await asyncio.gather(*(line.probability(frame(n / 128)) for n, line in enumerate(lines)))
    assert heard == [n / 128 for n in range(101)]
    assert sorted(network.sizes) == [50, 51]


async def test_a_line_waits_no_longer_for_company_than_it_has_to(silero: Silero, network: Network) -> None:
    line, idle = silero.open_line(), silero.open_line()
    loop = asyncio.get_running_loop()
    waits = []
    for _ in range(5):
        begun = loop.time()
        await line.probability(frame())
        waits.append(loop.time() - begun)
    assert GATHER_SECONDS * 0.5 < min(waits) < GATHER_SECONDS + 0.02
    assert network.sizes == [1] * 5
    idle.reset()


async def test_what_comes_while_the_network_runs_is_the_next_batch(silero: Silero, network: Network) -> None:
    lines = [silero.open_line() for _ in range(6)]
    network.gate.clear()
    first = asyncio.create_task(lines[0].probability(frame()))
    await until(network.started)
    others = [asyncio.create_task(line.probability(frame())) for line in lines[1:]]
    await asyncio.sleep(0)
    network.gate.set()
    assert await asyncio.gather(first, *others) == [0.125] * 6
    assert network.sizes == [1, 5]


async def test_frames_of_one_line_are_heard_in_order(silero: Silero) -> None:
    line = silero.open_line()
    assert await asyncio.gather(*(line.probability(frame()) for _ in range(4))) == [0.125, 0.25, 0.375, 0.5]


async def test_a_broken_network_is_told_and_the_line_starts_anew(silero: Silero, network: Network) -> None:
    line = silero.open_line()
    await line.probability(frame())
    network.breaks = RuntimeError
    with pytest.raises(ProviderUnavailable) as broken:
        await line.probability(frame())
    assert (broken.value.fault, broken.value.retryable) == (Fault.SERVER, True)
    network.breaks = None
    assert await line.probability(frame()) == 0.125


async def test_a_network_that_takes_too_long_is_told(network: Network) -> None:
    silero = Silero(Model(Session(network, (RuntimeError,))), timedelta(milliseconds=20))
    network.gate.clear()
    with pytest.raises(ProviderUnavailable) as late:
        await silero.open_line().probability(frame())
    assert late.value.fault is Fault.TIMEOUT
    network.gate.set()
    await silero.close()


async def test_a_frame_nobody_waits_for_leaves_nothing_behind(silero: Silero, network: Network) -> None:
    line, other = silero.open_line(), silero.open_line()
    network.gate.clear()
    asked = [asyncio.create_task(one.probability(frame())) for one in (line, other)]
    await until(network.started)
    asked[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked[0]
    network.gate.set()
    assert await asked[1] == 0.125
    assert await line.probability(frame(0.5)) == 0.5


async def test_a_reset_overtakes_the_frame_being_heard(silero: Silero, network: Network) -> None:
    line = silero.open_line()
    network.gate.clear()
    asked = asyncio.create_task(line.probability(frame()))
    await until(network.started)
    line.reset()
    network.gate.set()
    await asked
    assert await line.probability(frame(0.5)) == 0.5


async def test_closing_refuses_whoever_waits(network: Network) -> None:
    silero = Silero(Model(Session(network, (RuntimeError,))), timedelta(seconds=5))
    network.gate.clear()
    lines = [silero.open_line() for _ in range(3)]
    asked = [asyncio.create_task(lines[0].probability(frame()))]
    await until(network.started)
    asked += [asyncio.create_task(line.probability(frame())) for line in lines[1:]]
    await asyncio.sleep(0)
    await silero.close()
    network.gate.set()
    told = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, ProviderUnavailable) for one in told)


async def test_a_missing_model_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(silero_model, "find_model", lambda: None)
    with pytest.raises(ConfigError, match="install --no-deps silero-vad"):
        async with open_silero():
            pass
    with pytest.raises(ConfigError, match="is no file"):
        load_model(tmp_path / "silero_vad.onnx")


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    junk = tmp_path / "silero_vad.onnx"
    junk.write_bytes(b"junk")
    with pytest.raises(ConfigError, match=r"silero_vad\.onnx cannot be loaded"):
        load_model(junk)
