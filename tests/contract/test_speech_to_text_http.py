"""How recognisers over HTTP succeed and fail: the same for each, whatever its wire format."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from tests.contract.hearing import (
    HINT,
    KEY,
    NO_HINT,
    Connect,
    connect_gemini,
    connect_openai,
    gemini_says,
    tone,
    whisper_says,
)
from tests.loopback_hearing import Reply, open_service

ENGINES: dict[str, tuple[Connect, Callable[[str], Reply]]] = {
    "openai": (connect_openai, whisper_says),
    "google": (connect_gemini, gemini_says),
}
HTML = Reply(b"<html>Please log in to the guest network.</html>", content_type="text/html")


@pytest.fixture(params=list(ENGINES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def connect(kind: str) -> Connect:
    return ENGINES[kind][0]


@pytest.fixture
def says(kind: str) -> Callable[[str], Reply]:
    return ENGINES[kind][1]


@pytest.mark.parametrize("piece", [1, 7, 1_000])
async def test_an_answer_is_read_in_whatever_pieces_it_comes(
    connect: Connect, says: Callable[[str], Reply], piece: int
) -> None:
    reply = replace(says("Fifty leads a month."), piece=piece)
    async with open_service(reply) as service, connect(service.url, 5) as engine:
        heard = await engine.transcribe(tone(), HINT)
    assert heard.text == "Fifty leads a month."
    assert heard.confidence > 0.7
    assert heard.language == "en"


async def test_an_empty_transcript_has_no_confidence(connect: Connect, says: Callable[[str], Reply]) -> None:
    async with open_service(says("")) as service, connect(service.url, 5) as engine:
        heard = await engine.transcribe(tone(), HINT)
    assert (heard.text, heard.confidence) == ("", 0.0)


async def test_silence_is_not_sent(connect: Connect, says: Callable[[str], Reply]) -> None:
    async with open_service(says("Thanks for watching!")) as service, connect(service.url, 5) as engine:
        for quiet in (np.zeros(0, np.float32), np.zeros(16_000, np.float32), np.full(16_000, 0.2, np.float32)):
            assert (await engine.transcribe(quiet, HINT)).text == ""
        assert service.asked == []


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(status=401), Fault.CREDENTIALS),
        (Reply(status=403), Fault.CREDENTIALS),
        (Reply(status=400), Fault.BAD_REQUEST),
        (Reply(status=404, body=b"Not found", content_type="text/plain"), Fault.BAD_REQUEST),
        (Reply(status=413), Fault.BAD_REQUEST),
    ],
    ids=["401", "403", "400", "404", "413"],
)
async def test_what_will_never_be_taken_is_rejected(connect: Connect, reply: Reply, fault: Fault) -> None:
    async with open_service(reply) as service, connect(service.url, 5) as engine:
        with pytest.raises(ProviderRejected) as raised:
            await engine.transcribe(tone(), HINT)
    assert raised.value.fault is fault


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(status=429), Fault.RATE_LIMIT),
        (Reply(status=408), Fault.TIMEOUT),
        (Reply(status=500), Fault.SERVER),
        (Reply(status=503, body=b"<html>", content_type="text/html"), Fault.SERVER),
        (Reply(status=302), Fault.SERVER),
        (HTML, Fault.SERVER),
        (Reply(b""), Fault.SERVER),
        (Reply(b"[]"), Fault.SERVER),
        (Reply(b"{}{}"), Fault.SERVER),
        (Reply(b'{"text": '), Fault.SERVER),
        (Reply(b'{"text": "\xff"}'), Fault.SERVER),
        (Reply(b"[" * 200_000), Fault.SERVER),
        (Reply(b'{"text": 7, "candidates": 7}'), Fault.SERVER),
        (Reply(b'{"text": "half of an answer"}', delivery="cut"), Fault.CONNECTION),
        (Reply(b"", status=204), Fault.SERVER),
    ],
    ids=[
        "429", "408", "500", "503", "redirect", "HTML", "nothing", "list", "two", "broken", "no UTF-8", "deep",
        "other types", "cut", "204",
    ],
)  # fmt: skip
async def test_what_may_pass_is_unavailable(connect: Connect, reply: Reply, fault: Fault) -> None:
    async with open_service(reply) as service, connect(service.url, 5) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), HINT)
        assert len(service.asked) == 1, "it does not ask again, nor elsewhere"
    assert raised.value.fault is fault


async def test_an_answer_without_end_is_not_read_to_it(connect: Connect, says: Callable[[str], Reply]) -> None:
    reply = says("Yes.")
    endless = replace(reply, body=reply.body + b" " * 2_000_000)
    async with open_service(endless) as service, connect(service.url, 5) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), HINT)
    assert raised.value.fault is Fault.SERVER


@pytest.mark.parametrize("delivery", ["hang", "stall"])
async def test_a_service_that_hangs_is_given_up_and_left(connect: Connect, delivery: str) -> None:
    reply = Reply(b'{"text": "half of an answer"}', delivery="hang" if delivery == "hang" else "stall")
    async with open_service(reply) as service, connect(service.url, 0.2) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), HINT)
        async with asyncio.timeout(60):
            await service.asked[0].left.wait()
    assert raised.value.fault is Fault.TIMEOUT


@pytest.mark.parametrize("delivery", ["hang", "stall"])
async def test_cancelling_closes_the_connection_and_spares_the_rest(
    connect: Connect, says: Callable[[str], Reply], delivery: str
) -> None:
    first = replace(says("lost"), delivery="hang" if delivery == "hang" else "stall")
    async with open_service(first, says("Yes.")) as service, connect(service.url, 30) as engine:
        hearing = asyncio.create_task(engine.transcribe(tone(), HINT))
        asked = await service.first()
        hearing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hearing
        async with asyncio.timeout(60):
            await asked.left.wait()
        assert (await engine.transcribe(tone(), HINT)).text == "Yes."


async def test_turns_share_a_connection(connect: Connect, says: Callable[[str], Reply]) -> None:
    async with open_service(says("Yes.")) as service, connect(service.url, 5) as engine:
        for _ in range(3):
            await engine.transcribe(tone(), NO_HINT)
        assert len(service.asked) == 3
        assert not service.asked[0].left.is_set()


async def test_nobody_listening_is_a_connection_fault(connect: Connect) -> None:
    async with open_service(HTML) as service:
        url = service.url
    async with connect(url, 5) as engine:
        with pytest.raises(ProviderUnavailable) as raised:
            await engine.transcribe(tone(), HINT)
    assert raised.value.fault is Fault.CONNECTION


@pytest.mark.parametrize("status", [200, 401, 500])
async def test_nothing_personal_is_in_an_error(connect: Connect, status: int) -> None:
    body = json.dumps({"error": {"message": f"Wrong key {KEY} for John Smith"}}).encode()
    async with open_service(Reply(body, status=status)) as service, connect(service.url, 5) as engine:
        with pytest.raises((ProviderRejected, ProviderUnavailable)) as raised:
            await engine.transcribe(tone(), HINT)
    shown = f"{raised.value!r} {raised.value.__cause__!r}"
    assert KEY not in shown
    assert "Smith" not in shown
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("said", "seconds", "fault"),
    [
        ("Checkatrade, lead generation, PPC", 4.0, Fault.ECHO),
        ("thank you " * 30, 2.0, Fault.OVERLONG),
        ("a" * 500, 2.0, Fault.OVERLONG),
    ],
    ids=["hint", "words", "characters"],
)
async def test_words_that_nobody_said_are_refused(
    connect: Connect, says: Callable[[str], Reply], said: str, seconds: float, fault: Fault
) -> None:
    async with open_service(says(said)) as service, connect(service.url, 5) as engine:
        with pytest.raises(ProviderRejected) as raised:
            await engine.transcribe(tone(seconds), HINT)
    assert raised.value.fault is fault
    assert said not in str(raised.value)
