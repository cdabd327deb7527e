"""What every voice-activity detector keeps to, whichever it is."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.voice_activity import ActivityLine, VoiceActivity
from providers.energy.adapter import open_energy
from providers.silero.adapter import open_silero
from providers.silero.model import find_model
from providers.webrtc.adapter import open_webrtc
from speech.framing import RATE_HZ
from speech.resample import Signal
from speech.turn_taking import OFF, ON

OPEN: dict[str, Callable[[], AbstractAsyncContextManager[VoiceActivity]]] = {
    "energy": open_energy,
    "webrtc": open_webrtc,
    "silero": open_silero,
}
INSTALLED = {"energy": True, "webrtc": find_spec("webrtcvad") is not None, "silero": find_model() is not None}


@pytest.fixture(params=list(OPEN))
async def detector(request: pytest.FixtureRequest) -> AsyncIterator[VoiceActivity]:
    if not INSTALLED[request.param]:
        pytest.skip(f"{request.param} is not installed")
    async with OPEN[request.param]() as detector:
        yield detector


def line_noise(seconds: float, seed: int = 0) -> Signal:
    """A quiet telephone line."""
    return np.random.default_rng(seed).normal(0, 3e-4, int(seconds * RATE_HZ)).astype(np.float32)


def vowel(seconds: float = 0.6) -> Signal:
    """A glottal buzz through three formants, its pitch and loudness moving as a voice's do."""
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    turns = 2 * np.pi * np.cumsum(130 * (1 + 0.05 * np.sin(13 * time))) / RATE_HZ
    order = np.arange(1, 26)[:, None]
    hertz = 130 * order
    formants = 1 / (1 + ((hertz - 700) / 90) ** 2) + 0.5 / (1 + ((hertz - 1_200) / 110) ** 2)
    weights = (formants + 0.2 / (1 + ((hertz - 2_500) / 160) ** 2)) / order**0.3
    sound = (weights * np.sin(order * turns)).sum(axis=0) * (0.55 - 0.45 * np.cos(25 * time))
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


def call() -> Signal:
    """Half a second of a quiet line, a voice, and the line again."""
    voice = np.concatenate([line_noise(0.5), vowel(), line_noise(1.5, seed=1)])
    return np.asarray(voice, np.float32)


async def hear(detector: VoiceActivity, line: ActivityLine, sound: Signal) -> list[float]:
    size = detector.frame_samples
    starts = range(0, len(sound) - size + 1, size)
    return [await line.probability(sound[start : start + size]) for start in starts]


async def test_it_says_who_it_is(detector: VoiceActivity) -> None:
    assert detector.name.partition(":")[0].isidentifier()
    assert 80 <= detector.frame_samples <= 512


async def test_a_voice_is_told_from_a_quiet_line(detector: VoiceActivity) -> None:
    heard = await hear(detector, detector.open_line(), call())
    at = [round(seconds * RATE_HZ / detector.frame_samples) for seconds in (0.3, 0.5, 1.1, 2.2)]
    assert max(heard[at[0] : at[1] - 1]) < OFF
    assert sum(probability >= ON for probability in heard[at[1] : at[2]]) >= 0.7 * (at[2] - at[1])
    assert max(heard[at[3] :]) < OFF


@pytest.mark.parametrize("level", [0.0, 1e-6, 0.01, 0.3, 4.0])
async def test_it_is_a_probability_whatever_is_heard(detector: VoiceActivity, level: float) -> None:
    sound = np.random.default_rng(1).normal(0, 1, RATE_HZ).astype(np.float32) * np.float32(level)
    heard = await hear(detector, detector.open_line(), sound)
    assert all(0 <= probability <= 1 for probability in heard)


async def test_a_constant_offset_is_no_voice(detector: VoiceActivity) -> None:
    heard = await hear(detector, detector.open_line(), np.full(RATE_HZ, 0.2, np.float32))
    assert max(heard[len(heard) // 2 :]) < OFF


async def test_the_same_sound_is_heard_the_same(detector: VoiceActivity) -> None:
    alone = await hear(detector, detector.open_line(), call())
    lines = [detector.open_line() for _ in range(5)]
    together = await asyncio.gather(
        hear(detector, lines[0], call()), *(hear(detector, line, line_noise(2.6, seed=7)) for line in lines[1:])
    )
    assert together[0] == alone


async def test_a_line_that_was_reset_is_a_new_one(detector: VoiceActivity) -> None:
    line = detector.open_line()
    first = await hear(detector, line, call())
    line.reset()
    assert await hear(detector, line, call()) == first


@pytest.mark.parametrize("wrong", ["short", "long", "stereo", "double", "nan", "infinite"])
async def test_what_is_no_frame_is_rejected_and_leaves_nothing_behind(detector: VoiceActivity, wrong: str) -> None:
    size = detector.frame_samples
    frame: Any = {
        "short": np.zeros(size - 1, np.float32),
        "long": np.zeros(size + 1, np.float32),
        "stereo": np.zeros((size, 2), np.float32),
        "double": np.zeros(size, np.float64),
        "nan": np.full(size, np.nan, np.float32),
        "infinite": np.full(size, np.inf, np.float32),
    }[wrong]
    line = detector.open_line()
    with pytest.raises(ProviderRejected) as rejected:
        await line.probability(frame)
    assert rejected.value.fault is Fault.BAD_AUDIO
    assert await hear(detector, line, call()) == await hear(detector, detector.open_line(), call())


async def test_a_closed_detector_is_unavailable(detector: VoiceActivity) -> None:
    line = detector.open_line()
    await detector.close()
    with pytest.raises(ProviderUnavailable):
        await line.probability(np.zeros(detector.frame_samples, np.float32))
    await detector.close()
