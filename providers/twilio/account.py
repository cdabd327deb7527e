"""Whose Twilio account it is, and under which public address it reaches this service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from domain.errors import ConfigError

VOICE = "/twilio/voice"
MEDIA = "/twilio/media"
RELAY = "/twilio/relay"
STATUS = "/twilio/status"
AMD = "/twilio/amd"
BRIEFING = "/twilio/briefing"
GUARDED = "/twilio"
"""All paths of the router lie below this one; each checks Twilio's signature itself."""


@dataclass(frozen=True)
class TwilioAccount:
    """An account as Twilio's console shows it.

    `auth_tokens` holds the primary token and, while that is being replaced, the secondary one; without any, every
    request is refused. `public_url` is the https address Twilio reaches; a path in it is one that a proxy takes off.

    Raises:
        ConfigError: the address is not one that Twilio can stream to.
    """

    account_sid: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    public_url: str

    def __post_init__(self) -> None:
        """Refuse an address that cannot work: streams go to wss addresses without a query only."""
        parts = urlsplit(self.public_url)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
            raise ConfigError("Twilio's public URL must be https://HOST, with a path or none, and no query.")
        if not self.account_sid:
            raise ConfigError("Twilio's account SID is empty; it begins with AC and is on the console's first page.")

    def url(self, path: str, query: Mapping[str, str] | None = None) -> str:
        """The https address of one of our paths; a query without values is left out."""
        wanted = urlencode({name: value for name, value in (query or {}).items() if value})
        return f"{self.public_url.rstrip('/')}{path}{f'?{wanted}' if wanted else ''}"

    def socket_url(self, path: str) -> str:
        """The wss address of one of our paths."""
        return f"wss://{self.url(path).removeprefix('https://')}"
