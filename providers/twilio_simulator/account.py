"""Whose calls they are, how requests are signed, and where a server really listens."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from twilio.request_validator import RequestValidator

from providers.twilio_simulator.faults import Trick

ELSEWHERE = "elsewhere.example"
"""A host that is not the server's."""

_UNSIGNED = {Trick.WEBHOOK_UNSIGNED, Trick.STREAM_UNSIGNED}
_FORGED = {Trick.WEBHOOK_FORGED, Trick.STREAM_FORGED}
_ELSEWHERE = {Trick.WEBHOOK_ELSEWHERE, Trick.STREAM_ELSEWHERE}


@dataclass(frozen=True)
class Account:
    """An account: its sid, and the token that it shares with the server."""

    sid: str
    token: str = field(repr=False)

    def sign(self, url: str, form: Mapping[str, str] | None = None) -> str:
        """Return the X-Twilio-Signature of a request: HMAC-SHA1 over the URL and the form, in base64."""
        signature: str = RequestValidator(self.token).compute_signature(url, dict(form or {}))
        return signature


def new_sid(kind: str) -> str:
    """Make an id as Twilio's are: two letters (CA for calls, MZ for streams) and 32 hexadecimal digits."""
    return kind + secrets.token_hex(16)


@dataclass(frozen=True)
class Signer:
    """Signs as Twilio does, or wrongly in one way."""

    account: Account
    trick: Trick | None = None

    def webhook(self, url: str, form: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of a signed form."""
        return self._headers("X-Twilio-Signature", url, form, "webhook")

    def stream(self, url: str) -> dict[str, str]:
        """Return the headers of an upgrade: signed over the wss:// URL as the TwiML has it, and no form."""
        if self.trick is Trick.STREAM_AS_HTTPS:
            url = "https" + url.removeprefix("wss")
        return self._headers("x-twilio-signature", url, {}, "stream")

    def elsewhere(self, door: str) -> bool:
        """Tell whether requests at this door name another host."""
        return self.trick in _ELSEWHERE and self._is_at(door)

    def _is_at(self, door: str) -> bool:
        return self.trick is not None and self.trick.startswith(door)

    def _headers(self, name: str, url: str, form: Mapping[str, str], door: str) -> dict[str, str]:
        trick = self.trick if self._is_at(door) else None
        if trick in _UNSIGNED:
            return {}
        if trick in _ELSEWHERE:
            url = moved(url, ELSEWHERE)
        account = Account(self.account.sid, f"not {self.account.token}") if trick in _FORGED else self.account
        return {name: account.sign(url, form)}


def moved(url: str, authority: str) -> str:
    """Return the URL with another host and port."""
    return urlunsplit(urlsplit(url)._replace(netloc=authority))


@dataclass(frozen=True)
class Reach:
    """The server's address as the world knows it (`public`), and where it is really asked (`server`).

    Addresses elsewhere are taken as they are.
    """

    server: str
    public: str

    def real(self, url: str) -> str:
        """Return where a public URL is asked; a wss:// one becomes ws:// when the server speaks no TLS."""
        asked, public, server = urlsplit(url), urlsplit(self.public), urlsplit(self.server)
        if _authority(asked.netloc, asked.scheme) != _authority(public.netloc, public.scheme):
            return url
        plain = server.scheme in {"http", "ws"}
        scheme = {"wss": "ws", "https": "http"}.get(asked.scheme, asked.scheme) if plain else asked.scheme
        return urlunsplit(asked._replace(scheme=scheme, netloc=server.netloc))


def _authority(netloc: str, scheme: str) -> str:
    """Return host and port, the port of the scheme left out."""
    usual = ":80" if scheme in {"http", "ws"} else ":443"
    return netloc.lower().removesuffix(usual)
