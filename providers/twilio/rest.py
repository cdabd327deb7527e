"""Twilio's REST interface, as far as calls go: place one, find it again, hand it over, end it.

Twilio takes no idempotency key for a call, and shows none of ours when a call is read back. Whether a call was placed
when nobody answered the request therefore stays unknown, unless `look_for` finds exactly one call that it can be, or
the status callback comes, whose address holds the key.
Source: https://www.twilio.com/docs/voice/api/call-resource and .../recording
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import httpx

from domain.errors import ConfigError, Fault, ProviderRejected
from ports.telephony import LineStart, OutboundCall
from providers.twilio import twiml
from providers.twilio.account import AMD, BRIEFING, STATUS, VOICE, TwilioAccount
from providers.twilio.rest_answers import NAME, TwilioRejected, malformed, read_answer, translated

TWILIO_URL = "https://api.twilio.com"
TIME_LIMIT = timedelta(seconds=10)
SKEW = timedelta(seconds=10)
"""How much earlier than ours Twilio's clock may be."""
_STATUS_EVENTS = ("initiated", "ringing", "answered", "completed")
_NOT_IN_PROGRESS = 21220
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True)
class Dialling:
    """How calls are placed. With `wait_for_beep` a machine is reported when its greeting is over, not at once."""

    ring: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)
    wait_for_beep: bool = True


class TwilioCarrier:
    """Places calls and ends them. Nothing is tried twice here."""

    def __init__(self, client: httpx.AsyncClient, account: TwilioAccount, dialling: Dialling) -> None:
        self._client = client
        self._account = account
        self._dialling = dialling
        self._calls = f"/2010-04-01/Accounts/{quote(account.account_sid, safe='')}/Calls"

    @property
    def name(self) -> str:
        """Which carrier it is."""
        return NAME

    async def check(self) -> None:
        """Ask whether the account answers to its token (ProviderError)."""
        with translated():
            read_answer(await self._client.get(self._calls.removesuffix("/Calls") + ".json"))

    async def call(self, call: OutboundCall) -> str:
        """Place a call and return its SID.

        Raises:
            ProviderUnavailable: it may or may not have been placed; see `look_for`.
            ProviderRejected: it was not and will not be; the message has Twilio's number for the reason.
        """
        return _sid(await self._post(f"{self._calls}.json", self._form(call)))

    async def look_for(self, call: OutboundCall, since: datetime) -> str | None:
        """Find the call that a lost answer was about: the only one of ours to that number since then, or None.

        Raises ProviderError.
        """
        query = {"To": call.to, "From": call.caller_id, "PageSize": "50"}
        with translated():
            answer = read_answer(await self._client.get(f"{self._calls}.json", params=query))
        given = answer.get("calls")
        if not isinstance(given, list):
            raise malformed()
        found = [_sid(entry) for entry in given if _may_be(entry, since - SKEW)]
        return found[0] if len(found) == 1 else None

    async def hang_up(self, call_id: str) -> None:
        """End a call; one that has ended already is fine (ProviderError)."""
        try:
            await self._post(self._address(call_id), {"Status": "completed"})
        except TwilioRejected as error:
            if error.fault is not Fault.ABSENT and error.number != _NOT_IN_PROGRESS:
                raise

    async def leave_message(self, call_id: str, words: str) -> None:
        """Say words in place of what goes on, and end the call (ProviderError)."""
        await self._post(self._address(call_id), {"Twiml": twiml.hang_up(words)})

    async def start_recording(self, call_id: str) -> None:
        """Record a call from now on, each side on a channel of its own (ProviderError)."""
        await self._post(f"{self._recordings(call_id)}.json", {"RecordingChannels": "dual"})

    async def stop_recording(self, call_id: str) -> None:
        """Record a call no longer; one that is not recorded is fine (ProviderError)."""
        try:
            await self._post(f"{self._recordings(call_id)}/Twilio.CURRENT.json", {"Status": "stopped"})
        except TwilioRejected as error:
            if error.fault is not Fault.ABSENT:
                raise

    async def transfer(self, start: LineStart, phone: str) -> None:
        """Connect the other side of a call to a number, given as +, country and number (ProviderError)."""
        if not _E164.fullmatch(phone):
            raise ProviderRejected(NAME, Fault.BAD_REQUEST, f"{NAME}: a number begins with + and its country")
        told = self._account.url(BRIEFING, {"tenant": start.tenant_id, "session": start.session_id})
        await self._post(self._address(start.call_id), {"Twiml": twiml.dial(phone, told)})

    async def _post(self, path: str, form: Mapping[str, Any]) -> dict[str, Any]:
        with translated():
            return read_answer(await self._client.post(path, data=form))

    def _recordings(self, call_id: str) -> str:
        return f"{self._calls}/{quote(call_id, safe='')}/Recordings"

    def _address(self, call_id: str) -> str:
        return f"{self._calls}/{quote(call_id, safe='')}.json"

    def _form(self, call: OutboundCall) -> dict[str, Any]:
        told = {"tenant": call.tenant_id, "session": call.session_id, "key": call.key}
        dialling = self._dialling
        return {
            "To": call.to,
            "From": call.caller_id,
            "Url": self._account.url(VOICE, told),
            "Method": "POST",
            "StatusCallback": self._account.url(STATUS, told),
            "StatusCallbackMethod": "POST",
            "StatusCallbackEvent": list(_STATUS_EVENTS),
            "MachineDetection": "DetectMessageEnd" if dialling.wait_for_beep else "Enable",
            "AsyncAmd": "true",
            "AsyncAmdStatusCallback": self._account.url(AMD, told),
            "AsyncAmdStatusCallbackMethod": "POST",
            "Timeout": str(int(dialling.ring.total_seconds())),
            "TimeLimit": str(int(dialling.longest.total_seconds())),
        }


@asynccontextmanager
async def open_twilio_carrier(
    account: TwilioAccount,
    *,
    dialling: Dialling = Dialling(),
    base_url: str = TWILIO_URL,
    time_limit: timedelta = TIME_LIMIT,
) -> AsyncIterator[TwilioCarrier]:
    """Open the connection to Twilio's REST interface. Raises ConfigError without an auth token."""
    if not account.auth_tokens:
        raise ConfigError("Twilio's REST interface needs the account's auth token.")
    async with httpx.AsyncClient(
        base_url=base_url,
        auth=httpx.BasicAuth(account.account_sid, account.auth_tokens[0]),
        timeout=time_limit.total_seconds(),
        follow_redirects=False,
    ) as client:
        yield TwilioCarrier(client, account, dialling)


def _sid(entry: Mapping[str, Any]) -> str:
    sid = entry.get("sid")
    if not isinstance(sid, str) or not sid:
        raise malformed()
    return sid


def _may_be(entry: object, since: datetime) -> bool:
    """Say whether a call that was read back can be one of ours that was placed since then."""
    if not isinstance(entry, dict):
        raise malformed()
    if entry.get("direction") != "outbound-api":
        return False
    try:
        return parsedate_to_datetime(str(entry.get("date_created"))) >= since
    except ValueError as error:
        raise malformed() from error
