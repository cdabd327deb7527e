"""A speech service over HTTP on this machine: it answers in chunks of a test's choosing, and sees who leaves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from tests.listening import open_listener
from tests.loopback_hearing import Asked
from tests.loopback_http import read_request

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

    async def first(self) -> Asked:
        """Wait for the first request."""
        async with asyncio.timeout(60):
            await self._news.wait()
        return self.asked[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection; all of them are left when it ends."""
        asked: list[Asked] = []
        going_on = True
        try:
            while going_on:
                request = await read_request(reader)
                asked.append(Asked(request.target, request.headers, request.body))
                answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
                self.asked.append(asked[-1])
                self._news.set()
                going_on = await _deliver(answer, reader, writer)
        finally:
            for each in asked:
                each.left.set()


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
    async with open_listener(service.serve) as port:
        service.url = f"http://127.0.0.1:{port}"
        yield service
