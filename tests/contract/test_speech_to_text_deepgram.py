"""Deepgram, one utterance at a time: its handshake, its results in any order, its ways to fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import numpy as np
import pytest

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import Recognition, RecognitionHint, Segment
from providers.deepgram.hear import DeepgramHearing, HearingOptions, open_deepgram_hearing
from tests.contract.hearing import HINT, NO_HINT, tone
from tests.loopback_hearing import Reply, open_service
from tests.loopback_hearing_deepgram import KEY, Deepgram, open_deepgram, results


@asynccontextmanager
async def connect(url: str, time_limit: float = 5.0, key: str = KEY) -> AsyncIterator[DeepgramHearing]:
    async with open_deepgram_hearing(key, timedelta(seconds=time_limit), HearingOptions(base_url=url)) as engine:
        yield engine


async def hear(script: Deepgram, hint: RecognitionHint = NO_HINT, time_limit: float = 5.0) -> Recognition:
    async with open_deepgram(script) as service, connect(service.url, time_limit) as engine:
        return await engine.transcribe(tone(), hint)


async def failure(script: Deepgram, time_limit: float = 5.0) -> ProviderError:
    with pytest.raises(ProviderError) as raised:
        await hear(script, HINT, time_limit)
    error = raised.value
    assert isinstance(error, ProviderUnavailable) is error.retryable
    assert KEY not in f"{error!r} {error.__cause__!r}"
    assert "Checkatrade" not in f"{error!r} {error.__cause__!r}"
    return error


async def test_the_address_says_what_comes() -> None:
    script = Deepgram(on_close=[results("Yes.")])
    await hear(script, HINT)
    assert script.paths[0].startswith("/v1/listen?")
    assert script.asked == {
        "model": ["nova-3"],
        "encoding": ["linear16"],
        "sample_rate": ["8000"],
        "channels": ["1"],
        "punctuate": ["true"],
        "interim_results": ["false"],
        "endpointing": ["false"],
        "language": ["en-GB"],
        "keyterm": list(HINT.phrases),
    }


async def test_the_sound_comes_whole_and_in_small_pieces() -> None:
    script = Deepgram(on_close=[results("Yes.")])
    await hear(script)
    assert np.frombuffer(script.sound, "<i2") / 32_768 == pytest.approx(tone(), abs=1 / 32_000)
    assert max(script.pieces) == 8_000
    assert min(script.pieces) > 0
    assert script.texts == ['{"type":"CloseStream"}']


async def test_final_stretches_are_put_together_in_the_order_they_were_said() -> None:
    stretches = [
        results("leads a month.", start=1.0, duration=0.8, confidence=0.5),
        results("", start=1.8, duration=0.2),
        results("We get", start=0.5, duration=0.5, final=False, confidence=0.1),
        results("We get fifty", start=0.0, duration=1.0, confidence=0.9, languages=["en"]),
        results("We get sixty", start=0.0, duration=1.0, final=False),
        results("We get fifty", start=0.0, duration=1.0, confidence=0.9, languages=["en"]),
    ]
    heard = await hear(Deepgram(on_sound=stretches[:1], on_close=stretches[1:]))
    assert heard.text == "We get fifty leads a month."
    assert heard.confidence == pytest.approx(0.7)
    assert heard.language == "en"
    assert heard.segments == (Segment("We get fifty", 0.0, 1.0), Segment("leads a month.", 1.0, 1.8))


async def test_other_readings_are_kept() -> None:
    stretches = [results("fifty leads", others=["fifteen leads", "fifty beads"]), results("a month", start=1.0)]
    heard = await hear(Deepgram(on_close=stretches))
    assert heard.alternatives == ("fifteen leads a month", "fifty beads a month")


@pytest.mark.parametrize("messages", [[], [results("")], ['{"type": "SpeechStarted"}', '{"type": "Soon"}']])
async def test_no_words_have_no_confidence(messages: list[str]) -> None:
    assert await hear(Deepgram(on_close=messages)) == Recognition("", 0.0)


async def test_silence_is_not_sent() -> None:
    async with open_deepgram(Deepgram()) as service, connect(service.url) as engine:
        for quiet in (np.zeros(0, np.float32), np.zeros(16_000, np.float32), np.full(16_000, 0.2, np.float32)):
            assert await engine.transcribe(quiet, HINT) == Recognition("", 0.0)
        assert service.paths == []


async def test_a_farewell_without_a_summary_will_do() -> None:
    assert (await hear(Deepgram(on_close=[results("Yes.")], ending="close"))).text == "Yes."


@pytest.mark.parametrize(
    ("status", "fault", "retryable"),
    [
        (401, Fault.CREDENTIALS, False),
        (403, Fault.CREDENTIALS, False),
        (400, Fault.BAD_REQUEST, False),
        (404, Fault.BAD_REQUEST, False),
        (408, Fault.TIMEOUT, True),
        (429, Fault.RATE_LIMIT, True),
        (500, Fault.SERVER, True),
        (503, Fault.SERVER, True),
        (302, Fault.SERVER, True),
        (200, Fault.SERVER, True),
    ],
)
async def test_a_refused_handshake_says_why(status: int, fault: Fault, retryable: bool) -> None:
    error = await failure(Deepgram(refuse=(status, "<html>Checkatrade</html>")))
    assert (error.fault, error.retryable) == (fault, retryable)


async def test_a_wrong_key_is_rejected() -> None:
    async with open_deepgram(Deepgram()) as service, connect(service.url, key="dg-wrong") as engine:
        with pytest.raises(ProviderRejected) as raised:
            await engine.transcribe(tone(), NO_HINT)
    assert raised.value.fault is Fault.CREDENTIALS


async def test_a_web_page_is_no_handshake() -> None:
    page = Reply(b"<html>Log in</html>", content_type="text/html")
    async with open_service(page) as service, connect(service.url) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), NO_HINT)
    assert raised.value.fault is Fault.SERVER


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (Deepgram(hang=True), Fault.TIMEOUT),
        (Deepgram(ending="hang"), Fault.TIMEOUT),
        (Deepgram(on_close=[results("half of")], ending="hang"), Fault.TIMEOUT),
        (Deepgram(deaf=True), Fault.TIMEOUT),
        (Deepgram(on_close=[results("half of")], ending="cut"), Fault.CONNECTION),
        (Deepgram(ending="shut", code=1011, reason="NET-0000"), Fault.SERVER),
        (Deepgram(ending="shut", code=1011, reason="NET-0001 nothing came"), Fault.CONNECTION),
        (Deepgram(ending="shut", code=1008, reason="DATA-0000"), Fault.BAD_AUDIO),
        (Deepgram(on_close=["<html>"]), Fault.SERVER),
        (Deepgram(on_close=['{"type": "Results", "start": 0']), Fault.SERVER),
        (Deepgram(on_close=['{"type": "Results", "start": -1, "duration": 1, "channel": {}}']), Fault.SERVER),
        (Deepgram(on_close=['["Results"]']), Fault.SERVER),
        (Deepgram(on_close=["{}"]), Fault.SERVER),
        (Deepgram(on_close=["[" * 10_000]), Fault.SERVER),
        (Deepgram(on_close=['{"type": "Error", "variant": "SchemaError", "description": ""}']), Fault.BAD_REQUEST),
    ],
    ids=[
        "handshake hangs", "hangs", "hangs half way", "reads nothing", "cut", "late", "starved", "no audio", "HTML",
        "half a message", "impossible", "list", "no type", "deep", "error",
    ],
)  # fmt: skip
async def test_a_stream_that_fails_says_why(script: Deepgram, fault: Fault) -> None:
    error = await failure(script, 0.3 if fault is Fault.TIMEOUT else 5)
    assert error.fault is fault
    assert error.retryable is (fault not in (Fault.BAD_AUDIO, Fault.BAD_REQUEST))


@pytest.mark.parametrize("script", [Deepgram(hang=True), Deepgram(ending="hang")], ids=["handshake", "stream"])
async def test_cancelling_closes_the_connection(script: Deepgram) -> None:
    async with open_deepgram(script) as service, connect(service.url, 30) as engine:
        hearing = asyncio.create_task(engine.transcribe(tone(), NO_HINT))
        async with asyncio.timeout(60):
            await (script.came if script.hang else script.said).wait()
            hearing.cancel()
            with pytest.raises(asyncio.CancelledError):
                await hearing
            await script.left.wait()


async def test_cancelling_waits_for_no_one_who_reads_nothing() -> None:
    async with open_deepgram(Deepgram(deaf=True)) as script, connect(script.url, 60) as engine:
        hearing = asyncio.create_task(engine.transcribe(tone(200), NO_HINT))
        async with asyncio.timeout(60):
            await script.came.wait()
            await asyncio.wait([hearing], timeout=0.3)
            hearing.cancel()
            with pytest.raises(asyncio.CancelledError):
                await hearing


async def test_nobody_listening_is_a_connection_fault() -> None:
    async with open_deepgram(Deepgram()) as service:
        url = service.url
    async with connect(url) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), NO_HINT)
    assert raised.value.fault is Fault.CONNECTION


async def test_an_address_that_is_none_is_rejected() -> None:
    async with connect("nowhere") as engine:
        with pytest.raises(ProviderRejected) as raised:
            await engine.transcribe(tone(), NO_HINT)
    assert raised.value.fault is Fault.BAD_REQUEST
