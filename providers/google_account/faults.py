"""What Google's answers mean, as one of our errors. Google's own sentences are left out: they quote what was sent."""

from typing import Any

import orjson

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.effects import OutcomeUnknown

_TOO_MUCH = frozenset(
    {
        "calendarLimitsExceeded",
        "dailyLimitExceeded",
        "quotaExceeded",
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "RATE_LIMIT_EXCEEDED",
        "RESOURCE_EXHAUSTED",
    }
)
"""Reasons of a 403 that is a 429 in truth: https://developers.google.com/workspace/calendar/api/guides/errors"""
_KEYS = frozenset({"authError", "insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_REJECTED = {401: Fault.CREDENTIALS, 403: Fault.REFUSED, 404: Fault.ABSENT, 410: Fault.ABSENT}
_PASSING = {408: Fault.TIMEOUT, 412: Fault.SERVER, 425: Fault.SERVER, 429: Fault.RATE_LIMIT}


class GoogleRejected(ProviderRejected):
    """Google said no; `status` is HTTP's."""

    def __init__(self, provider: str, fault: Fault, status: int) -> None:
        super().__init__(provider, fault, f"{provider}: {fault} (HTTP {status})")
        self.status = status


def lost(provider: str, fault: Fault, *, changes: bool, retry_after: float | None = None) -> ProviderUnavailable:
    """Make the error for a request without an answer: one that changes things may have done so."""
    return (OutcomeUnknown if changes else ProviderUnavailable)(provider, fault, retry_after=retry_after)


def refusal(
    provider: str, status: int, body: bytes, *, changes: bool, retry_after: float | None = None
) -> ProviderError:
    """Make the error for an answer that is not 2xx."""
    if status >= 500:
        return lost(provider, Fault.SERVER, changes=changes, retry_after=retry_after)
    reasons = _reasons(body)
    if status == 403 and reasons & _TOO_MUCH:
        return ProviderUnavailable(provider, Fault.RATE_LIMIT, retry_after=retry_after)
    if status in _PASSING:
        return ProviderUnavailable(provider, _PASSING[status], retry_after=retry_after)
    if status == 403 and reasons & _KEYS:
        return GoogleRejected(provider, Fault.CREDENTIALS, status)
    return GoogleRejected(provider, _REJECTED.get(status, Fault.BAD_REQUEST), status)


def read_document(provider: str, body: bytes, *, changes: bool) -> dict[str, Any]:
    """Read an answer's JSON object; empty for no body.

    Raises:
        ProviderUnavailable: it is something else, as a proxy's page is.
    """
    if not body:
        return {}
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        document = None
    if not isinstance(document, dict):
        raise lost(provider, Fault.MALFORMED, changes=changes)
    return document


def _reasons(body: bytes) -> frozenset[str]:
    """Collect what an error gives as its reasons, in the older form (`errors`) and the newer (`status`, `details`)."""
    try:
        error = orjson.loads(body)["error"]
        given = [error.get("status"), *(each.get("reason") for each in _entries(error))]
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
        return frozenset()
    return frozenset(reason for reason in given if isinstance(reason, str))


def _entries(error: dict[str, Any]) -> list[dict[str, Any]]:
    return [*error.get("errors", ()), *error.get("details", ())]
