"""One media stream from `connected` to its end: one task sends as the script says; what comes needs none."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from providers.twilio_simulator.caller import Caller, Moment
from providers.twilio_simulator.connection import Connection, Gone
from providers.twilio_simulator.faults import Trick, malformed
from providers.twilio_simulator.line_clock import LineClock
from providers.twilio_simulator.messages import (
    CONNECTED,
    InvalidMessage,
    MarkAsked,
    Media,
    Messages,
    StreamNames,
    read_message,
)
from providers.twilio_simulator.playout import Playout
from providers.twilio_simulator.record import CallRecord, Problem, StreamEnding, StreamRecord
from providers.twilio_simulator.script import HangUp, LoseSocket, Misbehave
from providers.twilio_simulator.sound import SILENT
from providers.twilio_simulator.wire import Chance
from speech.framing import RATE_HZ

START_PATIENCE_SECONDS = 15.0
"""So long a stream that never starts waits to be closed by the server."""

_SILENCE = bytes((SILENT,))
_GOOD_CLOSES = {1000, 1001, 1005}


@dataclass(frozen=True)
class CallLine:
    """What all the streams of a call share; `ended` is set when the carrier is told to end the call."""

    clock: LineClock
    caller: Caller
    record: CallRecord
    ended: asyncio.Event
    trick: Trick | None = None


class MediaStream:
    """Plays Twilio on an open connection; everything that happens goes into `record`."""

    def __init__(
        self, connection: Connection, names: StreamNames, line: CallLine, record: StreamRecord, chance: Chance
    ) -> None:
        self._connection = connection
        self._names = names
        self._line = line
        self._record = record
        self._chance = chance
        self._clock = line.clock
        self._messages = Messages(names)
        self._next = record.began = self._clock.now()
        self._playout = Playout(line.caller.ear, record.began)
        self._left = False
        record.playout = self._playout.record
        record.wire = chance.count

    async def run(self) -> None:
        """Live through the stream until it ends; `record` says how."""
        self._connection.listen(self._receive)
        try:
            with suppress(Gone):
                await self._talk()
            self._left = True
            self._playout.advance(self._clock.now())
            await self._connection.close()
        finally:
            self._note_end()

    def _note_end(self) -> None:
        """Note how it ended: by whom, unless the caller did it, and with what code."""
        record, connection = self._record, self._connection
        record.ended = self._clock.now()
        record.close_code, record.close_reason = connection.close_code, connection.close_reason
        if record.ending is None and connection.open:
            record.ending = StreamEnding.CARRIER
        elif record.ending is None:
            record.ending = StreamEnding.SERVER if connection.closed_by_them else StreamEnding.LOST
            self._judge_close()

    def _judge_close(self) -> None:
        if self._record.close_code not in _GOOD_CLOSES:
            self._note(31921, f"the server closed with {self._record.close_code} {self._record.close_reason}".strip())

    async def _talk(self) -> None:
        """Say what the stream is, then let the caller speak."""
        self._connection.send(CONNECTED)
        if self._line.trick is Trick.NO_START:
            if not await self._connection.gone(START_PATIENCE_SECONDS):
                self._record.ending = StreamEnding.CALLER
            return
        bare = self._line.trick is Trick.NO_PARAMETERS
        self._connection.send(self._messages.start({} if bare else self._record.parameters))
        await self._speak()

    async def _speak(self) -> None:
        """Send each frame when its sound has been spoken, and the marks that have been reached."""
        while not self._left:
            length = self._chance.frame()
            moment = self._line.caller.frame(self._next, length)
            await self._clock.wait_until(self._next + length)
            await self._connection.flushed()
            now = max(self._clock.now(), self._next + length)
            self._echo(self._playout.advance(now), now)
            self._send_all(self._chance.due(now))
            self._send_frame(moment, length, now)
            self._next += length
            if self._line.ended.is_set():
                self._leave(StreamEnding.CARRIER)

    def _send_frame(self, moment: Moment, length: int, now: int) -> None:
        at_ms = (self._next - self._record.began) * 1000 // RATE_HZ
        sound = moment.sound.ljust(length, _SILENCE)
        self._send("media", self._messages.media(sound, at_ms), now)
        self._record.media_sent += 1
        if moment.digit:
            self._send("dtmf", self._messages.dtmf(moment.digit), now)
        if moment.act:
            self._act(moment.act, at_ms)

    def _act(self, act: Misbehave | LoseSocket | HangUp, at_ms: int) -> None:
        match act:
            case HangUp():
                self._leave(StreamEnding.CALLER)
            case LoseSocket():
                self._left, self._record.ending = True, StreamEnding.LOST
                self._connection.abort()
            case Misbehave(kind):
                self._send_all(malformed(kind, self._names, self._messages, at_ms))

    def _leave(self, ending: StreamEnding) -> None:
        """Say that it is over, once."""
        if not self._left:
            self._left, self._record.ending = True, ending
            self._connection.send(self._messages.stop())

    def _receive(self, text: str | bytes) -> None:
        """Do what a message asks; what comes after the end is too late."""
        if self._left:
            return
        now = self._clock.now()
        with suppress(Gone):
            self._echo(self._take(text, now), now)

    def _take(self, text: str | bytes, now: int) -> list[str]:
        """Do what a message asks; returns the marks that go back at once."""
        try:
            message = read_message(text, self._names.stream_sid)
        except InvalidMessage as error:
            self._note(31951, str(error))
            return []  # ignored, as with Twilio
        match message:
            case Media(sound):
                return self._playout.push(sound, now)
            case MarkAsked(name):
                return self._playout.mark(name, now)
            case _:
                return self._playout.clear(now)

    def _note(self, code: int, what: str) -> None:
        self._line.record.problems.append(Problem(code, what))

    def _echo(self, marks: Iterable[str], now: int) -> None:
        for name in marks:
            self._send("mark", self._messages.mark(name), now)

    def _send(self, event: str, text: str, now: int) -> None:
        self._send_all(self._chance.send(event, text, now))

    def _send_all(self, texts: Iterable[str | bytes]) -> None:
        for text in texts:
            self._connection.send(text)
