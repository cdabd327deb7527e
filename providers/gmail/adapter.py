"""Gmail behind the mail port: its API, not its SMTP server.

Gmail takes no idempotency key. What was sent can be looked for, in two ways, since neither is enough alone: by its
Message-ID, which the search finds only after a while and which Gmail may replace by its own, and among the newest
letters sent, by a header of ours.
"""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from domain.errors import Fault, ProviderUnavailable
from ports.clock import Clock
from ports.effects import effect_id
from ports.mail import MailMessage
from ports.outbox import Receipt
from providers.google_account.account import GoogleAccount
from providers.google_account.sdk import load_sdk
from providers.google_account.wire import TIME_LIMIT, Exchange, GoogleWire, build_ask, open_google
from providers.mail.addresses import Sender, build_sender
from providers.mail.message import EFFECT_HEADER, build_message, message_id

PROVIDER = "gmail"
SCOPES = ("https://www.googleapis.com/auth/gmail.send", "https://www.googleapis.com/auth/gmail.readonly")
_NEWEST = 25
"""How many of the letters sent last are looked through; a second try comes seconds after the first."""


class Gmail:
    """Sends as the user of the account, or as the subject that a service account acts for."""

    def __init__(self, wire: GoogleWire, messages: Any, sender: Sender, clock: Clock) -> None:
        self._wire = wire
        self._messages = messages
        self._sender = sender
        self._clock = clock

    @property
    def name(self) -> str:
        """Which way of sending it is."""
        return PROVIDER

    @property
    def can_look(self) -> bool:
        """True: what was sent lies in the mailbox."""
        return True

    async def send(self, message: MailMessage) -> Receipt:
        """Send a message, without looking whether it was sent before (errors as the port says)."""
        letter = await asyncio.to_thread(build_message, message, self._sender, self._clock.now())
        raw = urlsafe_b64encode(letter.as_bytes()).decode()
        return _receipt(await self._wire.begin().send(self._messages.send(userId="me", body={"raw": raw})))

    async def look_for(self, message: MailMessage) -> Receipt | None:
        """Look for a message that may have been sent (ProviderError)."""
        exchange = self._wire.begin()
        query = f"rfc822msgid:{message_id(message.key, self._sender)}"
        found = await self._listed(exchange, {"q": query, "includeSpamTrash": True, "maxResults": 1})
        if found:
            return _receipt(found[0])
        for newest in await self._listed(exchange, {"labelIds": ["SENT"], "maxResults": _NEWEST}):
            if await self._is(exchange, newest, message):
                return _receipt(newest)
        return None

    async def _listed(self, exchange: Exchange, which: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        answer = await exchange.send(self._messages.list(userId="me", **which))
        found = answer.get("messages", [])
        if not isinstance(found, list) or not all(isinstance(each, dict) and "id" in each for each in found):
            raise ProviderUnavailable(PROVIDER, Fault.MALFORMED)
        return found

    async def _is(self, exchange: Exchange, listed: Mapping[str, Any], message: MailMessage) -> bool:
        ask = self._messages.get(userId="me", id=listed["id"], format="metadata", metadataHeaders=[EFFECT_HEADER])
        headers = (await exchange.send(ask)).get("payload", {}).get("headers", [])
        mine = (EFFECT_HEADER.lower(), effect_id(message.key))
        return any((str(each.get("name")).lower(), each.get("value")) == mine for each in headers)


def _receipt(message: Mapping[str, Any]) -> Receipt:
    return Receipt({"provider": PROVIDER, "id": message.get("id")})


@asynccontextmanager
async def open_gmail(
    account: GoogleAccount,
    sender: str,
    *,
    clock: Clock,
    base_url: str | None = None,
    time_limit: timedelta = TIME_LIMIT,
) -> AsyncIterator[Gmail]:
    """Open a mailbox to send from; `sender` is one of its addresses, or a name and one in <> (ConfigError)."""
    checked = build_sender(sender)
    async with open_google(PROVIDER, account, SCOPES, base_url=base_url, time_limit=time_limit) as wire:
        yield Gmail(wire, await asyncio.to_thread(_build_messages), checked, clock)


@cache
def _build_messages() -> Any:
    discovery = load_sdk("googleapiclient.discovery")
    service = discovery.build("gmail", "v1", http=object(), static_discovery=True, requestBuilder=build_ask)
    return service.users().messages()
