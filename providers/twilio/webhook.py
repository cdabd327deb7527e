"""A webhook of Twilio's: read within limits, believed when its signature fits."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import ClientDisconnect, HTTPConnection, Request

from domain.errors import Forbidden, InvalidInput, TooLarge, Unavailable
from providers.twilio.account import TwilioAccount
from providers.twilio.ports import CallReference
from providers.twilio.signature import HEADER, SignatureCheck

MAX_BODY_BYTES = 65_536
MAX_FIELDS = 200
BODY_SECONDS = 10.0
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Webhook:
    """What Twilio says: `fields` in its own names, `query` in ours, since we gave Twilio the address."""

    fields: Mapping[str, str]
    query: Mapping[str, str]

    def field(self, name: str) -> str:
        """A field that has to be there. Raises InvalidInput."""
        value = self.fields.get(name)
        if not value:
            raise InvalidInput("Twilio sends this with every call.", field=name)
        return value

    def count(self, name: str) -> int | None:
        """A number among the fields or in the query; None where there is none."""
        value = self.fields.get(name, self.query.get(name, ""))
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    @property
    def call(self) -> CallReference:
        """Which call it is about. Raises InvalidInput."""
        return CallReference(
            call_id=self.field("CallSid"),
            caller=self.fields.get("From", ""),
            called=self.fields.get("To", ""),
            tenant_id=self.query.get("tenant"),
            session_id=self.query.get("session"),
            key=self.query.get("key"),
        )


async def read_webhook(request: Request, path: str, account: TwilioAccount, check: SignatureCheck) -> Webhook:
    """Read a webhook at one of our paths.

    Raises:
        Forbidden: it is not Twilio's, or about another account.
        Unavailable: no auth token is configured.
        TooLarge: its body is.
        InvalidInput: it is Twilio's and cannot be read all the same.
    """
    url = signed_url(request, account.url(path))
    body = await _body(request)
    signature = request.headers.get(HEADER)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        form = _form(body)
        check.form(url, form, signature)
        fields: Mapping[str, str] = dict(form)
    else:
        check.body(url, body, signature)
        fields = _json(body)
    if fields.get("AccountSid") != account.account_sid:
        raise Forbidden("This is about another Twilio account.")
    return Webhook(fields, dict(request.query_params))


def signed_url(connection: HTTPConnection, url: str) -> str:
    """The address that Twilio signed: ours, with the query as it came."""
    query = connection.scope.get("query_string", b"").decode("latin-1")
    return f"{url}?{query}" if query else url


async def _body(request: Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _limited(request.stream())
    except (TimeoutError, ClientDisconnect) as error:
        raise Unavailable("The body did not come to its end.") from error


async def _limited(parts: AsyncIterator[bytes]) -> bytes:
    body = bytearray()
    async for part in parts:
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise TooLarge(f"The body has more than {MAX_BODY_BYTES:,} bytes.")
    return bytes(body)


def _form(body: bytes) -> ImmutableMultiDict[str, str]:
    try:
        return ImmutableMultiDict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError as error:
        raise Forbidden("The form cannot be read.") from error


def _json(body: bytes) -> Mapping[str, str]:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidInput("The body is neither a form nor JSON.") from error
    if type(document) is not dict:
        raise InvalidInput("The body is not an object.")
    return {name: value for name, value in document.items() if type(value) is str}
