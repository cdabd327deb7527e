"""A Google account, read from the JSON that Google hands out: a service account's key, or a user's OAuth token."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import orjson

from domain.errors import ConfigError
from providers.google_account.sdk import load_sdk

_TOKEN_URL = "https://oauth2.googleapis.com/token"
_NEEDED = {
    "service_account": ("client_email", "private_key", "token_uri"),
    "authorized_user": ("client_id", "client_secret", "refresh_token"),
}
_MOST_BYTES = 65_536


class Credentials(Protocol):
    """What is used of google-auth's credentials."""

    token: str | None

    @property
    def valid(self) -> bool:
        """True while the token holds for some minutes more."""
        ...

    def refresh(self, request: Any) -> None:
        """Ask for a token by way of `request`; blocks."""
        ...


@dataclass(frozen=True)
class GoogleAccount:
    """Who asks. `subject` is the user for whom a service account acts, where the domain lets it (delegation)."""

    document: dict[str, Any] = field(repr=False)
    subject: str | None = None

    def credentials(self, scopes: Sequence[str]) -> Credentials:
        """Make credentials that may do what the scopes say (ConfigError when the key is none)."""
        if self.document["type"] == "authorized_user":
            return self._users(scopes)
        sdk = load_sdk("google.oauth2.service_account")
        try:
            made: Credentials = sdk.Credentials.from_service_account_info(
                self.document, scopes=list(scopes), subject=self.subject
            )
        except ValueError as error:
            raise ConfigError("The private key of the Google service account cannot be read.") from error
        return made

    def _users(self, scopes: Sequence[str]) -> Credentials:
        given = self.document
        made: Credentials = load_sdk("google.oauth2.credentials").Credentials(
            token=None,
            refresh_token=given["refresh_token"],
            token_uri=given.get("token_uri", _TOKEN_URL),
            client_id=given["client_id"],
            client_secret=given["client_secret"],
            scopes=list(scopes),
        )
        return made


def build_google_account(text: str | bytes, subject: str | None = None) -> GoogleAccount:
    """Make an account of its JSON.

    Raises:
        ConfigError: it is not the JSON of an account, or lacks a field; nothing of it is repeated.
    """
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise ConfigError("The Google credentials are not JSON.") from None
    kind = document.get("type") if isinstance(document, dict) else None
    if not isinstance(kind, str) or kind not in _NEEDED:
        raise ConfigError("The Google credentials must be of type service_account or authorized_user.")
    missing = [name for name in _NEEDED[kind] if not isinstance(document.get(name), str) or not document[name]]
    if missing:
        raise ConfigError(f"The Google credentials lack {', '.join(missing)}.")
    if subject and kind == "authorized_user":
        raise ConfigError("Only a service account can act for another user; leave the subject out.")
    return GoogleAccount(document, subject or None)


def load_google_account(path: Path, subject: str | None = None) -> GoogleAccount:
    """Read an account from a file (ConfigError as `build_google_account`, or when the file cannot be read)."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES)
    except OSError as error:
        raise ConfigError(f"The Google credentials at {path} cannot be read ({type(error).__name__}).") from error
    return build_google_account(text, subject)
