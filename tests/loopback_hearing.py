"""A recogniser over HTTP on this machine: it takes one request a time, answers as a test wants, and sees who leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Literal

from tests.listening import open_listener
from tests.loopback_http import read_request

Delivery = Literal["whole", "hang", "stall", "cut"]


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

    async def first(self) -> Asked:
        """Wait for the first request."""
        async with asyncio.timeout(60):
            await self._news.wait()
        return self.asked[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        asked: Asked | None = None
        try:
            while True:
                asked = await self._take(reader)
                reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
                if not await _answer(reply, reader, writer):
                    return
        finally:
            if asked:
                asked.left.set()

    async def _take(self, reader: asyncio.StreamReader) -> Asked:
        request = await read_request(reader)
        self.asked.append(Asked(request.target, request.headers, request.body))
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
    async with open_listener(service.serve) as port:
        service.url = f"http://127.0.0.1:{port}"
        yield service
