"""Connections as uvicorn makes them, but careful: heads in time and within their limit, sockets refused in peace."""

import asyncio
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from domain.errors import RequestError
from server.documents import render
from server.middleware.head_check import MAX_HEAD_BYTES, head_too_large
from server.problems import PROBLEM_TYPE, Malformed, Timeout, problem_of
from server.unread import Unread

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform for which it is not compiled
    from websockets.utils import apply_mask

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent

HEAD_SECONDS = 30
MOST_UNREAD = 16
"""Messages of a socket that may wait for the application: a third of a second of a media stream."""
_SMALL_TEXT, _SMALL_HEAD, _SMALL = b"\x81\xfe", 8, 4_103
"""The frame of a small text: how it begins (a text, the only part of it, masked, its length in two bytes), the bytes
before its words, and all of them at most."""
_REASONS = {400: "Bad Request", 408: "Request Timeout", 431: "Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """An HTTP connection; uvicorn's own waits for a head of any size, without end.

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
        """Answer, where no other answer is due first, and hang up."""
        self._end_head()
        if self.transport.is_closing():
            return
        if self._is_next():
            self.transport.write(answer(error))
        self.transport.close()

    def _is_next(self) -> bool:
        """Say whether what has just come is the next to be answered, with nothing of its answer sent."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return True
        return cycle.more_body and not cycle.response_started and not self.pipeline


class SocketConnection(WebSocketsSansIOProtocol):
    """A WebSocket connection; uvicorn's own logs every refusal as an error, and makes more of a small text than it is.

    Media streams are small texts, one every 20 ms. Where such a text comes whole it is unpacked here, at a tenth of the
    cost; whatever else comes takes the usual way, where it is checked.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, with a queue that costs less."""
        self.queue = Unread(self.loop)  # type: ignore[assignment]
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        while self._is_between_messages() and (text := small_text(data)) is not None:
            self.frames, self.curr_msg_data_type = [text], "text"
            self.send_receive_event_to_app()
            data = data[_SMALL_HEAD + len(text) :]
        if data:
            super().data_received(data)

    def _is_between_messages(self) -> bool:
        """Tell whether nothing of a message has come that is not handed on."""
        conn = self.conn
        return conn.state is State.OPEN and conn.current_size is None and not conn.reader.buffer and not self.close_sent

    def send_receive_event_to_app(self) -> None:
        """Hand a message on; reading stops only when many wait, since to stop and to go on are two system calls."""
        stopped, self.read_paused = self.read_paused, True
        super().send_receive_event_to_app()
        self.read_paused = stopped
        if not stopped and self.queue.qsize() >= MOST_UNREAD:
            self.read_paused = True
            self.transport.pause_reading()

    async def send(self, message: "ASGISendEvent") -> None:
        """Send, and take a refusal that has been sent whole for the end of the handshake."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True


def small_text(data: bytes) -> bytes | None:
    """Unpack the frame that data begins with (RFC 6455, 5.2), if it is a whole message: ASCII of 126 to 4,095 bytes."""
    if data[:2] != _SMALL_TEXT or (end := _SMALL_HEAD + int.from_bytes(data[2:4])) > len(data) or end > _SMALL:
        return None
    text = apply_mask(data[_SMALL_HEAD:end], data[4:_SMALL_HEAD])
    return text if text.isascii() else None


def answer(error: RequestError) -> bytes:
    """Write a problem as a whole HTTP answer."""
    body = render(problem_of(error).model_dump(exclude_none=True))
    head = (
        f"HTTP/1.1 {error.status} {_REASONS[error.status]}\r\nContent-Type: {PROBLEM_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
