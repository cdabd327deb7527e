"""One question to a service over HTTP: within its time, its answer as JSON, its failures by name."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx

from domain.errors import Fault, ProviderUnavailable
from providers.langchain.faults import Translation

_LARGEST_ANSWER = 1 << 20


class Refusal(Exception):
    """The service answered with an error; `details` is its body, for the reason that may be in it."""

    def __init__(self, status_code: int, details: Any) -> None:
        super().__init__(f"HTTP {status_code}")
        self.status_code = status_code
        self.details = details


async def post(
    client: httpx.AsyncClient, provider: str, url: str, time_limit: timedelta, **request: Any
) -> dict[str, Any]:
    """Post a request and return the JSON object that answers it; being cancelled closes the connection.

    Raises:
        ProviderUnavailable: time-out, 429, 5xx, no connection, or an answer that cannot be read.
        ProviderRejected: credentials, or a request the service will never take.
    """
    if client.is_closed:
        raise ProviderUnavailable(provider, Fault.CONNECTION, f"{provider}: the recogniser is closed")
    with Translation(provider):
        async with asyncio.timeout(time_limit.total_seconds()), client.stream("POST", url, **request) as response:
            body = await _read(response)
        answer = _load(body)
        if not response.is_success:
            raise Refusal(response.status_code, answer)
    if not isinstance(answer, dict):
        raise ProviderUnavailable(provider, Fault.SERVER, f"{provider}: the answer is no JSON object")
    return answer


async def _read(response: httpx.Response) -> bytes:
    """Gather the body.

    Raises:
        httpx.DecodingError: there is no end to it.
    """
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > _LARGEST_ANSWER:
            raise httpx.DecodingError("The answer is too large.", request=response.request)
    return bytes(body)


def _load(body: bytes) -> Any:
    """Read JSON; None where it is none, as a proxy's page of HTML."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
