"""Request heads as they arrive: whole, in time, within their limit, or not at all."""

import asyncio
import json
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from server.connection import Connection
from server.middleware.head_check import MAX_HEAD_BYTES
from server.streaming.tasks import end_all

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Wire(asyncio.Transport):
    """The client's end: what was written to it, and whether it was hung up on."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = asyncio.Event()

    def write(self, data: Any) -> None:
        self.written += data

    def close(self) -> None:
        self.closed.set()

    def is_closing(self) -> bool:
        return self.closed.is_set()

    @property
    def problem(self) -> dict[str, Any]:
        """The one answer, which must be a whole problem document."""
        head, _, body = self.written.partition(b"\r\n\r\n")
        assert b"Content-Type: application/problem+json" in head
        assert f"Content-Length: {len(body)}".encode() in head
        found: dict[str, Any] = json.loads(body)
        assert head.startswith(b"HTTP/1.1 %d " % found["status"])
        return found


async def greet(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer anything."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def stay_silent(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer nothing."""
    await asyncio.Event().wait()


def connect(app: Any = greet, *, head_seconds: float = 60) -> tuple[Connection, Wire]:
    connection, wire = Connection(Config(app, log_config=None, lifespan="off"), ServerState(), {}), Wire()
    connection.head_seconds = head_seconds
    connection.connection_made(wire)
    return connection, wire


async def hang_up(connection: Connection) -> None:
    connection.connection_lost(None)
    await end_all(*connection.tasks)


async def test_a_head_may_come_byte_by_byte_and_more_may_follow() -> None:
    connection, wire = connect()
    for _ in range(2):
        for place in range(len(HEAD)):
            connection.data_received(HEAD[place : place + 1])
        await asyncio.gather(*connection.tasks)
    connection.connection_lost(None)
    assert wire.written.count(b"204") == 2
    assert connection._patience is not None
    assert connection._patience.cancelled()


@pytest.mark.parametrize("start", [b"GET /", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"GET / HTTP/1.1\r\n"])
@pytest.mark.parametrize("before", [b"", HEAD])
async def test_a_head_without_end_is_cut_off(start: bytes, before: bytes) -> None:
    connection, wire = connect()
    connection.data_received(before)
    await asyncio.gather(*connection.tasks)
    wire.written = b""
    connection.data_received(start)
    for _ in range(0, MAX_HEAD_BYTES + 1, 1_024):
        connection.data_received(b"x" * 1_024 if not wire.is_closing() else b"")
    assert wire.problem["code"] == "head_too_large"


async def test_a_body_is_no_part_of_the_head() -> None:
    connection, wire = connect()
    connection.data_received(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
    for _ in range(100):
        connection.data_received(b"x" * 10_000)
    await asyncio.gather(*connection.tasks)
    connection.connection_lost(None)
    assert b"204" in wire.written


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\n"])
async def test_a_head_that_does_not_come_is_given_up(begun: bytes) -> None:
    connection, wire = connect(head_seconds=0.001)
    connection.data_received(begun)
    async with asyncio.timeout(60):
        await wire.closed.wait()
    assert wire.problem["code"] == "timeout"


async def test_what_is_no_http_is_malformed() -> None:
    connection, wire = connect()
    connection.data_received(b"\x16\x03\x01\x02\x00" * 100)
    assert wire.problem["code"] == "malformed"


async def test_a_broken_body_is_answered_before_its_request_is() -> None:
    connection, wire = connect(stay_silent)
    connection.data_received(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.data_received(b"zz\r\n")
    assert wire.problem["code"] == "malformed"
    await hang_up(connection)


async def test_an_answer_under_way_is_not_mixed_with_another() -> None:
    connection, wire = connect(stay_silent)
    connection.data_received(HEAD + b"nonsense\r\n\r\n")
    assert (wire.written, wire.is_closing()) == (b"", True)
    await hang_up(connection)
