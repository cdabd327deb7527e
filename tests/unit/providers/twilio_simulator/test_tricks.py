"""Wrong ways in and malformed messages: what is tried, and that the record says what came of it."""

import pytest

from providers.twilio_simulator.account import ELSEWHERE, Account
from providers.twilio_simulator.faults import Malformed, Trick
from providers.twilio_simulator.record import CallRecord, Ending, Problem, StreamEnding
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import call
from tests.unit.providers.twilio_simulator.media_server import (
    PUBLIC,
    TOKEN,
    MediaServer,
    Stream,
    open_media_server,
    silent,
)

WEBHOOK = [trick for trick in Trick if trick.name.startswith("WEBHOOK")]
STREAM = [trick for trick in Trick if trick.name.startswith("STREAM")]


async def _call(server: MediaServer, trick: Trick | None = None, script: Script | None = None) -> CallRecord:
    simulated = SimulatedCall(script or Script().wait(0.5), voice="/voice", trick=trick, speed=5, limit=20)
    return await call(simulated, server.url, Account("AC1", TOKEN), public=PUBLIC)


@pytest.mark.parametrize("trick", WEBHOOK)
async def test_a_webhook_that_is_not_signed_rightly(trick: Trick) -> None:
    async with open_media_server() as server:
        record = await _call(server, trick)
    assert (server.signed, record.ending, record.streams) == ([False], Ending.FAILED, [])
    assert (record.asked[0].status, record.problems) == (403, [Problem(11200, "403 from /voice")])
    assert (server.hosts == [ELSEWHERE]) == (trick is Trick.WEBHOOK_ELSEWHERE)


@pytest.mark.parametrize("trick", STREAM)
async def test_a_stream_that_is_not_signed_rightly(trick: Trick) -> None:
    async with open_media_server() as server:
        record = await _call(server, trick)
    assert server.signed == [True, False]
    assert [(stream.ending, stream.status) for stream in record.streams] == [(StreamEnding.REFUSED, 403)]
    assert record.problems == [Problem(31920, "status 403")]
    assert (server.hosts[1] == ELSEWHERE) == (trick is Trick.STREAM_ELSEWHERE)


async def test_a_stream_that_never_starts() -> None:
    async with open_media_server() as server:

        async def impatient(stream: Stream) -> None:
            await stream.socket.close(1008, "no start")

        server.first = impatient
        record = await _call(server, Trick.NO_START)
    (stream,) = record.streams
    assert (stream.ending, stream.close_code, stream.close_reason) == (StreamEnding.SERVER, 1008, "no start")
    assert record.problems == [Problem(31921, "the server closed with 1008 no start")]
    assert [message["event"] for message in server.streams[0].came] == ["connected"]


async def test_a_stream_without_its_parameters() -> None:
    async with open_media_server() as server:
        await _call(server, Trick.NO_PARAMETERS)
    assert server.streams[0].came[1]["start"]["customParameters"] == {}


async def test_a_token_that_is_used_again() -> None:
    async with open_media_server() as server:
        record = await _call(server, Trick.TOKEN_REPLAYED)
    first, second = (stream.came[1]["start"] for stream in server.streams)
    assert first["customParameters"] == second["customParameters"]
    assert first["callSid"] == second["callSid"]
    assert [stream.ending for stream in record.streams] == [StreamEnding.CALLER] * 2


async def test_a_token_of_another_call() -> None:
    async with open_media_server() as server:
        record = await _call(server, Trick.TOKEN_STOLEN)
    start = server.streams[0].came[1]["start"]
    assert start["customParameters"] == {"session": "s-1"}
    assert start["callSid"] != record.call_sid


@pytest.mark.parametrize("kind", [Malformed.SECOND_START, Malformed.BAD_BASE64, Malformed.BIG_TEXT, Malformed.FLOOD])
async def test_malformed_messages_arrive(kind: Malformed) -> None:
    async def refuse(stream: Stream) -> None:
        await stream.until(lambda stream: _is_odd(stream, kind))
        await stream.socket.close(1008, kind.name)

    async with open_media_server(refuse) as server:
        record = await _call(server, script=Script().misbehave(kind).wait(60))
    (stream,) = record.streams
    assert (stream.ending, stream.close_code, stream.close_reason) == (StreamEnding.SERVER, 1008, kind.name)


def _is_odd(stream: Stream, kind: Malformed) -> bool:
    match kind:
        case Malformed.SECOND_START:
            return len(stream.events("start")) == 2
        case Malformed.BAD_BASE64:
            return any("*" in message["media"]["payload"] for message in stream.events("media"))
        case Malformed.FLOOD:
            return len(stream.came) > 2_000
        case _:
            return any(len(message.get("padding", "")) > 65_536 for message in stream.came)


async def test_what_the_server_says_wrongly_is_noted_and_ignored() -> None:
    async def babble(stream: Stream) -> None:
        await stream.send({"event": "media", "media": {"payload": "not base64"}})
        await stream.send({"event": "stop"})
        await stream.socket.send_text("{")
        await stream.socket.send_bytes(b"sound")
        await stream.mark("sane")
        await silent(stream)

    async with open_media_server(babble) as server:
        record = await _call(server)
    assert [problem.code for problem in record.problems] == [31951] * 4
    assert server.streams[0].marks == ["sane"]


@pytest.mark.parametrize(
    ("document", "content_type", "code"),
    [("<Sing/>", "text/xml", 12200), ("<Hangup", "text/xml", 12100), ("<Hangup/>", "application/json", 12300)],
)
async def test_an_answer_that_cannot_be_used(document: str, content_type: str, code: int) -> None:
    async with open_media_server(silent, document) as server:
        server.content_type = content_type
        record = await _call(server)
    assert (record.ending, [problem.code for problem in record.problems]) == (Ending.FAILED, [code])


async def test_a_server_that_is_not_there() -> None:
    async with open_media_server() as server:
        url = server.url
    simulated = SimulatedCall(voice="/voice", patience=0.15)
    record = await call(simulated, url, Account("AC1", TOKEN), public=PUBLIC)
    assert (record.ending, record.problems) == (Ending.FAILED, [Problem(11205, "ConnectError from /voice")])
    assert record.asked[0].status is None
