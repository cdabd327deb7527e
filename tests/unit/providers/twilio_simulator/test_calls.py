"""Whole calls against a media server on this machine: conversation, barge-in, cuts, resumption, endings."""

import asyncio
from functools import partial
from itertools import count
from random import Random

import pytest

from providers.twilio_simulator.account import Account
from providers.twilio_simulator.record import CallRecord, Ending, StreamEnding
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import call, open_simulator
from providers.twilio_simulator.wire import Wire
from tests.eventually import eventually
from tests.unit.providers.twilio_simulator.media_server import (
    CONNECT,
    PUBLIC,
    TOKEN,
    MediaServer,
    Stream,
    open_media_server,
    silent,
)
from tests.unit.providers.twilio_simulator.tones import loud

ACCOUNT = Account("AC1", TOKEN)
SPEED = 20.0


async def _call(server: MediaServer, script: Script, speed: float = SPEED, wire: Wire | None = None) -> CallRecord:
    simulated = SimulatedCall(script, voice="/voice", speed=speed, wire=wire or Wire(), limit=20)
    return await call(simulated, server.url, ACCOUNT, public=PUBLIC)


async def _answering(stream: Stream) -> None:
    """Greet, then answer each key that is pressed."""
    await stream.play(loud(0.5))
    await stream.mark("greeting")
    for number in count(1):
        await stream.until(partial(_pressed, number))
        if stream.closed:
            break
        await stream.play(loud(0.4))
        await stream.mark(f"answer-{number}")


def _pressed(keys: int, stream: Stream) -> bool:
    return len(stream.events("dtmf")) >= keys


async def test_a_conversation() -> None:
    script = Script().wait_for_silence(0.5).say(loud(0.7)).press("1").wait_for_silence(0.5).press("2#")
    async with open_media_server(_answering) as server:
        record = await _call(server, script.wait_for_silence(1).hang_up())
    (stream,), (sent,) = record.streams, server.streams
    assert (record.ending, stream.ending, record.problems) == (Ending.CALLER_HUNG_UP, StreamEnding.CALLER, [])
    assert server.signed == [True, True]
    assert sent.came[0]["event"] == "connected"
    assert sent.came[1]["start"]["customParameters"] == {"session": "s-1"} == stream.parameters
    assert sent.came[1]["start"]["callSid"] == server.forms[0][1]["CallSid"] == record.call_sid
    assert sent.came[-1]["event"] == "stop"
    assert [message["dtmf"]["digit"] for message in sent.events("dtmf")] == ["1", "2", "#"]
    assert sent.marks == ["greeting", "answer-1", "answer-2", "answer-3"]
    assert [(heard.sent, heard.played) for heard in record.heard] == [(4_000, 4_000), *[(3_200, 3_200)] * 3]
    assert record.played == loud(0.5) + loud(0.4) * 3


async def test_what_the_server_hears_is_what_the_caller_says() -> None:
    async with open_media_server() as server:
        record = await _call(server, Script().wait(0.3).say(loud(1)).wait(0.3))
    (said,), (stream,) = record.said, record.streams
    came = server.streams[0]
    numbers = [int(message["sequenceNumber"]) for message in came.came[1:]]
    chunks = [message["media"] for message in came.events("media")]
    assert came.sound[said.at - stream.began :].startswith(loud(1))
    assert numbers == list(range(1, len(numbers) + 1))
    assert [int(chunk["chunk"]) for chunk in chunks] == list(range(1, stream.media_sent + 1))
    assert [int(chunk["timestamp"]) for chunk in chunks] == [20 * number for number in range(stream.media_sent)]


async def test_frames_of_any_size_carry_the_same_sound() -> None:
    async with open_media_server() as server:
        record = await _call(server, Script().say(loud(1)), wire=Wire(uneven=True))
    assert server.streams[0].sound.startswith(loud(1))
    assert record.streams[0].media_sent != 50


async def test_a_clear_ends_what_is_played_and_sends_the_marks_back() -> None:
    async def interrupted(stream: Stream) -> None:
        for name in ("one", "two", "three"):
            await stream.play(loud(1))
            await stream.mark(name)
        await stream.until(lambda stream: stream.sound.strip(b"\xff"))
        await stream.clear()
        await stream.until(lambda stream: len(stream.marks) == 3)
        await stream.play(loud(0.3))
        await stream.mark("sorry")
        await silent(stream)

    script = Script().interrupt_after(1.4, loud(0.5)).wait_for_silence(0.5, after_speech=False)
    async with open_media_server(interrupted) as server:
        record = await _call(server, script, speed=5)
    playout = record.streams[0].playout
    one, two, three, sorry = record.heard
    assert [mark.cleared for mark in playout.marks] == [False, True, True, False]
    assert (one.played, three.played, sorry.played) == (8_000, 0, 2_400)
    assert 1_600 <= two.played < 8_000
    assert playout.clears[0].dropped == 16_000 - two.played
    assert server.streams[0].marks == ["one", "two", "three", "sorry"]
    at = record.said[0].at - playout.played[0].at
    assert abs(at - 11_200) <= 800


