"""ConversationRelay: a call led in words. Twilio hears and speaks; what it says was heard is the truth about it.

Twilio's end of the socket does not say why it closes: a caller who hung up and a line that was lost look alike, and
only an end of ours is certain. The call's status callback, or its next question for TwiML, tells the rest.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from domain.errors import LineClosed
from providers.twilio.messages import BadMessage, MessageFault
from providers.twilio.ports import TextCall
from providers.twilio.relay_messages import (
    Interrupt,
    Key,
    Prompt,
    RelayError,
    RelayInbound,
    Setup,
    WordsPlayed,
    parse_relay,
    render_end,
    render_text,
)
from providers.twilio.text_socket import POLICY, TextSocket, Violation

MAX_WAITING = 32
"""Prompts and keys that may wait for an answer."""

log = structlog.get_logger(__name__)

Words = AsyncGenerator[str, None]


class RelayTalk:
    """One call on one socket whose setup has been read; `call` is closed when it ends, whatever ends it."""

    def __init__(self, socket: TextSocket, call: TextCall) -> None:
        self._socket = socket
        self._call = call
        self._waiting: asyncio.Queue[Words] = asyncio.Queue(MAX_WAITING)
        self._saying: asyncio.Task[None] | None = None
        self._closed = False

    async def run(self) -> None:
        """Lead the call to its end (Violation when Twilio does what it must not)."""
        self._waiting.put_nowait(self._call.begin())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen())
                tasks.create_task(self._speak())
        except ExceptionGroup as group:
            _, others = group.split(LineClosed)
            if others is not None:
                raise others.exceptions[0] from None
            log.info("relay_ended", over=self._closed)
        finally:
            await asyncio.shield(self._close(over=False))

    async def _listen(self) -> None:
        while True:
            try:
                await self._take(parse_relay(await self._socket.receive()))
            except BadMessage as error:
                log.info("bad_message", fault=error.fault.value, field=error.field)
                self._socket.tolerate(error)

    async def _take(self, message: RelayInbound | None) -> None:
        match message:
            case Prompt(text=text, last=True):
                self._wait(self._call.on_prompt(text))
            case Key(digit=digit):
                self._wait(self._call.on_digit(digit))
            case Interrupt(heard=heard):
                await self._hush()
                await self._call.on_interrupt(heard)
            case WordsPlayed(text=text):
                self._call.on_played(text)
            case RelayError():
                log.warning("relay_error")
            case Setup():
                raise BadMessage(MessageFault.OUT_OF_ORDER, "setup")

    def _wait(self, words: Words) -> None:
        try:
            self._waiting.put_nowait(words)
        except asyncio.QueueFull as error:
            raise Violation(POLICY, f"more than {MAX_WAITING} prompts wait for an answer") from error

    async def _hush(self) -> None:
        """Stop what is being said: after this nothing of it leaves any more."""
        if self._saying is not None:
            self._saying.cancel()
            await asyncio.wait({self._saying})

    async def _speak(self) -> None:
        while not self._call.ended:
            await self._say_next(await self._waiting.get())
            await self._say_next(self._call.on_said())
        await self._call.heard_out()
        await self._close(over=True)
        await self._socket.send(render_end())

    async def _say_next(self, words: Words) -> None:
        self._saying = asyncio.create_task(self._say(words))
        try:
            await asyncio.wait({self._saying})
            if not self._saying.cancelled():
                self._saying.result()
        finally:
            self._saying.cancel()
            self._saying = None

    async def _say(self, words: Words) -> None:
        said = False
        async with aclosing(words) as sentences:
            async for sentence in sentences:
                await self._socket.send(render_text(f"{sentence} ", last=False))
                said = True
        if said:
            await self._socket.send(render_text("", last=True))

    async def _close(self, *, over: bool) -> None:
        """Close the call, once; before `end` is sent, since Twilio then asks what to do with a call that is over."""
        if not self._closed:
            self._closed = True
            await self._call.close(over=over)
