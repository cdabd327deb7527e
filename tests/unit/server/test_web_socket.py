"""WebSockets as they arrive: any split of any frames gives the same messages, and reading stops when nobody reads."""

import asyncio
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode

from server.connection import MOST_UNREAD, SocketConnection, small_text

UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Wire(asyncio.Transport):
    """The client's end: what was written to it, and whether it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False
        self.read = True

    def write(self, data: Any) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        assert self.read
        self.read = False

    def resume_reading(self) -> None:
        assert not self.read
        self.read = True


class Application:
    """Accepts, and reads as many messages as it is let to."""

    def __init__(self, reads: int) -> None:
        self.received: list[Any] = []
        self.more = asyncio.Semaphore(reads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while not self.received or self.received[-1]["type"] != "websocket.disconnect":
            await self.more.acquire()
            self.received.append(await receive())


async def connect(reads: int = 1_000) -> tuple[SocketConnection, Wire, Application]:
    application, wire = Application(reads), Wire()
    connection = SocketConnection(Config(application, log_config=None, ws_ping_interval=None), ServerState(), {})
    connection.connection_made(wire)
    connection.data_received(UPGRADE)
    await settle()
    return connection, wire, application


async def settle() -> None:
    for _ in range(6):
        await asyncio.sleep(0)


def frame(data: bytes, opcode: Opcode = Opcode.TEXT, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


TEXTS = st.one_of(
    st.integers(0, 5_000).map(lambda size: ("media " * size)[:size]),
    st.text(max_size=300).map(lambda text: text + "é" * 100),
)
MESSAGES = st.lists(st.tuples(TEXTS, st.sampled_from(["whole", "in parts", "after a ping", "binary"])), max_size=8)


def wired(text: str, how: str) -> bytes:
    data = text.encode()
    match how:
        case "in parts":
            return frame(data[:7], fin=False) + frame(data[7:], Opcode.CONT)
        case "after a ping":
            return frame(b"ping", Opcode.PING) + frame(data)
        case "binary":
            return frame(data, Opcode.BINARY)
    return frame(data)


@settings(max_examples=60, deadline=None)
@given(messages=MESSAGES, cuts=st.lists(st.integers(0, 20_000), max_size=12))
def test_any_split_of_any_frames_gives_the_same_messages(messages: list[tuple[str, str]], cuts: list[int]) -> None:
    async def heard() -> list[Any]:
        connection, _, application = await connect()
        data = b"".join(wired(*message) for message in messages)
        edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
        for first, last in pairwise(edges):
            connection.data_received(data[first:last])
        connection.connection_lost(None)
        await asyncio.gather(*connection.tasks)
        return application.received[:-1]

    expected = [{"bytes": text.encode()} if how == "binary" else {"text": text} for text, how in messages]
    assert asyncio.run(heard()) == [{"type": "websocket.receive", **message} for message in expected]


async def test_reading_stops_when_many_messages_wait_and_goes_on_when_they_are_read() -> None:
    connection, wire, application = await connect(reads=0)
    for number in range(MOST_UNREAD):
        assert wire.read, number
        connection.data_received(frame(b"x" * 200))
    assert not wire.read
    for _ in range(MOST_UNREAD):
        application.more.release()
    await settle()
    assert wire.read
    assert len(application.received) == MOST_UNREAD
    application.more.release()
    connection.connection_lost(None)
    await asyncio.gather(*connection.tasks)


async def test_nothing_is_handed_on_after_a_broken_frame() -> None:
    connection, wire, application = await connect()
    unmasked = Frame(Opcode.TEXT, b"x" * 200).serialize(mask=False)
    connection.data_received(frame(b"a" * 200) + unmasked + frame(b"b" * 200))
    connection.data_received(frame(b"c" * 200))
    connection.connection_lost(None)
    await asyncio.gather(*connection.tasks)
    assert [message.get("text") for message in application.received] == ["a" * 200, None]
    assert wire.closed


def test_only_a_small_whole_masked_text_is_unpacked_here() -> None:
    words = b"words " * 30
    assert small_text(frame(words) + b"more") == words
    for other in (
        b"",
        frame(words)[:-1],
        frame(b"few"),
        frame(b"x" * 4_096),
        frame(words, fin=False),
        frame(words, Opcode.BINARY),
        frame("é".encode() * 100),
        Frame(Opcode.TEXT, words).serialize(mask=False),
    ):
        assert small_text(other) is None
