"""Bodies no larger than they may be, and no slower: counted while they arrive, so that none fills the memory."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import TooLarge
from server.problems import BodyRefused, Timeout, problem_response
from speech.utterance import MAX_AUDIO_BYTES

MAX_BODY_BYTES = 1_048_576
MAX_AUDIO_BODY_BYTES = MAX_AUDIO_BYTES + 131_072


@dataclass(frozen=True)
class BodyLimit:
    """Refuses a body by its declared length, or as soon as too much of it has come."""

    app: ASGIApp
    patience: timedelta

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = limit_for(headers)
        if declared_length(headers) > limit:
            await problem_response(_too_large(limit))(scope, receive, send)
            return
        await self.app(scope, _Counted(receive, limit, self.patience), send)


class _Counted:
    """A receive channel that watches the body."""

    def __init__(self, receive: Receive, limit: int, patience: timedelta) -> None:
        self._receive = receive
        self._left = limit
        self._limit = limit
        self._patience = patience
        self._deadline: float | None = None
        self._complete = False

    async def __call__(self) -> Message:
        if self._complete:
            return await self._receive()
        message = await self._receive_in_time()
        self._complete = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise BodyRefused(_too_large(self._limit))
        return message

    async def _receive_in_time(self) -> Message:
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._patience.total_seconds()
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except TimeoutError as error:
            raise BodyRefused(Timeout()) from error


def limit_for(headers: Headers) -> int:
    """How many bytes a body may have: sound comes as multipart and may have more."""
    kind = headers.get("content-type", "").lower()
    return MAX_AUDIO_BODY_BYTES if kind.startswith("multipart/form-data") else MAX_BODY_BYTES


def declared_length(headers: Headers) -> int:
    """The length a client announces; 0 where it announces none."""
    given = headers.get("content-length", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body has more than {limit:,} bytes.")
