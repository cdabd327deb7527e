"""The beginning of a line: who connects, what it starts with, and whether it may."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import TypeVar

import structlog

from domain.errors import Forbidden, ParleyError
from ports.telephony import LineStart
from providers.twilio.account import TwilioAccount
from providers.twilio.messages import MU_LAW, RATE_HZ, BadMessage, Connected, MessageFault, Start
from providers.twilio.parsing import parse
from providers.twilio.relay_messages import Setup, parse_relay
from providers.twilio.text_socket import LATER, POLICY, TextSocket, Violation
from providers.twilio.tokens import StreamPass, StreamTokens, read_pass

START_SECONDS = 5.0

_First = TypeVar("_First")

log = structlog.get_logger(__name__)


class Admission:
    """Lets lines in: for this account, with a token that holds for their call."""

    def __init__(self, account: TwilioAccount, tokens: StreamTokens) -> None:
        self._account = account
        self._tokens = tokens

    async def media(self, socket: TextSocket) -> LineStart:
        """Read the beginning of a media stream.

        Raises:
            Violation: it may not go on, with the reason.
            LineClosed: it has ended already.
        """
        start = await _in_time(_media_start(socket), "start")
        sound = start.sound
        if (sound.encoding, sound.rate_hz, sound.channels) != (MU_LAW, RATE_HZ, 1):
            raise Violation(POLICY, f"the sound is not {MU_LAW}, {RATE_HZ} Hz, one channel")
        return await self._admit(start.account_sid, start.call_sid, start.stream_sid, start.parameters)

    async def relay(self, socket: TextSocket) -> LineStart:
        """Read the beginning of a call in words. Raises as `media`."""
        setup = await _in_time(_relay_start(socket), "setup")
        return await self._admit(setup.account_sid, setup.call_sid, setup.session_id, setup.parameters)

    async def _admit(
        self, account_sid: str, call_sid: str, stream_sid: str, parameters: Mapping[str, str]
    ) -> LineStart:
        try:
            if account_sid != self._account.account_sid:
                raise Forbidden("This is about another Twilio account.")
            given = read_pass(account_sid, call_sid, parameters)
            await self._tokens.redeem(parameters.get("token", ""), given)
        except Forbidden as error:
            raise Violation(POLICY, error.message) from error
        except ParleyError as error:
            log.warning("token_not_checked", call_id=call_sid, code=error.code)
            raise Violation(LATER, "the token cannot be checked now") from error
        return _line_start(given, stream_sid, parameters)


def _line_start(given: StreamPass, stream_sid: str, parameters: Mapping[str, str]) -> LineStart:
    return LineStart(
        tenant_id=given.tenant_id,
        session_id=given.session_id,
        call_id=given.call_sid,
        stream_id=stream_sid,
        caller_phone=given.caller or None,
        parameters={name: value for name, value in parameters.items() if name != "token"},
        resumed=given.resumed,
        outbound=given.outbound,
    )


async def _in_time(beginning: Awaitable[_First], name: str) -> _First:
    try:
        async with asyncio.timeout(START_SECONDS):
            return await beginning
    except TimeoutError as error:
        raise Violation(POLICY, f"no {name} within {START_SECONDS:g} s") from error


async def _media_start(socket: TextSocket) -> Start:
    connected = False
    while True:
        try:
            match parse(await socket.receive()):
                case Connected() if not connected:
                    connected = True
                case Start() as start if connected:
                    return start
                case Start():
                    raise Violation(POLICY, "start before connected")
                case message if message is not None:
                    raise BadMessage(MessageFault.OUT_OF_ORDER, "event")
        except BadMessage as error:
            socket.tolerate(error)


async def _relay_start(socket: TextSocket) -> Setup:
    while True:
        try:
            match parse_relay(await socket.receive()):
                case Setup() as setup:
                    return setup
                case message if message is not None:
                    raise BadMessage(MessageFault.OUT_OF_ORDER, "type")
        except BadMessage as error:
            socket.tolerate(error)
