"""The ear: chunks of any size in, the same utterances out, and what may be one before it is certain."""

import asyncio
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Fault, ProviderUnavailable
from domain.sound import LineSound
from providers.scripted.voice_activity import Loudness
from server.call.ear import LULL_SAMPLES, Ear, Frame, Utterance
from speech.framing import RATE_HZ
from speech.g711 import encode_mu_law
from speech.resample import Signal

FRAME = 256


def sound(line: LineSound, *parts: tuple[float, float]) -> bytes:
    """Parts of so many seconds and so loud, as a line sends them."""
    samples = np.concatenate([_noise(seconds, level, line.rate_hz) for seconds, level in parts])
    pcm = (samples * 32_767).astype("<i2")
    return encode_mu_law(pcm.astype(np.int16)) if line is LineSound.MU_LAW_8K else pcm.tobytes()


def _noise(seconds: float, level: float, rate_hz: int) -> Signal:
    size = round(seconds * rate_hz)
    return np.asarray(level * np.random.default_rng(size).uniform(-1, 1, size), np.float32)


async def hear(line: LineSound, chunks: list[bytes], hold: float = 0.6) -> list[Frame]:
    ear = Ear(line, Loudness().open_line(), FRAME)
    ear.hold(hold)
    frames = []
    for chunk in chunks:
        ear.take(chunk)
        while ear.has_frame:
            frames.append(await ear.hear())
    return frames


def utterances(frames: list[Frame]) -> list[bytes]:
    return [frame.utterance.data for frame in frames if frame.utterance]


def lulls(frames: list[Frame]) -> list[bytes]:
    return [frame.lull for frame in frames if frame.lull]


@pytest.mark.parametrize("line", LineSound)
@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 40_000), max_size=30))
def test_any_split_is_heard_the_same(line: LineSound, cuts: list[int]) -> None:
    data = sound(line, (0.4, 0), (0.5, 0.3), (0.3, 0), (0.2, 0.3), (0.9, 0))
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[first:last] for first, last in pairwise(edges)]
    assert asyncio.run(hear(line, chunks)) == asyncio.run(hear(line, [data]))


@pytest.mark.parametrize("line", LineSound)
async def test_what_may_be_all_is_all_unless_the_voice_comes_again(line: LineSound) -> None:
    once = await hear(line, [sound(line, (0.4, 0), (0.5, 0.3), (1.0, 0))])
    assert len(utterances(once)) == 1
    assert lulls(once) == utterances(once)
    twice = await hear(line, [sound(line, (0.4, 0), (0.5, 0.3), (0.3, 0), (0.5, 0.3), (1.0, 0))])
    first, second = lulls(twice)
    assert utterances(twice) == [second]
    assert second.startswith(first)


async def test_an_utterance_ends_a_moment_after_the_voice_however_long_one_waits() -> None:
    line = LineSound.MU_LAW_8K
    data = sound(line, (0.4, 0), (0.5, 0.3), (2.0, 0))
    (short,) = utterances(await hear(line, [data], hold=0.3))
    (patient,) = utterances(await hear(line, [data], hold=1.2))
    assert short == patient
    before, voice = RATE_HZ // 5, RATE_HZ // 2
    assert before + voice <= len(short) <= before + voice + LULL_SAMPLES + 2 * FRAME
    assert short in data


async def test_a_silence_shorter_than_a_moment_is_no_lull() -> None:
    line = LineSound.MU_LAW_8K
    frames = await hear(line, [sound(line, (0.4, 0), (0.5, 0.3), (0.06, 0), (0.5, 0.3))])
    assert not lulls(frames)
    assert not utterances(frames)


async def test_the_end_of_a_line_ends_what_is_said() -> None:
    ear = Ear(LineSound.MU_LAW_8K, Loudness().open_line(), FRAME)
    ear.take(sound(LineSound.MU_LAW_8K, (0.4, 0), (0.5, 0.3)))
    while ear.has_frame:
        await ear.hear()
    assert ear.hears_speech
    assert isinstance(ear.finish(), Utterance)
    assert ear.finish() is None


async def test_a_detector_that_breaks_hears_silence() -> None:
    class Broken:
        async def probability(self, frame: Signal) -> float:
            raise ProviderUnavailable("broken", Fault.SERVER)

        def reset(self) -> None:
            """Nothing is held."""

    ear = Ear(LineSound.MU_LAW_8K, Broken(), FRAME)
    assert ear.take(sound(LineSound.MU_LAW_8K, (0.1, 0.3)))
    assert await ear.hear() == Frame(voiced=False, samples=FRAME)
