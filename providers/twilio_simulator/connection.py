"""A WebSocket client without tasks: what comes is handed on at once, what is sent leaves at once.

On `websockets`' protocol without I/O; its own asyncio client costs twice as much a message, which counts with hundreds
of calls in one process.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import cast

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

CLOSE_SECONDS = 2.0
"""So long the other side may take to close after us."""

_MAX_BYTES = 4 * 1024 * 1024
_FLUSHED_BYTES = 256 * 1024


class Refused(Exception):
    """The server did not open the WebSocket; `status` is what it answered, if it did."""

    def __init__(self, status: int | None, why: str) -> None:
        super().__init__(why)
        self.status = status


class Gone(Exception):
    """The WebSocket is closed."""


class Connection(asyncio.Protocol):
    """One WebSocket, from its handshake on; ours alone to write to."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        loop = asyncio.get_running_loop()
        self._protocol = ClientProtocol(parse_uri(url), max_size=_MAX_BYTES)
        self._headers = headers
        self._shaken: asyncio.Future[None] = loop.create_future()
        self._lost: asyncio.Future[None] = loop.create_future()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._pieces: list[bytes] = []
        self._kind = Opcode.TEXT
        self._early: list[str | bytes] = []
        self._take: Callable[[str | bytes], None] = self._early.append

    @property
    def open(self) -> bool:
        """Whether messages can be sent."""
        return self._protocol.state is State.OPEN

    @property
    def closed_by_them(self) -> bool:
        """Whether the server said that it closes, as opposed to being gone."""
        return self._protocol.close_rcvd is not None

    @property
    def close_code(self) -> int | None:
        """The code of the close, 1006 where there was none; None while it is open."""
        return self._protocol.close_code

    @property
    def close_reason(self) -> str:
        """The reason that came with the close."""
        return self._protocol.close_reason or ""

    def listen(self, take: Callable[[str | bytes], None]) -> None:
        """Hand every message to `take`, those that came before as well."""
        self._take = take
        for message in self._early:
            take(message)
        self._early.clear()

    async def shaken(self) -> None:
        """Return when the handshake is done (Refused, OSError)."""
        await self._shaken

    def send(self, message: str | bytes) -> None:
        """Send a message; one that is bytes goes as a binary one.

        Raises:
            Gone: nobody is there any more.
        """
        if not self.open:
            raise Gone
        if isinstance(message, bytes):
            self._protocol.send_binary(message)
        else:
            self._protocol.send_text(message.encode())
        self._flush()

    async def flushed(self) -> None:
        """Wait while more is on its way than the other side takes."""
        await self._flowing.wait()

    async def gone(self, within: float) -> bool:
        """Wait until the connection is over; False when it is not by then."""
        done, _ = await asyncio.wait([self._lost], timeout=within)
        return bool(done)

    async def close(self) -> None:
        """Close it, and wait for the other side to do so; what broke in us is raised."""
        if self.open:
            self._protocol.send_close(1000)
            self._flush()
        await self.gone(CLOSE_SECONDS)
        self.abort()
        await self._lost

    def abort(self) -> None:
        """Break the connection without a word."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are no subclass of it
        self._transport.set_write_buffer_limits(high=_FLUSHED_BYTES)
        request = self._protocol.connect()
        request.headers.update(self._headers)
        self._protocol.send_request(request)
        self._flush()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._protocol.receive_data(data)
        self._go_on()

    def eof_received(self) -> None:
        """Take that nothing more comes."""
        self._protocol.receive_eof()
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake whoever waits."""
        self._protocol.receive_eof()
        self._go_on()
        self._flowing.set()
        if not self._shaken.done():
            self._shaken.set_exception(Refused(None, "no answer"))
        if exc is None or isinstance(exc, OSError):
            self._lost.set_result(None)
        else:
            self._lost.set_exception(exc)

    def pause_writing(self) -> None:
        """Take that the other side does not keep up."""
        self._flowing.clear()

    def resume_writing(self) -> None:
        """Take that it does."""
        self._flowing.set()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)
            elif self._transport.can_write_eof():
                self._transport.write_eof()

    def _go_on(self) -> None:
        """Answer what the protocol itself answers, and hand on the rest."""
        if self._protocol.state is not State.CLOSED:
            self._flush()
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                self._piece(event)
        if not self._shaken.done():
            self._shake()

    def _shake(self) -> None:
        error = self._protocol.handshake_exc
        if isinstance(error, InvalidStatus):
            status = error.response.status_code
            self._shaken.set_exception(Refused(status, f"status {status}"))
        elif error is not None:
            self._shaken.set_exception(Refused(None, type(error).__name__))
        elif self._protocol.state is not State.CONNECTING:  # a close may have come with the handshake
            self._shaken.set_result(None)

    def _piece(self, frame: Frame) -> None:
        """Put a message's frames together, and hand it on when it is whole."""
        if frame.opcode not in {Opcode.TEXT, Opcode.BINARY, Opcode.CONT}:
            return
        if frame.opcode is not Opcode.CONT:
            self._kind = frame.opcode
        self._pieces.append(bytes(frame.data))
        if frame.fin:
            whole = b"".join(self._pieces)
            self._pieces.clear()
            self._take(whole.decode(errors="replace") if self._kind is Opcode.TEXT else whole)
