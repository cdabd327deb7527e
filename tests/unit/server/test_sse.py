"""Server-sent events: framing, keep-alive, and every way to end."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from domain.errors import Unavailable
from domain.event import Envelope
from server.routes.events import event_frames
from server.streaming.sse import KEEP_ALIVE, EventStream, frame, with_keep_alive
from tests.unit.server.face import Stage, open_client

SOON, LATE = timedelta(milliseconds=1), timedelta(seconds=60)


@dataclass
class Source:
    """Frames on demand, and whether the source was closed."""

    frames: list[bytes]
    stays_open: bool = False
    closed: bool = False

    async def read(self) -> AsyncGenerator[bytes]:
        try:
            for found in self.frames:
                yield found
            if self.stays_open:
                await asyncio.Event().wait()
        finally:
            self.closed = True


@dataclass
class Connection:
    """A client: what it was sent, when it leaves, and whether it reads."""

    sent: list[Message] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    reads: bool = True
    leave_after: int = 1_000

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if not self.reads and message["type"] == "http.response.body":
            await asyncio.Event().wait()
        self.sent.append(message)
        self.begun.set()
        if len(self.sent) >= self.leave_after:
            self.gone.set()

    @property
    def text(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**62), 2**62)))
def test_a_frame_is_three_lines_whatever_it_holds(data: dict[str, Any]) -> None:
    lines = frame("turn_processed", data, 7).decode().split("\n")
    assert lines[:2] == ["id: 7", "event: turn_processed"]
    assert json.loads(lines[2].removeprefix("data: ")) == data
    assert lines[3:] == ["", ""]


@pytest.mark.parametrize("text", ["one\u2028two", "one\u2029two", "one\x85two", "one\x0b\x0c\x1c\x1d\x1e\r\ntwo"])
def test_a_frame_is_three_lines_to_every_reader(text: str) -> None:
    lines = frame("turn_processed", {"raw_text": text}, 7).decode().splitlines()
    assert json.loads(lines[2].removeprefix("data: ")) == {"raw_text": text}
    assert lines[3:] == [""]


async def test_a_stream_ends_with_its_source() -> None:
    source, client = Source([b"a", b"b"]), Connection()
    stream = EventStream(with_keep_alive(source.read(), LATE, asyncio.Event()), slow_reader=LATE)
    await stream({"type": "http"}, client.receive, client.send)
    assert client.text == b"ab"
    assert client.sent[-1]["more_body"] is False
    assert b"content-length" not in dict(client.sent[0]["headers"])
    assert source.closed


async def test_silence_is_filled_until_the_client_leaves() -> None:
    source, client = Source([b"a"], stays_open=True), Connection(leave_after=4)
    stream = EventStream(with_keep_alive(source.read(), SOON, asyncio.Event()), slow_reader=LATE)
    await stream({"type": "http"}, client.receive, client.send)
    assert client.text.startswith(b"a" + KEEP_ALIVE)
    assert source.closed


async def test_a_stream_ends_when_the_server_stops() -> None:
    stopping = asyncio.Event()
    source = Source([b"a"], stays_open=True)
    frames = with_keep_alive(source.read(), LATE, stopping)
    assert await anext(frames) == b"a"
    stopping.set()
    assert [found async for found in frames] == []
    assert source.closed


async def test_a_client_that_does_not_read_is_given_up() -> None:
    source, client = Source([b"a"], stays_open=True), Connection(reads=False)
    stream = EventStream(with_keep_alive(source.read(), LATE, asyncio.Event()), slow_reader=SOON)
    await stream({"type": "http"}, client.receive, client.send)
    assert [message["type"] for message in client.sent] == ["http.response.start"]
    assert source.closed


async def test_cancelling_a_stream_closes_its_source() -> None:
    source, client = Source([b"a"], stays_open=True), Connection()
    stream = EventStream(with_keep_alive(source.read(), LATE, asyncio.Event()), slow_reader=LATE)
    task = asyncio.ensure_future(stream({"type": "http"}, client.receive, client.send))
    await client.begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert source.closed


async def test_a_failure_is_the_last_event() -> None:
    async def events() -> AsyncGenerator[Envelope]:
        yield Envelope(n=1, type="session_created", session_id="s", turn_id=None, at="now", data={})
        raise Unavailable("The database does not answer.")

    found = [one async for one in event_frames(events())]
    assert found[0].startswith(b"id: 1\nevent: session_created\n")
    assert found[1].startswith(b"event: error\n")
    assert b'"code":"unavailable"' in found[1]


async def test_past_events_come_by_number_and_end_with_the_session() -> None:
    async with open_client(Stage()) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        for text in ("one", "two"):
            await client.post(f"/sessions/{session_id}/turns", json={"speaker": "User", "raw_text": text})
        await client.post(f"/sessions/{session_id}/close")
        path = f"/sessions/{session_id}/events"
        everything = await client.get(path)
        rest = await client.get(path, params={"after": 2})
        resumed = await client.get(path, params={"after": 0}, headers={"Last-Event-ID": "3"})
        nothing = await client.get(path, params={"after": 4})
        wrong = await client.get(path, headers={"Last-Event-ID": "last"})
    assert everything.headers["content-type"].startswith("text/event-stream")
    assert numbers(everything.text) == [1, 2, 3, 4]
    assert numbers(rest.text) == [3, 4]
    assert numbers(resumed.text) == [4]
    assert (nothing.status_code, wrong.status_code) == (204, 422)


def numbers(text: str) -> list[int]:
    return [int(line.removeprefix("id: ")) for line in text.splitlines() if line.startswith("id: ")]
