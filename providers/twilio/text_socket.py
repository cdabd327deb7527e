"""An accepted WebSocket of text messages that is neither flooded nor waited for without end.

No queue and no task of its own: a message is written to the connection at once, and when the connection's buffer is
full the sender waits for as long as `SEND_SECONDS`. What comes in is read one message at a time.
"""

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect

from domain.errors import LineClosed
from providers.twilio.messages import BadMessage, MessageFault

MAX_MESSAGE_CHARS = 65_536
MAX_MESSAGES_A_SECOND = 500
MAX_SAVED_SECONDS = 10.0
"""How much of its allowance a peer keeps while it is not read: who was held up finds all that waited at once."""
MAX_BAD_MESSAGES = 20
SEND_SECONDS = 5.0
CLOSE_SECONDS = 2.0
POLICY, TOO_BIG, SILENT, FAILED, LATER = 1008, 1009, 1001, 1011, 1013
_LONGEST_REASON = 120


class Violation(Exception):
    """The other side must not go on: `code` and `reason` say so when the socket is closed."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class TextSocket:
    """One socket. With `silence` (seconds), it is closed when nothing has come for so long.

    A peer that has vanished is noticed by the server's pings in any case.
    """

    def __init__(
        self, websocket: WebSocket, *, silence: float | None = None, most_a_second: int = MAX_MESSAGES_A_SECOND
    ) -> None:
        self._websocket = websocket
        self._loop = asyncio.get_running_loop()
        self._heard = _now()
        self._most_a_second, self._allowance = most_a_second, float(most_a_second)
        self._bad = 0
        self._open = True
        self._silence = silence
        self._closing: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._look()

    async def receive(self) -> str:
        """Wait for the next message.

        Raises:
            LineClosed: there will be none.
            BadMessage: it is not text.
            Violation: it is too long, or one too many.
        """
        try:
            message = await self._websocket.receive()
        except RuntimeError as error:  # starlette's word for a socket whose end has been read
            raise LineClosed from error
        if message["type"] == "websocket.disconnect":
            self._end()
            raise LineClosed(f"closed with {message.get('code', 1005)} {message.get('reason') or ''}".rstrip())
        self._count()
        text = message.get("text")
        if text is None:
            raise BadMessage(MessageFault.NOT_TEXT, "message")
        if len(text) > MAX_MESSAGE_CHARS:
            raise Violation(TOO_BIG, f"a message of more than {MAX_MESSAGE_CHARS:,} characters")
        return str(text)

    def tolerate(self, error: BadMessage) -> None:
        """Count a message that makes no sense. Raises Violation for one too many."""
        self._bad += 1
        if self._bad >= MAX_BAD_MESSAGES:
            raise Violation(POLICY, f"{MAX_BAD_MESSAGES} malformed messages, the last: {error}")

    async def send(self, text: str) -> None:
        """Send a message; LineClosed when nobody takes it."""
        if not self._open:
            raise LineClosed
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(text)
        except (TimeoutError, WebSocketDisconnect, RuntimeError) as error:
            self._end()  # a RuntimeError is the server's or starlette's word for a socket that is being closed
            raise LineClosed("nobody takes what is sent") from error

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close the socket, unless that has been done."""
        if not self._open:
            return
        self._end()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._websocket.close(code, reason[:_LONGEST_REASON])
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            return  # it is gone already, or takes nothing any more: the server drops it

    def _count(self) -> None:
        now, rate = _now(), self._most_a_second
        self._allowance = min(self._allowance + (now - self._heard) * rate, MAX_SAVED_SECONDS * rate) - 1
        self._heard = now
        if self._allowance < 0:
            raise Violation(POLICY, f"more than {self._most_a_second} messages a second")

    def _end(self) -> None:
        self._open = False
        if self._watch is not None:
            self._watch.cancel()

    def _look(self) -> None:
        """Close a socket that is silent, or look again when it could be."""
        if self._silence is None:
            return
        left = self._heard + self._silence - _now()
        if left > 0:
            self._watch = self._loop.call_later(left, self._look)
        else:
            self._closing = self._loop.create_task(self.close(SILENT, f"nothing came for {self._silence:g} s"))


def _now() -> float:
    """The loop's clock, seconds."""
    return asyncio.get_running_loop().time()
