"""Twilio's signatures, checked by its own validator and closed by default.

The address that was signed is never taken from the request's Host: it is the public address of the settings with the
path and the query as they came. Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator

from domain.errors import Forbidden, Unavailable

HEADER = "x-twilio-signature"
BODY_HASH = "bodySHA256"
_RETRY_SECONDS = 60.0


class SignatureCheck:
    """Says whether Twilio sent a request. With several tokens any of them may have signed."""

    def __init__(self, auth_tokens: Sequence[str]) -> None:
        self._validators = [RequestValidator(token) for token in auth_tokens if token]

    def form(self, url: str, fields: Mapping[str, str], signature: str | None) -> None:
        """Check a form; `fields` may have a `getlist` for names that came more than once.

        Raises:
            Forbidden: nobody who knows an auth token signed this.
            Unavailable: no auth token is configured.
        """
        self._check([url], fields, signature)

    def body(self, url: str, body: bytes, signature: str | None) -> None:
        """Check a body of any other kind: its hash is in the query that was signed. Raises as `form`."""
        given = parse_qs(urlsplit(url).query).get(BODY_HASH, [""])[0]
        self._check([url], {}, signature)
        if not hmac.compare_digest(sha256(body).hexdigest(), given.lower().encode("ascii", "replace").decode()):
            raise Forbidden("The body is not the one that was signed.")

    def socket(self, url: str, signature: str | None) -> None:
        """Check the upgrade to a WebSocket at a wss address. Raises as `form`."""
        self._check(port_variants(url), {}, signature)

    def _check(self, urls: Sequence[str], fields: Mapping[str, str], signature: str | None) -> None:
        if not self._validators:
            raise Unavailable("Calls are not taken: no Twilio auth token is configured.", retry_after=_RETRY_SECONDS)
        if not signature:
            raise Forbidden("Twilio's signature is missing.")
        if not any(each.validate(url, fields, signature) for each in self._validators for url in urls):
            raise Forbidden("Twilio's signature does not fit: check the auth token and the public URL.")


def port_variants(url: str) -> list[str]:
    """A wss address as it is, and with its default port written out or left out.

    Twilio's validator tries port 80 where wss means 443.
    """
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.removesuffix(":443")).geturl()
    written = parts._replace(netloc=f"{parts.netloc}:443").geturl()
    return [url, written] if parts.port is None else [url, bare] if parts.port == 443 else [url]
