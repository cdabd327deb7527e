"""What to do with a call: the question Twilio asks first, and again whenever the call's line was lost."""

import asyncio

import structlog

from domain.errors import NotFound, ParleyError
from providers.twilio import twiml
from providers.twilio.account import MEDIA, RELAY, VOICE, TwilioAccount
from providers.twilio.ports import ArrivingCall, Door, OpenedCall, Switchboard
from providers.twilio.tokens import StreamPass, StreamTokens
from providers.twilio.webhook import Webhook

MAX_RESUMES = 10
"""Lines that one call may lose before it is ended: a line that cannot be opened at all would be tried for ever."""
MAX_WAITS = 5
OPEN_SECONDS = 10.0
"""Twilio waits 15 s for an answer."""
APOLOGY = "I am sorry, we cannot take your call right now. Please call again later. Goodbye."
_INBOUND = "inbound"

log = structlog.get_logger(__name__)


class Answering:
    """Answers in TwiML; always in some, since anything else ends the call with Twilio's own words for it."""

    def __init__(
        self, account: TwilioAccount, tokens: StreamTokens, board: Switchboard, *, words: bool, apology: str
    ) -> None:
        self._account = account
        self._tokens = tokens
        self._board = board
        self._words = words
        self._apology = apology

    async def answer(self, webhook: Webhook) -> str:
        """Say what to do. Raises InvalidInput for a request that names no call."""
        call = arriving_call(webhook)
        if call.resumed > MAX_RESUMES:
            log.error("call_given_up", call_id=call.call_id, resumed=call.resumed)
            return twiml.hang_up(self._apology)
        try:
            async with asyncio.timeout(OPEN_SECONDS):
                opened = await self._board.open_call(call)
        except NotFound:
            log.warning("number_not_known", call_id=call.call_id)
            return twiml.hang_up(self._apology) if call.outbound or call.resumed else twiml.refuse()
        except (ParleyError, TimeoutError) as error:
            log.warning("call_not_opened", call_id=call.call_id, code=getattr(error, "code", "timeout"))
            return self._wait(webhook)
        return twiml.hang_up() if opened.over else self._connect(webhook, call, opened)

    def _connect(self, webhook: Webhook, call: ArrivingCall, opened: OpenedCall) -> str:
        stream = StreamPass(
            account_sid=self._account.account_sid,
            call_sid=call.call_id,
            tenant_id=opened.tenant_id,
            session_id=opened.session_id,
            agent=opened.agent,
            caller=call.called if call.outbound else call.caller,
            resumed=call.resumed > 0,
            outbound=call.outbound,
        )
        token = self._tokens.issue(stream)
        resume = self._account.url(VOICE, {**_kept(webhook), "resume": str(call.resumed + 1)})
        if opened.door is Door.RELAY and self._words:
            return twiml.relay(self._account.socket_url(RELAY), stream, token, resume)
        return twiml.stream(self._account.socket_url(MEDIA), stream, token, resume)

    def _wait(self, webhook: Webhook) -> str:
        waits = (webhook.count("wait") or 0) + 1
        if waits > MAX_WAITS:
            return twiml.hang_up(self._apology)
        query = {**_kept(webhook), "resume": webhook.query.get("resume", ""), "wait": str(waits)}
        return twiml.wait(self._account.url(VOICE, query))


def arriving_call(webhook: Webhook) -> ArrivingCall:
    """Read which call asks. Raises InvalidInput."""
    reference = webhook.call
    return ArrivingCall(
        call_id=reference.call_id,
        caller=reference.caller,
        called=reference.called,
        outbound=webhook.fields.get("Direction", _INBOUND) != _INBOUND,
        tenant_id=reference.tenant_id,
        session_id=reference.session_id,
        resumed=webhook.count("resume") or 0,
    )


def _kept(webhook: Webhook) -> dict[str, str]:
    """What an address of ours says about a call, to be said by the next one too."""
    return {name: webhook.query[name] for name in ("tenant", "session", "key") if name in webhook.query}
