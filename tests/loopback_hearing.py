"""A recogniser over HTTP on this machine: it takes one request a time, answers as a test wants, and sees who leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Literal

from tests.listening import stop_listening

Delivery = Literal["whole", "hang", "stall", "cut"]

_TURNS_OF_ACCEPTING = 5
"""Turns of the event loop between a connection that is accepted and the call that tells of it, and a few more."""


@dataclass(frozen=True)
class Reply:
    """An answer; `stall` and `cut` send half of the body, `piece` is how many bytes travel at once."""

    body: bytes = b"{}"
    status: int = 200
    content_type: str = "application/json"
    delivery: Delivery = "whole"
    piece: int = 1 << 20
    latency: float = 0.0
    location: str = "/elsewhere"


@dataclass
class Asked:
    """One request; `left` is set when its connection ends, from whichever side."""

    path: str
    headers: dict[str, str]
    body: bytes
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def form(self) -> dict[str, Message]:
        """The parts of a multipart form by name."""
        whole = message_from_bytes(f"content-type: {self.headers['content-type']}\r\n\r\n".encode() + self.body)
        parts = [part for part in whole.walk() if not part.is_multipart()]
        return {str(part.get_param("name", header="content-disposition")): part for part in parts}


@dataclass
class Service:
    """Replies in order, the last one for ever; `asked` holds what came."""

    replies: list[Reply]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    async def first(self) -> Asked:
        """Wait for the first request."""
        async with asyncio.timeout(5):
            await self._news.wait()
        return self.asked[0]

    def take_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin with a connection; it is waited for from its first moment on."""
        self._talks.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        asked: Asked | None = None
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked = await self._take(head, reader)
                reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
                if not await _answer(reply, reader, writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            if asked:
                asked.left.set()
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def close(self) -> None:
        """Wait until all clients have left, those too that were only about to be taken up."""
        async with asyncio.timeout(5):
            for _ in range(_TURNS_OF_ACCEPTING):
                await asyncio.sleep(0)
            await asyncio.gather(*self._talks)

    async def _take(self, head: bytes, reader: asyncio.StreamReader) -> Asked:
        first, *lines = head.decode().split("\r\n")[:-2]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.asked.append(Asked(first.split()[1], headers, body))
        self._news.set()
        return self.asked[-1]


async def _answer(reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Deliver a reply; True when the connection can go on."""
    if reply.delivery == "hang" or (reply.latency and await _left_within(reply.latency, reader)):
        await reader.read()
        return False
    half = reply.body if reply.delivery == "whole" else reply.body[: len(reply.body) // 2]
    head = f"HTTP/1.1 {reply.status} -\r\ncontent-type: {reply.content_type}\r\ncontent-length: {len(reply.body)}\r\n"
    writer.write(f"{head}location: {reply.location}\r\n\r\n".encode())
    for start in range(0, len(half), reply.piece):
        writer.write(half[start : start + reply.piece])
        await writer.drain()
    if reply.delivery == "stall":
        await reader.read()
    return reply.delivery == "whole"


async def _left_within(seconds: float, reader: asyncio.StreamReader) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return not await reader.read(1)
    return False


@asynccontextmanager
async def open_service(*replies: Reply) -> AsyncIterator[Service]:
    """Serve on a free port of 127.0.0.1."""
    service = Service(list(replies))
    server = await asyncio.start_server(service.take_up, "127.0.0.1", 0)
    service.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        await stop_listening(server)
        await service.close()
