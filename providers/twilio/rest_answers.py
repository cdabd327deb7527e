"""What the REST interface answers, as data or as an error.

Twilio's own sentences are left out of errors, since they quote numbers; its error numbers are kept, and looked up at
https://www.twilio.com/docs/api/errors.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable

NAME = "twilio"
_REJECTED = {401: Fault.CREDENTIALS, 403: Fault.REFUSED, 404: Fault.ABSENT}
_UNAVAILABLE = {408: Fault.TIMEOUT, 429: Fault.RATE_LIMIT}


class TwilioRejected(ProviderRejected):
    """Twilio said no; `number` is its own for the reason."""

    def __init__(self, fault: Fault, status: int, number: int | None) -> None:
        super().__init__(NAME, fault, f"{NAME}: {fault} ({status}{'' if number is None else f', error {number}'})")
        self.number = number


def read_answer(response: httpx.Response) -> dict[str, Any]:
    """Read an answer.

    Raises:
        TwilioRejected: it is a refusal.
        ProviderUnavailable: it is not an answer to rely on.
    """
    status, document = response.status_code, _document(response)
    if 200 <= status < 300:
        if document is None:
            raise malformed()
        return document
    if 400 <= status < 500 and status not in _UNAVAILABLE:
        number = (document or {}).get("code")
        fault = _REJECTED.get(status, Fault.BAD_REQUEST)
        raise TwilioRejected(fault, status, number if isinstance(number, int) else None)
    raise ProviderUnavailable(NAME, _UNAVAILABLE.get(status, Fault.SERVER))


def malformed() -> ProviderError:
    """Make the error for an answer that is not what Twilio documents."""
    return ProviderUnavailable(NAME, Fault.MALFORMED)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what may happen on the way to Twilio as ProviderUnavailable."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise ProviderUnavailable(NAME, Fault.TIMEOUT) from error
    except httpx.HTTPError as error:
        raise ProviderUnavailable(NAME, Fault.CONNECTION) from error


def _document(response: httpx.Response) -> dict[str, Any] | None:
    try:
        document = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return None
    return document if isinstance(document, dict) else None
