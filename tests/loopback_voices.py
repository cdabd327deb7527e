"""A speech service over HTTP on this machine: it answers in chunks of a test's choosing, and sees who leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from tests.listening import stop_listening
from tests.loopback_hearing import Asked

Delivery = Literal["whole", "hang", "stall", "cut"]


@dataclass(frozen=True)
class Answer:
    """One answer; `hang` sends nothing at all, `stall` and `cut` half of the body. A chunk holds `piece` bytes."""

    body: bytes = b""
    content_type: str = "application/json"
    status: int = 200
    delivery: Delivery = "whole"
    piece: int = 4_096


@dataclass
class SpeechService:
    """Answers in order, the last one for ever; `asked` holds what came."""

    answers: tuple[Answer, ...]
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _over: list[asyncio.Event] = field(default_factory=list)

    async def first(self) -> Asked:
        """Wait for the first request."""
        async with asyncio.timeout(5):
            await self._news.wait()
        return self.asked[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection; all of them are left when it ends."""
        asked: list[Asked] = []
        over = asyncio.Event()
        self._over.append(over)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await self._talk(reader, writer, asked)
        finally:
            for request in asked:
                request.left.set()
            writer.close()
            over.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: list[Asked]) -> None:
        going_on = True
        while going_on:
            asked.append(await _take(reader))
            answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
            self.asked.append(asked[-1])
            self._news.set()
            going_on = await _deliver(answer, reader, writer)

    async def close(self) -> None:
        """Wait until all clients have left."""
        async with asyncio.timeout(5):
            for over in self._over:
                await over.wait()


async def _take(reader: asyncio.StreamReader) -> Asked:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(first.split()[1], headers, body)


async def _deliver(answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Send an answer in chunks; True when the connection can go on."""
    if answer.delivery == "hang":
        await reader.read()
        return False
    head = f"HTTP/1.1 {answer.status} -\r\ncontent-type: {answer.content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
    writer.write(head.encode())
    body = answer.body if answer.delivery == "whole" else answer.body[: len(answer.body) // 2]
    for start in range(0, len(body), answer.piece):
        chunk = body[start : start + answer.piece]
        writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
    if answer.delivery == "whole":
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    if answer.delivery == "stall":
        await reader.read()
    return answer.delivery == "whole"


@asynccontextmanager
async def open_speech_service(*answers: Answer) -> AsyncIterator[SpeechService]:
    """Serve on a free port of 127.0.0.1."""
    service = SpeechService(answers)
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        await stop_listening(server)
        await service.close()
