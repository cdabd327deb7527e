"""Requests to Google: built by its SDKs, sent from the event loop, all those of one call under one time limit."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from ssl import SSLContext
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import httpx

from domain.errors import ConfigError, Fault
from ports.clock import SystemClock
from providers.google_account.account import GoogleAccount
from providers.google_account.bridge import Bridge
from providers.google_account.faults import lost, read_document, refusal
from providers.google_account.tokens import Tokens
from providers.retry_after import seconds_asked

TIME_LIMIT = timedelta(seconds=10)
"""For everything that one call of a port asks, its token included; shorter than a try of a delivery."""
_CONNECT_SECONDS = 5.0
_UNAUTHORIZED = 401
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True)
class Ask:
    """One request as an SDK built it."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """True when it can change something."""
        return self.method != "GET"


class Answer(NamedTuple):
    """What came back; `retry_after` is the header."""

    status: int
    body: bytes
    retry_after: str | None = None


def build_ask(
    http: object,
    postproc: object,
    uri: str,
    method: str = "GET",
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    methodId: str | None = None,  # noqa: N803
    resumable: object = None,
) -> Ask:
    """Make a request of what google-api-python-client hands to its `requestBuilder`, whose signature this is."""
    return Ask(method, uri, body.encode() if isinstance(body, str) else body or b"", headers or {})


class GoogleWire:
    """The connections, and who we are."""

    def __init__(
        self,
        provider: str,
        client: httpx.AsyncClient,
        tokens: Tokens,
        base_url: str | None,
        limit: float,
    ) -> None:
        self.provider = provider
        self.tokens = tokens
        self._client = client
        self._base = urlsplit(base_url) if base_url else None
        self._limit = limit

    def begin(self) -> "Exchange":
        """Begin the requests of one call; its time limit runs from now."""
        return Exchange(self, asyncio.get_running_loop().time() + self._limit)

    async def send(self, ask: Ask) -> Answer:
        """Send one request and return its answer (httpx.HTTPError)."""
        answer = await self._client.request(
            ask.method, self._placed(ask.url), content=ask.body, headers=dict(ask.headers)
        )
        return Answer(answer.status_code, answer.content, answer.headers.get("retry-after"))

    def _placed(self, url: str) -> str:
        """Put another server for Google's, where one was given; paths stay."""
        if self._base is None:
            return url
        _, _, path, query, _ = urlsplit(url)
        return urlunsplit((self._base.scheme, self._base.netloc, self._base.path.rstrip("/") + path, query, ""))


class Exchange:
    """The requests of one call."""

    def __init__(self, wire: GoogleWire, deadline: float) -> None:
        self._wire = wire
        self._deadline = deadline

    async def send(self, ask: Ask) -> dict[str, Any]:
        """Send a request and return the document it is answered with.

        A token that Google takes no longer is replaced once: a request that was refused for it did nothing.

        Raises:
            OutcomeUnknown: it can change something, it left, and no answer to rely on came.
            ProviderUnavailable: time-out, 429, 5xx, no connection, an answer that is no JSON.
            GoogleRejected: any other refusal.
        """
        provider, changes = self._wire.provider, ask.changes
        answer = await self._authorized(ask)
        if answer.status == _UNAUTHORIZED:
            answer = await self._authorized(ask)
        if not 200 <= answer.status < 300:
            asked = seconds_asked(answer.retry_after, SystemClock().now())
            raise refusal(provider, answer.status, answer.body, changes=changes, retry_after=asked)
        return read_document(provider, answer.body, changes=changes)

    @asynccontextmanager
    async def hold(self, lock: asyncio.Lock | asyncio.Semaphore) -> AsyncIterator[None]:
        """Hold a lock for the block, having waited for it no longer than the time limit (ProviderUnavailable)."""
        try:
            async with asyncio.timeout_at(self._deadline):
                await lock.acquire()
        except TimeoutError:
            raise lost(self._wire.provider, Fault.TIMEOUT, changes=False) from None
        try:
            yield
        finally:
            lock.release()

    async def _authorized(self, ask: Ask) -> Answer:
        token = await self._token()
        headers = {**ask.headers, "authorization": f"Bearer {token}"}
        answer = await self._limited(Ask(ask.method, ask.url, ask.body, headers), changes=ask.changes)
        if answer.status == _UNAUTHORIZED:
            self._wire.tokens.forget(token)
        return answer

    async def _token(self) -> str:
        async def ask(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
            answer = await self._limited(Ask(method, url, body, headers), changes=False)
            return answer.status, answer.body

        async with self.hold(self._wire.tokens.lock):
            return await self._wire.tokens.token(ask)

    async def _limited(self, ask: Ask, *, changes: bool) -> Answer:
        provider = self._wire.provider
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._wire.send(ask)
        except httpx.ConnectTimeout:
            raise lost(provider, Fault.TIMEOUT, changes=False) from None
        except _NEVER_SENT:
            raise lost(provider, Fault.CONNECTION, changes=False) from None
        except (TimeoutError, httpx.TimeoutException):
            raise lost(provider, Fault.TIMEOUT, changes=changes) from None
        except httpx.HTTPError:
            raise lost(provider, Fault.CONNECTION, changes=changes) from None


@asynccontextmanager
async def open_google(
    provider: str,
    account: GoogleAccount,
    scopes: Sequence[str],
    *,
    base_url: str | None = None,
    time_limit: timedelta = TIME_LIMIT,
) -> AsyncIterator[GoogleWire]:
    """Open the way to Google for one of its services; `base_url` stands in for all of Google's servers.

    Raises:
        ConfigError: the SDK is not installed, or the account or the address cannot be one.
    """
    if base_url is not None and urlsplit(base_url).scheme not in {"http", "https"}:
        raise ConfigError(f"{provider}: the address must begin with http:// or https://.")
    bridge = Bridge(provider)
    try:
        credentials = await asyncio.to_thread(account.credentials, scopes)
        seconds = time_limit.total_seconds()
        timeouts = httpx.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds))
        trust = await asyncio.to_thread(_load_trust)
        async with httpx.AsyncClient(timeout=timeouts, follow_redirects=False, verify=trust) as client:
            yield GoogleWire(provider, client, Tokens(provider, credentials, bridge), base_url, seconds)
    finally:
        bridge.close()


@cache
def _load_trust() -> SSLContext:
    """Load the certificates to trust, once for all of Google's services."""
    return httpx.create_ssl_context()
