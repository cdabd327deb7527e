"""A media stream as a line: what comes is told, what must not be ends it with a reason, and nothing waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.errors import LineClosed
from ports.telephony import Digit, HungUp, LineEvent, Played, Sound
from providers.twilio import text_socket
from providers.twilio.line import TwilioLine
from tests.unit.providers.twilio.wire import (
    CALL,
    CONNECTED,
    STOP,
    STREAM,
    NotedCarrier,
    Wire,
    dtmf,
    mark,
    media,
    open_line,
    start,
)


async def told(line: TwilioLine) -> list[LineEvent]:
    """All that a line tells."""
    async with asyncio.timeout(60):
        return [event async for event in line.events()]


async def hear(wire: Wire, *messages: Any) -> list[LineEvent]:
    """What is told of messages; the client leaves after the last."""
    line = await open_line(wire)
    for message in messages:
        wire.say(message)
    wire.leave(1006)
    return await told(line)


LOST = HungUp("closed with 1006", over=False)


async def test_what_comes_is_told_in_order() -> None:
    said = (media(b"a", 2), media(b"bcd", 3), dtmf("5", 4), mark("m1", 5), media(b"", 6), STOP, media(b"late", 7))
    assert await hear(Wire(), *said) == [
        *(Sound(b"a"), Sound(b"bcd"), Digit("5"), Played("m1"), Sound(b"")),
        HungUp("stop", over=True),
    ]


async def test_a_line_that_is_lost_leaves_the_call() -> None:
    assert await hear(Wire(), media(b"a", 2)) == [Sound(b"a"), LOST]


async def test_what_comes_twice_is_told_once() -> None:
    said = (media(b"a", 2), media(b"a", 2), dtmf("1", 3), mark("m", 4), dtmf("1", 3), dtmf("1", 5), media(b"b", 1))
    assert await hear(Wire(), *said) == [
        *(Sound(b"a"), Digit("1"), Played("m"), Digit("1"), Sound(b"b")),
        LOST,
    ]


async def test_messages_without_numbers_are_all_told() -> None:
    bare = {name: value for name, value in dtmf("1", 3).items() if name != "sequenceNumber"}
    assert await hear(Wire(), bare, bare) == [Digit("1"), Digit("1"), LOST]


async def test_a_few_malformed_messages_are_lived_with() -> None:
    bad: tuple[Any, ...] = (
        "{",
        [],
        media(b"x", 9, stream="MZother"),
        CONNECTED,
        {"event": "media"},
        {"event": "weather"},
    ) * 3
    assert await hear(Wire(), *bad, media(b"a", 2)) == [Sound(b"a"), LOST]


async def test_twenty_malformed_messages_end_it() -> None:
    wire = Wire()
    heard = await hear(wire, *(message for n in range(20) for message in (media(b"a", n), "{")))
    assert heard[-1] == HungUp("20 malformed messages, the last: not_json: message", over=False)
    assert wire.closed == (1008, "20 malformed messages, the last: not_json: message")


async def test_a_binary_message_is_malformed() -> None:
    wire = Wire()
    line = await open_line(wire)
    for _ in range(20):
        wire.inbox.put_nowait({"type": "websocket.receive", "bytes": b"\xff"})
    assert await told(line) == [HungUp("20 malformed messages, the last: not_text: message", over=False)]


async def test_a_second_start_ends_it() -> None:
    wire = Wire()
    assert await hear(wire, start()) == [HungUp("a second start", over=False)]
    assert wire.closed == (1008, "a second start")


async def test_a_message_of_more_than_64_kb_ends_it() -> None:
    wire = Wire()
    assert (await hear(wire, " " * 65_537))[-1] == HungUp("a message of more than 65,536 characters", over=False)
    assert wire.closed == (1009, "a message of more than 65,536 characters")


async def test_a_flood_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_socket, "_now", lambda: 0.0)
    wire = Wire()
    heard = await hear(wire, *(media(b"a", n) for n in range(600)))
    assert heard == [*[Sound(b"a")] * 500, HungUp("more than 500 messages a second", over=False)]
    assert wire.closed == (1008, "more than 500 messages a second")


async def test_what_waited_while_nobody_could_read_is_no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(text_socket, "_now", lambda: now)
    wire = Wire()
    line = await open_line(wire)
    now = 60.0
    for number in range(60 * 50):  # fifty messages a second
        wire.say(media(b"a", number))
    wire.leave(1006)
    assert await told(line) == [*[Sound(b"a")] * 60 * 50, LOST]


async def test_a_silent_line_is_closed() -> None:
    wire = Wire()
    line = await open_line(wire, silence=0.01)
    assert await told(line) == [HungUp("closed with 1001", over=False)]
    assert wire.closed == (1001, "nothing came for 0.01 s")


async def test_what_we_say_is_sent_in_order() -> None:
    wire = Wire()
    line = await open_line(wire)
    await line.play(b"\xff")
    await line.mark("m1")
    await line.clear()
    await line.show("hello", final=True)
    assert wire.heard == [
        {"event": "media", "streamSid": STREAM, "media": {"payload": "/w=="}},
        {"event": "mark", "streamSid": STREAM, "mark": {"name": "m1"}},
        {"event": "clear", "streamSid": STREAM},
    ]


async def test_nobody_waits_for_a_socket_that_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_socket, "SEND_SECONDS", 0.01)
    wire = Wire()
    line = await open_line(wire)
    wire.takes_nothing = True
    for _ in range(2):
        with pytest.raises(LineClosed):
            await line.play(b"a")


async def test_a_socket_that_is_gone_is_a_closed_line() -> None:
    wire = Wire()
    line = await open_line(wire)
    wire.gone = True
    for say in (line.play(b"a"), line.mark("m"), line.clear()):
        with pytest.raises(LineClosed):
            await say


async def test_after_its_end_nothing_is_sent() -> None:
    wire = Wire()
    line = await open_line(wire)
    wire.leave()
    await told(line)
    with pytest.raises(LineClosed):
        await line.play(b"a")
    assert wire.heard == []
    assert await told(line) == [HungUp("The other end of the line is gone.", over=False)]


async def test_a_listener_may_be_stopped_and_nothing_is_lost() -> None:
    wire = Wire()
    line = await open_line(wire)

    async def next_event(events: AsyncIterator[LineEvent]) -> LineEvent:
        return await anext(events)

    waiting = asyncio.create_task(next_event(line.events()))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    wire.say(STOP)
    assert await told(line) == [HungUp("stop", over=True)]


async def test_hanging_up_is_done_once_by_the_carrier() -> None:
    carrier = NotedCarrier(fails=True)
    line = await open_line(Wire(), carrier)
    await line.hang_up()
    await line.hang_up()
    assert carrier.ended == [CALL]


async def test_a_call_that_has_stopped_is_not_hung_up() -> None:
    wire, carrier = Wire(), NotedCarrier()
    line = await open_line(wire, carrier)
    wire.say(STOP)
    await told(line)
    await line.hang_up()
    assert carrier.ended == []


async def test_a_transfer_goes_to_the_carrier() -> None:
    carrier = NotedCarrier()
    await (await open_line(Wire(), carrier)).transfer("+15005550006", "They want a person.")
    assert carrier.transferred == [(CALL, "+15005550006")]
