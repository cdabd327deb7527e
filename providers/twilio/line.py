"""A Twilio media stream as a line."""

from collections import deque
from collections.abc import AsyncIterator
from datetime import timedelta

import structlog

from domain.errors import LineClosed, ProviderError
from ports.telephony import Carrier, Digit, HungUp, LineEvent, LineStart, Played, Sound
from providers.twilio.messages import (
    BadMessage,
    Clear,
    Connected,
    Dtmf,
    Inbound,
    Mark,
    Media,
    MessageFault,
    Play,
    Start,
    Stop,
    render,
)
from providers.twilio.parsing import parse
from providers.twilio.text_socket import POLICY, TextSocket, Violation

SILENCE = timedelta(seconds=60)
"""A stream sends sound all the time, silence too; one that sends nothing for so long is dead."""
REMEMBERED = 64
"""Sequence numbers that are remembered, to know a message that comes twice."""

log = structlog.get_logger(__name__)


class TwilioLine:
    """An open stream whose start has been read and believed; `carrier` ends or hands over the call."""

    def __init__(self, socket: TextSocket, start: LineStart, carrier: Carrier) -> None:
        self._socket = socket
        self._start = start
        self._stream_sid = start.stream_id
        self._carrier = carrier
        self._ended = False
        self._newest = -1
        self._numbers: deque[int] = deque(maxlen=REMEMBERED)

    @property
    def start(self) -> LineStart:
        """What is known of the call."""
        return self._start

    async def events(self) -> AsyncIterator[LineEvent]:
        """Yield what comes from the other side; `HungUp` is the last."""
        event: LineEvent | None = None
        try:
            while type(event) is not HungUp:
                event = await self._next()
                if event is not None:
                    yield event
        except Violation as error:
            await self._socket.close(error.code, error.reason)
            log.warning("stream_refused", call_id=self._start.call_id, reason=error.reason)
            yield HungUp(error.reason, over=False)
        except LineClosed as error:
            yield HungUp(error.message, over=False)

    async def play(self, data: bytes) -> None:
        """Send mu-law at 8,000 Hz, to be played after what was sent before (LineClosed)."""
        await self._socket.send(render(Play(self._stream_sid, data)))

    async def mark(self, name: str) -> None:
        """Ask for `Played` when all that was sent so far has been played (LineClosed)."""
        await self._socket.send(render(Mark(self._stream_sid, name)))

    async def clear(self) -> None:
        """Throw away what was sent and not played; its marks come back at once (LineClosed)."""
        await self._socket.send(render(Clear(self._stream_sid)))

    async def show(self, text: str, *, final: bool) -> None:
        """Do nothing: a telephone has no eyes."""

    async def hang_up(self) -> None:
        """End the call. When the carrier cannot, the call ends as soon as the line is closed: it asks what to do."""
        if self._ended:
            return
        self._ended = True
        try:
            await self._carrier.hang_up(self._start.call_id)
        except ProviderError as error:
            log.warning("hang_up_failed", call_id=self._start.call_id, fault=error.fault.value)

    async def record(self) -> None:
        """Have Twilio record the call (ProviderError)."""
        await self._carrier.start_recording(self._start.call_id)

    async def transfer(self, phone: str, summary: str) -> None:
        """Hand the caller to a number; Twilio ends the stream, and asks for the summary later (ProviderError)."""
        await self._carrier.transfer(self._start, phone)

    async def _next(self) -> LineEvent | None:
        """Read the next message; None for one that means nothing here."""
        try:
            return self._event(parse(await self._socket.receive()))
        except BadMessage as error:
            self._tolerate(error)
            return None

    def _event(self, message: Inbound | None) -> LineEvent | None:
        match message:
            case Media(data=data) if self._is_new(message):
                return Sound(data)
            case Mark(name=name) if self._is_new(message):
                return Played(name)
            case Dtmf(digit=digit) if self._is_new(message):
                return Digit(digit)
            case Stop() if self._is_new(message):
                self._ended = True
                return HungUp("stop", over=True)
            case Start():
                raise Violation(POLICY, "a second start")
            case Connected():
                raise BadMessage(MessageFault.OUT_OF_ORDER, "connected")
        return None

    def _is_new(self, message: Media | Mark | Dtmf | Stop) -> bool:
        """Say whether a message has not come before. Raises BadMessage for another stream's."""
        if message.stream_sid != self._stream_sid:
            raise BadMessage(MessageFault.WRONG_STREAM, "streamSid")
        number = message.sequence
        if number is None:
            return True
        if number > self._newest:
            self._newest = number
        elif number in self._numbers:
            return False
        self._numbers.append(number)
        return True

    def _tolerate(self, error: BadMessage) -> None:
        log.info("bad_message", call_id=self._start.call_id, fault=error.fault.value, field=error.field)
        self._socket.tolerate(error)
