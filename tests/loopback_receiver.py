"""A receiver of webhooks on this machine: it counts what comes, and answers as a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

from tests.listening import open_listener
from tests.loopback_http import read_request

Answer = Callable[[int], bytes | None]
"""From how many came before to what is sent back; None: nothing, and the connection stays open."""


def status(code: int, *headers: str) -> bytes:
    """An answer with no body."""
    return "\r\n".join([f"HTTP/1.1 {code} -", "content-length: 0", *headers, "", ""]).encode()


@dataclass
class Receiver:
    """What came in, in order: (headers by lower-case name, body)."""

    answer: Answer
    url: str = ""
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ids(self) -> list[str]:
        """The webhook-ids that came, each as often as it came."""
        return [headers["webhook-id"] for headers, _ in self.came]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events that came, each once, in order of its first coming."""
        first = {headers["webhook-id"]: orjson.loads(body) for headers, body in self.came}
        return list(first.values())

    async def wait(self, wanted: Callable[["Receiver"], bool], seconds: float = 30) -> None:
        """Wait until what came is what is wanted (TimeoutError)."""
        async with asyncio.timeout(seconds):
            while not wanted(self):
                self._news.clear()
                await self._news.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take requests off one connection."""
        while True:
            request = await read_request(reader)
            answer = self.answer(len(self.came))
            self.came.append((request.headers, request.body))
            self._news.set()
            if answer is not None:
                writer.write(answer)
                await writer.drain()


@asynccontextmanager
async def open_receiver(answer: Answer = lambda _: status(200)) -> AsyncIterator[Receiver]:
    """Open a receiver on a free port."""
    receiver = Receiver(answer)
    async with open_listener(receiver.serve) as port:
        receiver.url = f"http://127.0.0.1:{port}/events"
        yield receiver
