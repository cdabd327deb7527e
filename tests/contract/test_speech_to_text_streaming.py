"""Recognition of sound that comes live: what every stream keeps to, on Deepgram's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import numpy as np
import pytest

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import Partial, RecognitionStream, StreamingSpeechToText
from providers.deepgram.hear import HearingOptions, open_deepgram_hearing
from tests.contract.hearing import HINT, NO_HINT, tone
from tests.loopback_hearing_deepgram import KEY, METADATA, Deepgram, open_deepgram, results

FINAL = Partial("fifty leads", 0.9, True, 0.0, 1.0)


@asynccontextmanager
async def open_engine(
    script: Deepgram, time_limit: float = 5.0, sign_of_life: float = 4.0, mu_law: bool = False
) -> AsyncIterator[StreamingSpeechToText]:
    async with open_deepgram(script) as service:
        options = HearingOptions(base_url=service.url, sign_of_life=timedelta(seconds=sign_of_life), mu_law=mu_law)
        async with open_deepgram_hearing(KEY, timedelta(seconds=time_limit), options) as engine:
            yield engine


async def pour(stream: RecognitionStream) -> None:
    while True:
        await stream.send(tone(1.0))


async def gather(stream: RecognitionStream) -> list[Partial]:
    return [partial async for partial in stream.partials()]


async def test_guesses_come_before_final_words() -> None:
    script = Deepgram(
        on_sound=[results("fifty", duration=0.5, final=False, confidence=0.6)], on_close=[results("fifty leads")]
    )
    async with open_engine(script) as engine, engine.open_stream(HINT) as stream:
        partials = stream.partials()
        await stream.send(tone(0.5))
        assert await anext(partials) == Partial("fifty", 0.6, False, 0.0, 0.5)
        await stream.send(tone(0.5))
        await stream.finish()
        assert [partial async for partial in partials] == [FINAL]
    assert script.asked["interim_results"] == ["true"]
    assert "endpointing" not in script.asked


async def test_late_guesses_and_repeated_finals_are_dropped() -> None:
    messages = [
        results("a month", start=1.0, duration=0.5),
        results("fifty leads"),
        results("fifty beads", duration=0.9, final=False),
        results("fifty leads"),
        results("of them", start=1.5, duration=0.4, final=False),
    ]
    async with open_engine(Deepgram(on_close=messages)) as engine, engine.open_stream(HINT) as stream:
        await stream.send(tone(0.5))
        await stream.finish()
        heard = await gather(stream)
    assert [(partial.text, partial.final) for partial in heard] == [
        ("a month", True),
        ("fifty leads", True),
        ("of them", False),
    ]


async def test_flushing_makes_words_final_and_the_stream_goes_on() -> None:
    script = Deepgram(on_finalize=[results("fifty leads")], on_close=[results("", start=1.0)])
    async with open_engine(script) as engine, engine.open_stream(HINT) as stream:
        partials = stream.partials()
        await stream.send(tone(1.0))
        await stream.flush()
        assert await anext(partials) == FINAL
        await stream.send(tone(1.0))
        await stream.finish()
        await stream.finish()
        assert [partial async for partial in partials] == [Partial("", 0.0, True, 1.0, 2.0)]
    assert script.texts == ['{"type":"Finalize"}', '{"type":"CloseStream"}']


@pytest.mark.parametrize("piece", [1, 160, 333, 4_096, 16_000])
@pytest.mark.parametrize(("mu_law", "size"), [(False, 2), (True, 1)])
async def test_pieces_of_any_size_are_the_same_sound(piece: int, mu_law: bool, size: int) -> None:
    script = Deepgram()
    sound = tone(0.25 if piece == 1 else 1.0)
    async with open_engine(script, mu_law=mu_law) as engine, engine.open_stream(HINT) as stream:
        for start in range(0, len(sound), piece):
            await stream.send(sound[start : start + piece])
        await stream.send(np.zeros(0, np.float32))
        await stream.finish()
        await gather(stream)
    whole = Deepgram()
    async with open_engine(whole, mu_law=mu_law) as engine, engine.open_stream(HINT) as stream:
        await stream.send(sound)
        await stream.finish()
        await gather(stream)
    assert script.sound == whole.sound
    assert min(script.pieces) > 0, "an empty message would end the stream"
    assert len(script.sound) >= len(sound) // 2 * size
    assert script.asked["encoding"] == ["mulaw" if mu_law else "linear16"]
    assert script.asked["sample_rate"] == ["8000"]


async def test_a_quiet_stream_gives_signs_of_life() -> None:
    script = Deepgram(on_close=[results("fifty leads")])
    async with open_engine(script, sign_of_life=0.02) as engine, engine.open_stream(HINT) as stream:
        async with asyncio.timeout(60):
            await script.said.wait()
        await stream.send(tone(0.5))
        await stream.finish()
        assert await gather(stream) == [FINAL]
    assert script.texts[0] == '{"type":"KeepAlive"}'


async def test_nothing_is_owed_before_sound_is_sent() -> None:
    script = Deepgram(on_sound=[results("fifty leads")])
    async with open_engine(script, time_limit=0.5, sign_of_life=0.02) as engine, engine.open_stream(HINT) as stream:
        waiting = asyncio.create_task(gather(stream))
        await asyncio.wait([waiting], timeout=0.8)
        assert not waiting.done()
        await stream.send(tone(0.5))
        await stream.finish()
        assert await waiting == [FINAL]


async def test_nothing_is_owed_once_it_is_answered() -> None:
    script = Deepgram(on_sound=[results("fifty", duration=0.5, final=False)], on_close=[results("fifty leads")])
    async with open_engine(script, time_limit=0.5, sign_of_life=0.02) as engine, engine.open_stream(HINT) as stream:
        partials = stream.partials()
        await stream.send(tone(0.5))
        assert not (await anext(partials)).final
        following = asyncio.create_task(gather(stream))
        await asyncio.wait([following], timeout=0.8)
        assert not following.done()
        await stream.finish()
        assert await following == [FINAL]


async def test_sound_without_an_answer_is_a_time_out_while_waiting() -> None:
    async with open_engine(Deepgram(), time_limit=0.1) as engine, engine.open_stream(HINT) as stream:
        waiting = asyncio.create_task(gather(stream))
        await asyncio.wait([waiting], timeout=0.02)
        await stream.send(tone(0.5))
        with pytest.raises(ProviderUnavailable) as raised:
            await waiting
    assert raised.value.fault is Fault.TIMEOUT


async def test_a_service_that_reads_nothing_is_a_time_out() -> None:
    async with open_engine(Deepgram(deaf=True), time_limit=0.2) as engine, engine.open_stream(NO_HINT) as stream:
        with pytest.raises(ProviderUnavailable) as raised:
            await pour(stream)
    assert raised.value.fault is Fault.TIMEOUT


async def test_a_broken_stream_keeps_what_was_final() -> None:
    script = Deepgram(on_close=[results("fifty leads")], ending="cut")
    async with open_engine(script) as engine, engine.open_stream(HINT) as stream:
        partials = stream.partials()
        await stream.send(tone(0.5))
        await stream.finish()
        assert await anext(partials) == FINAL
        with pytest.raises(ProviderUnavailable) as raised:
            await anext(partials)
        with pytest.raises(ProviderUnavailable):
            await stream.send(tone(0.5))
    assert raised.value.fault is Fault.CONNECTION


async def test_a_farewell_before_ours_is_a_broken_stream() -> None:
    script = Deepgram(on_finalize=[METADATA], ends_at="Finalize", ending="close")
    async with open_engine(script) as engine, engine.open_stream(HINT) as stream:
        await stream.send(tone(0.5))
        await stream.flush()
        with pytest.raises(ProviderUnavailable) as raised:
            await gather(stream)
    assert raised.value.fault is Fault.CONNECTION


async def test_sound_that_is_none_is_rejected_and_the_stream_goes_on() -> None:
    script = Deepgram(on_close=[results("fifty leads")])
    async with open_engine(script) as engine, engine.open_stream(HINT) as stream:
        with pytest.raises(ProviderRejected) as raised:
            await stream.send(np.array([0.1, np.nan], np.float32))
        await stream.send(tone(0.5))
        await stream.finish()
        assert await gather(stream) == [FINAL]
    assert raised.value.fault is Fault.BAD_AUDIO


async def test_leaving_early_closes_the_connection() -> None:
    script = Deepgram()
    async with open_engine(script) as engine:
        async with engine.open_stream(HINT) as stream:
            await stream.send(tone(0.5))
        async with asyncio.timeout(60):
            await script.left.wait()


async def test_a_cancelled_reader_closes_the_connection() -> None:
    async def follow(engine: StreamingSpeechToText, opened: asyncio.Event) -> None:
        async with engine.open_stream(HINT) as stream:
            opened.set()
            await gather(stream)

    script, opened = Deepgram(), asyncio.Event()
    async with open_engine(script) as engine:
        following = asyncio.create_task(follow(engine, opened))
        async with asyncio.timeout(60):
            await opened.wait()
            following.cancel()
            with pytest.raises(asyncio.CancelledError):
                await following
            await script.left.wait()


async def test_streams_do_not_know_of_each_other() -> None:
    script = Deepgram(on_close=[results("fifty leads")])
    async with open_engine(script) as engine, engine.open_stream(HINT) as one, engine.open_stream(HINT) as other:
        for stream in (one, other):
            await stream.send(tone(0.5))
            await stream.finish()
            assert await gather(stream) == [FINAL]


async def test_a_closed_engine_opens_no_stream() -> None:
    async with open_engine(Deepgram()) as engine:
        await engine.close()
        with pytest.raises(ProviderUnavailable):
            async with engine.open_stream(HINT):
                pass
