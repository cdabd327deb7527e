"""The WebSockets: signature, then the beginning in time, then the token, and only then a call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import orjson
import pytest

from domain.errors import NotFound
from ports.telephony import HungUp, LineStart, Sound
from providers.twilio import opening
from providers.twilio.account import MEDIA, RELAY
from tests.unit.providers.twilio.house import CALLER, SOCKETS, House, parameters, relayed
from tests.unit.providers.twilio.wire import ACCOUNT, CALL, CONNECTED, STOP, STREAM, Wire, media, start


@asynccontextmanager
async def opened(house: House, *, path: str = MEDIA) -> AsyncIterator[Wire]:
    """A WebSocket that Twilio has signed; it has ended when the block is left."""
    wire = Wire()
    serving = asyncio.create_task(house.upgrade(wire, path))
    async with asyncio.timeout(60):
        await wire.opened.wait()
        yield wire
        await serving


async def streamed(house: House, *messages: Any) -> Wire:
    """Open a stream, say all that, and leave."""
    async with opened(house) as wire:
        for message in messages:
            wire.say(message)
        wire.leave()
    return wire


async def test_a_stream_with_its_token_becomes_a_line() -> None:
    house = House()
    given = parameters(await house.ask(query="resume=1"))
    wire = await streamed(house, CONNECTED, start(parameters=given), media(b"\xff", 2), STOP)
    del given["token"]
    assert house.starts == [
        LineStart("demo", "session-1", CALL, STREAM, caller_phone=CALLER, parameters=given, resumed=True)
    ]
    assert house.heard == [Sound(b"\xff"), HungUp("stop", over=True)]
    assert wire.heard == [{"event": "mark", "streamSid": STREAM, "mark": {"name": "heard"}}]
    assert wire.closed == (1000, "")


async def test_what_is_not_known_may_come_before_the_start() -> None:
    house = House()
    given = parameters(await house.ask())
    await streamed(house, {"event": "weather"}, "{", CONNECTED, CONNECTED, media(b"a", 1), start(parameters=given))
    assert [begun.resumed for begun in house.starts] == [False]


async def test_a_token_opens_one_stream() -> None:
    house = House()
    beginning = (CONNECTED, start(parameters=parameters(await house.ask())))
    await streamed(house, *beginning)
    assert (await streamed(house, *beginning)).closed == (1008, "The stream's token was used before.")
    assert len(house.starts) == 1


async def test_a_token_is_taken_for_five_minutes() -> None:
    house = House()
    given = parameters(await house.ask())
    house.watch.time += timedelta(minutes=5)
    assert (await streamed(house, CONNECTED, start(parameters=given))).closed == (
        1008,
        "The stream's token is too old.",
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"call": "CAother"}, "The stream's token is missing or not for this call."),
        ({"account": "ACother"}, "This is about another Twilio account."),
        ({"parameters": {}}, "The stream's parameters do not say which call it is."),
    ],
)
async def test_a_stream_of_another_call_is_closed(changed: dict[str, Any], reason: str) -> None:
    house = House()
    beginning = {"parameters": parameters(await house.ask())} | changed
    assert (await streamed(house, CONNECTED, start(**beginning))).closed == (1008, reason)
    assert house.starts == []


@pytest.mark.parametrize(
    ("name", "value"), [("session", "other"), ("tenant", "other"), ("agent", "other"), ("caller", "+1"), ("token", "")]
)
async def test_parameters_that_were_changed_are_closed(name: str, value: str) -> None:
    house = House()
    given = parameters(await house.ask()) | {name: value}
    wire = await streamed(house, CONNECTED, start(parameters=given))
    assert wire.closed == (1008, "The stream's token is missing or not for this call.")


async def test_a_start_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "START_SECONDS", 0.01)
    async with opened(House()) as wire:
        wire.say(CONNECTED)
    assert wire.closed == (1008, "no start within 0.01 s")


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([start()], "start before connected"),
        (["{"] * 20, "20 malformed messages, the last: not_json: message"),
        ([media(b"", 1)] * 20, "20 malformed messages, the last: out_of_order: event"),
    ],
)
async def test_a_beginning_that_is_none_is_closed(messages: list[Any], reason: str) -> None:
    assert (await streamed(House(), *messages)).closed == (1008, reason)


async def test_another_sound_is_closed() -> None:
    house = House()
    beginning = start(parameters=parameters(await house.ask()))
    beginning["start"]["mediaFormat"]["sampleRate"] = 16_000
    assert (await streamed(house, CONNECTED, beginning)).closed == (
        1008,
        "the sound is not audio/x-mulaw, 8000 Hz, one channel",
    )


async def test_a_client_that_leaves_at_once_is_let_go() -> None:
    assert (await streamed(House())).closed is None


async def test_a_call_that_cannot_be_led_is_closed() -> None:
    house = House(fault=NotFound())
    wire = await streamed(house, CONNECTED, start(parameters=parameters(await house.ask())))
    assert wire.closed == (1011, "")


@pytest.mark.parametrize("path", [MEDIA, RELAY])
@pytest.mark.parametrize("signed", ["https://calls.example.com/parley", "wss://10.0.0.7:8000", "ws://x", "wss://x"])
async def test_an_upgrade_that_is_not_signed_is_refused(path: str, signed: str) -> None:
    wire = Wire()
    await House().upgrade(wire, path, signed=signed + path)
    assert (wire.denied, orjson.loads(wire.denial)["code"]) == (403, "forbidden")


async def test_an_upgrade_with_a_query_is_not_what_was_signed() -> None:
    wire = Wire()
    await House().upgrade(wire, query="a=b")
    assert wire.denied == 403


async def test_without_an_auth_token_no_stream_opens() -> None:
    wire = Wire()
    await House(tokens=()).upgrade(wire)
    assert orjson.loads(wire.denial) == {
        "type": "urn:parley:problem:unavailable",
        "title": "Service Unavailable",
        "status": 503,
        "code": "unavailable",
        "detail": "Calls are not taken: no Twilio auth token is configured.",
    }


async def test_a_call_is_led_in_words() -> None:
    house = House()
    house.board.opened = relayed()
    given = parameters(await house.ask())
    house.text_call.goodbye = "bye"
    async with opened(house, path=RELAY) as wire:
        wire.say(
            {"type": "setup", "sessionId": "VX1", "accountSid": ACCOUNT, "callSid": CALL, "customParameters": given}
        )
        wire.say({"type": "prompt", "voicePrompt": "bye", "lang": "en-US", "last": True})
        await wire.hears(6)
        wire.leave(1000)
    assert (house.starts[0].call_id, house.starts[0].stream_id) == (CALL, "VX1")
    assert wire.heard[-1] == {"type": "end"}
    assert house.text_call.notes[-1] == "closed over"


async def test_a_call_in_words_needs_its_setup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "START_SECONDS", 0.01)
    async with opened(House(), path=RELAY) as wire:
        wire.say({"type": "prompt", "voicePrompt": "hello"})
    assert wire.closed == (1008, "no setup within 0.01 s")


async def test_the_public_address_is_the_one_that_was_signed() -> None:
    wire = Wire()
    wire.leave()
    await House().upgrade(wire, signed=f"{SOCKETS}{MEDIA}")
    assert wire.denied is None
