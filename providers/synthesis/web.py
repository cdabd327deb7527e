"""One question to a speech service over HTTP, its answer read as it comes; nothing is asked twice."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from ssl import SSLContext
from typing import Any

import httpx

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable

KEEP_ALIVE = timedelta(seconds=300)
"""How long an idle connection is kept: a caller's sentences come seconds apart, and TLS costs a sentence dear."""

_LIMITS = httpx.Limits(max_connections=512, max_keepalive_connections=64, keepalive_expiry=KEEP_ALIVE.total_seconds())
_FAULTS = {401: Fault.CREDENTIALS, 402: Fault.CREDENTIALS, 403: Fault.CREDENTIALS, 408: Fault.TIMEOUT}
_FAULTS |= {429: Fault.RATE_LIMIT}
_PASSING = frozenset({Fault.TIMEOUT, Fault.RATE_LIMIT, Fault.SERVER})
_REFUSAL_BYTES = 16_384


@dataclass(frozen=True)
class Question:
    """One POST: where, with which query, and its JSON body."""

    path: str
    body: Mapping[str, Any]
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """One vendor's address, and what its answers look like.

    `sends` are the media types it may answer with, or their beginnings; `never` are those of them that are no use;
    `bad_key` is what a refusal says when it means the key and its status does not tell.
    """

    provider: str
    client: httpx.AsyncClient
    sends: tuple[str, ...] = ("audio/", "application/octet-stream")
    never: tuple[str, ...] = ()
    bad_key: bytes = b"\0"

    async def ask(self, question: Question) -> AsyncIterator[bytes]:
        """Ask, and yield the answer's bytes as they come; leaving early closes the connection.

        Raises:
            ProviderUnavailable: time-out, 408, 429, 5xx, no connection or a broken one, an answer of another kind.
            ProviderRejected: any other refusal.
        """
        if self.client.is_closed:
            raise ProviderUnavailable(self.provider, Fault.ABSENT, f"{self.provider} is closed")
        with _translation(self.provider):
            sending = self.client.stream("POST", question.path, params=question.query, json=question.body)
            async with sending as answer:
                await self._check(answer)
                async for chunk in answer.aiter_bytes():
                    yield chunk

    async def _check(self, answer: httpx.Response) -> None:
        if answer.status_code != httpx.codes.OK:
            raise refusal(self.provider, answer.status_code, bad_key=self.bad_key in await _beginning(answer))
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and (not kind.startswith(self.sends) or kind.startswith(self.never or "\0")):
            raise ProviderUnavailable(
                self.provider, Fault.MALFORMED, f"{self.provider}: {Fault.MALFORMED} (not the kind that was asked for)"
            )


@asynccontextmanager
async def open_client(
    provider: str, base_url: str, headers: Mapping[str, str], time_limit: timedelta
) -> AsyncIterator[httpx.AsyncClient]:
    """Keep connections to one address until the end of the block; no wait is longer than `time_limit`.

    Raises:
        ConfigError: the address or the key cannot be one.
    """
    if not base_url.startswith(("http://", "https://")):
        raise ConfigError(f"{provider}: the address must begin with http:// or https://, not as {base_url!r} does")
    if not all(value.isascii() and value.isprintable() for value in headers.values()):
        raise ConfigError(f"{provider}: the key holds characters that no key has; copy it again")
    async with httpx.AsyncClient(
        base_url=base_url,
        headers={"accept-encoding": "identity", **headers},
        timeout=time_limit.total_seconds(),
        limits=_LIMITS,
        verify=_load_trust(),
    ) as client:
        yield client


@cache
def _load_trust() -> SSLContext:
    """Load the certificates to trust, once for all services: it takes 30 ms."""
    return httpx.create_ssl_context()


def refusal(provider: str, status: int, *, bad_key: bool = False) -> ProviderError:
    """Build the error for an HTTP status that is not 200; a redirection is a service that is not there."""
    usual = Fault.BAD_REQUEST if 400 <= status < 500 else Fault.SERVER
    fault = Fault.CREDENTIALS if bad_key else _FAULTS.get(status, usual)
    raised = ProviderUnavailable if fault in _PASSING else ProviderRejected
    return raised(provider, fault, f"{provider}: {fault} (HTTP {status})")


async def _beginning(answer: httpx.Response) -> bytes:
    """Read the start of a refusal; what cannot be read is not needed."""
    said = b""
    with suppress(httpx.HTTPError):
        async for chunk in answer.aiter_bytes():
            said += chunk
            if len(said) >= _REFUSAL_BYTES:
                break
    return said


@contextmanager
def _translation(provider: str) -> Iterator[None]:
    """Turn httpx's errors into ours; their texts, which may hold an address with a key, are not repeated."""
    try:
        yield
    except httpx.TimeoutException as error:
        fault, kind = Fault.TIMEOUT, type(error).__name__
    except (httpx.TransportError, httpx.StreamError) as error:
        fault, kind = Fault.CONNECTION, type(error).__name__
    except httpx.DecodingError as error:
        fault, kind = Fault.MALFORMED, type(error).__name__
    else:
        return
    raise ProviderUnavailable(provider, fault, f"{provider}: {fault} ({kind})") from None
