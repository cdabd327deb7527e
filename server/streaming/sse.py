"""Server-sent events: frames, keep-alive comments, and an end when the client or the server goes."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import structlog
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from server.documents import render
from server.problems import problem_of
from server.streaming.tasks import end_all

KEEP_ALIVE = b": still here\n\n"
_LINE_BREAKS = {letter.encode(): b"\\u%04x" % ord(letter) for letter in "\x85\u2028\u2029"}
_log = structlog.get_logger("server")
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def frame(event: str, data: Any, number: int | None = None) -> bytes:
    """Write one event; JSON holds no line breaks, so one data line is enough.

    Readers that take every line break of Unicode for one would cut the line, so those are written as escapes.
    """
    head = b"" if number is None else b"id: %d\n" % number
    line = render(data)
    for raw, escaped in _LINE_BREAKS.items():
        line = line.replace(raw, escaped)
    return head + b"event: " + event.encode() + b"\ndata: " + line + b"\n\n"


def error_frame(error: Exception) -> bytes:
    """Write what went wrong after the stream began."""
    return frame("error", problem_of(error).model_dump(exclude_none=True))


async def with_keep_alive(
    frames: AsyncGenerator[bytes], every: timedelta, stopping: asyncio.Event
) -> AsyncGenerator[bytes]:
    """Pass frames on, a comment when none came for a while; end when the source or the server does."""
    stop = asyncio.ensure_future(stopping.wait())
    following = asyncio.ensure_future(anext(frames, None))
    try:
        while (found := await _found(following, stop, every)) is not None:
            yield found
            if found is not KEEP_ALIVE:
                following = asyncio.ensure_future(anext(frames, None))
    finally:
        await end_all(following, stop)
        await frames.aclose()


async def _found(following: asyncio.Future[Any], stop: asyncio.Future[Any], every: timedelta) -> bytes | None:
    await asyncio.wait({following, stop}, timeout=every.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
    if following.done():
        found: bytes | None = following.result()
        return found
    return None if stop.done() else KEEP_ALIVE


class EventStream(Response):
    """An event stream; given up when the client leaves, or does not read for as long as `slow_reader`."""

    media_type = "text/event-stream"

    def __init__(self, frames: AsyncGenerator[bytes], *, slow_reader: timedelta) -> None:
        self._frames = frames
        self._slow_reader = slow_reader
        self.status_code = 200
        self.background = None
        self.init_headers(_HEADERS)
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream, and close its source however it ends."""
        sending = asyncio.ensure_future(self._send(send))
        leaving = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_all(sending, leaving)
            await self._frames.aclose()
        error = None if sending.cancelled() else sending.exception()
        if isinstance(error, TimeoutError):
            _log.info("slow_reader_left_behind")
        elif error is not None:
            raise error

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        async for found in self._frames:
            await self._send_in_time(send, {"type": "http.response.body", "body": found, "more_body": True})
        await self._send_in_time(send, {"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_in_time(self, send: Send, message: Message) -> None:
        async with asyncio.timeout(self._slow_reader.total_seconds()):
            await send(message)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