async def test_marks_prove_no_more_than_was_played() -> None:
    """A server that believes the marks that came before its clear never claims what was not heard."""
    claims: dict[str, list[str]] = {}

    async def cut_at_random(stream: Stream) -> None:
        call_sid = stream.events("start")[0]["start"]["callSid"]
        random = Random(len(claims))
        claims[call_sid] = []
        for number in range(8):
            await stream.play(loud(random.uniform(0.05, 0.4)))
            await stream.mark(f"m{number}")
        marks, frames = random.randint(0, 8), random.randint(0, 20)
        await stream.until(lambda stream: len(stream.marks) >= marks)
        frames += len(stream.events("media"))
        await stream.until(lambda stream: len(stream.events("media")) >= frames)
        claims[call_sid] = list(stream.marks)
        await stream.clear()
        await silent(stream)

    async with open_media_server(cut_at_random) as server, open_simulator(server.url, ACCOUNT, public=PUBLIC) as phones:
        calls = [SimulatedCall(Script().wait(4), voice="/voice", speed=8) for _ in range(40)]
        records = await asyncio.gather(*(phones.call(simulated) for simulated in calls))
    assert sum(len(claimed) for claimed in claims.values()) > 40
    for record in records:
        heard = {part.mark: part.played == part.sent for part in record.heard}
        assert all(heard[mark] for mark in claims[record.call_sid])


async def test_a_lost_socket_is_resumed_where_the_twiml_says() -> None:
    resume = "<Redirect>/voice?resume=1</Redirect>"
    script = Script().wait_for_silence(0.3).lose_socket().press("7").wait_for_silence(0.3).hang_up()
    async with open_media_server(_answering, CONNECT + resume) as server:
        record = await _call(server, script)
    assert [stream.ending for stream in record.streams] == [StreamEnding.LOST, StreamEnding.CALLER]
    assert [path for path, _ in server.forms] == ["/voice", "/voice?resume=1"]
    assert server.told("/voice?resume=1", "CallSid") == [record.call_sid]
    assert server.told("/voice?resume=1", "CallStatus") == ["in-progress"]
    assert all(server.signed)
    first, second = server.streams
    assert first.events("stop") == []
    assert [len(stream.events("dtmf")) for stream in server.streams] == [0, 1]
    assert first.came[1]["streamSid"] != second.came[1]["streamSid"]


async def _brief(stream: Stream) -> None:
    await stream.play(loud(0.2))
    await stream.mark("bye")
    await stream.until(lambda stream: stream.marks)


@pytest.mark.parametrize(
    ("after", "ending"),
    [
        ("", Ending.AGENT_HUNG_UP),
        ("<Hangup/>", Ending.AGENT_HUNG_UP),
        ("<Say>Bye</Say><Pause/><Dial>+15005550009</Dial>", Ending.TRANSFERRED),
        ("<Redirect>/voice</Redirect>", Ending.FAILED),
    ],
)
async def test_a_server_that_closes_is_asked_what_comes_next(after: str, ending: Ending) -> None:
    async with open_media_server(_brief, CONNECT + after, "<Say>no more</Say><Redirect>/voice</Redirect>") as server:
        record = await _call(server, Script().wait(60), speed=200)
    assert record.ending is ending
    assert [(stream.ending, stream.close_code) for stream in record.streams] == [(StreamEnding.SERVER, 1000)]
    assert record.transferred_to == ("+15005550009" if ending is Ending.TRANSFERRED else None)
    assert record.played == loud(0.2)
    assert len(server.forms) == (50 if ending is Ending.FAILED else 1)


async def test_the_action_of_a_connect_is_asked_when_the_stream_is_over() -> None:
    document = CONNECT.replace("<Connect>", '<Connect action="/voice/after">') + "<Reject/>"
    async with open_media_server(_brief, document, "<Hangup/>") as server:
        record = await _call(server, Script().wait(60))
    assert record.ending is Ending.AGENT_HUNG_UP
    assert [path for path, _ in server.forms] == ["/voice", "/voice/after"]


async def test_a_call_that_is_not_taken() -> None:
    async with open_media_server(silent, '<Reject reason="busy"/>') as server:
        record = await _call(server, Script())
    assert (record.ending, record.streams) == (Ending.REJECTED, [])


async def test_the_carrier_can_end_a_call() -> None:
    async with open_media_server() as server, open_simulator(server.url, ACCOUNT, public=PUBLIC) as phones:
        simulated = SimulatedCall(Script().wait(3_600), voice="/voice", limit=20)
        going = asyncio.create_task(phones.call(simulated))
        await eventually(lambda: any(stream.events("media") for stream in server.streams))
        assert phones.record(simulated.call_sid) is not None
        assert phones.end(simulated.call_sid)
        record = await going
        assert not phones.end(simulated.call_sid)
    assert (record.ending, record.streams[0].ending) == (Ending.AGENT_HUNG_UP, StreamEnding.CARRIER)
    assert server.streams[0].came[-1]["event"] == "stop"


async def test_a_call_that_lasts_too_long_is_given_up() -> None:
    async with open_media_server() as server:
        simulated = SimulatedCall(Script().wait(3_600), voice="/voice", limit=0.3)
        record = await call(simulated, server.url, ACCOUNT, public=PUBLIC)
        assert (record.ending, record.streams[0].ending) == (Ending.TIME_LIMIT, StreamEnding.CARRIER)
        await server.streams[0].until(lambda stream: stream.closed)


async def test_an_unreliable_line() -> None:
    wire = Wire(drop=0.1, delay=0.1, duplicate=0.1)
    async with open_media_server(_answering) as server:
        record = await _call(server, Script().wait(4).press("123").wait(1), wire=wire)
    fate, came = record.streams[0].wire, server.streams[0]
    assert min(fate.dropped, fate.delayed, fate.duplicated) > 0
    numbers = [int(message["sequenceNumber"]) for message in came.came[1:]]
    assert numbers != sorted(numbers)
    assert len(set(numbers)) < len(numbers)
    assert record.heard[0].played == 4_000
