"""A connection whose request head must come whole, in time and within its limit."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from domain.errors import RequestError
from server.documents import render
from server.middleware.head_check import MAX_HEAD_BYTES, head_too_large
from server.problems import PROBLEM_TYPE, Malformed, Timeout, problem_of

HEAD_SECONDS = 30
_REASONS = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """uvicorn's, which by itself waits for a head of any size, without end.

    What comes while a head is incomplete is counted by the read, so that a head may pass its limit by one read before
    it is refused here; one that has come whole is measured exactly by HeadCheck.
    """

    head_seconds: float = HEAD_SECONDS
    _in_head = False
    _head_bytes = 0
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._begin_head()

    def data_received(self, data: bytes) -> None:
        """Take what came, unless it is too much of a head."""
        went_on = self._in_head
        super().data_received(data)
        self._head_bytes += len(data) if went_on and self._in_head else 0
        if self._head_bytes > MAX_HEAD_BYTES:
            self._refuse(head_too_large())

    def on_message_begin(self) -> None:
        """Wait for the rest of a head."""
        super().on_message_begin()
        if not self._in_head:
            self._begin_head()

    def on_headers_complete(self) -> None:
        """Stop waiting: the head is here."""
        self._end_head()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nothing more will come."""
        self._end_head()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(Malformed("This is not an HTTP/1.1 request."))

    def _begin_head(self) -> None:
        self._in_head, self._head_bytes = True, 0
        self._patience = self.loop.call_later(self.head_seconds, self._refuse, Timeout("The head came too slowly."))

    def _end_head(self) -> None:
        self._in_head, self._head_bytes = False, 0
        if self._patience is not None:
            self._patience.cancel()

    def _refuse(self, error: RequestError) -> None:
        """Answer, where no other answer is under way, and hang up."""
        self._end_head()
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(answer(error))
        self.transport.close()


def answer(error: RequestError) -> bytes:
    """Write a problem as a whole HTTP answer."""
    body = render(problem_of(error).model_dump(exclude_none=True))
    head = (
        f"HTTP/1.1 {error.status} {_REASONS[error.status]}\r\nContent-Type: {PROBLEM_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
