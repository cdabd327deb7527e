"""The access token of an account: asked for once however many wait, and again when it has run out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from providers.google_account.account import Credentials
from providers.google_account.bridge import Bridge, Waiting
from providers.google_account.faults import read_document, refusal
from providers.google_account.sdk import load_sdk

Send = Callable[[str, str, bytes, Mapping[str, str]], Awaitable[tuple[int, bytes]]]
"""Sends method, address, body and headers; returns status and body."""


@dataclass(frozen=True)
class _Answer:
    """An answer as google-auth reads it."""

    status: int
    data: bytes
    headers: Mapping[str, str]


class Tokens:
    """Keeps one token. What google-auth would try again itself is raised instead: who asked decides that."""

    def __init__(self, provider: str, credentials: Credentials, bridge: Bridge) -> None:
        self._provider = provider
        self._credentials = credentials
        self._bridge = bridge
        self.lock = asyncio.Lock()
        self._refused: type[Exception] = load_sdk("google.auth.exceptions").GoogleAuthError

    async def token(self, send: Send) -> str:
        """Return a token that holds, asking for one where needed; whoever calls this holds `lock`.

        Raises:
            ProviderUnavailable: Google's token service does not answer.
            ProviderRejected: it says no to the account.
        """
        if not self._credentials.valid:
            await self._bridge.run(lambda waiting: self._refresh(waiting, send))
        if not self._credentials.token:
            raise ProviderUnavailable(self._provider, Fault.MALFORMED)
        return self._credentials.token

    def forget(self, token: str) -> None:
        """Use a token no more, since Google does not take it."""
        if self._credentials.token == token:
            self._credentials.token = None

    def _refresh(self, waiting: Waiting, send: Send) -> None:
        def request(
            url: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None, **_: Any
        ) -> _Answer:
            return self._checked(*waiting.wait_for(lambda: _sent(send, method, url, body or b"", headers or {})))

        try:
            self._credentials.refresh(request)
        except self._refused:
            message = f"{self._provider}: {Fault.CREDENTIALS} (no token for this account)"
            raise ProviderRejected(self._provider, Fault.CREDENTIALS, message) from None

    def _checked(self, status: int, body: bytes) -> _Answer:
        """Let google-auth see tokens and refusals only."""
        if status == 200:
            given = read_document(self._provider, body, changes=False)
            if not isinstance(given.get("access_token"), str) or not isinstance(given.get("expires_in", 1), int):
                raise ProviderUnavailable(self._provider, Fault.MALFORMED)
        elif status not in {400, 401, 403}:
            raise refusal(self._provider, status, body, changes=False)
        return _Answer(status, body, {"content-type": "application/json"})


async def _sent(send: Send, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    return await send(method, url, body, headers)
