"""Which fault an exception of a model's client stands for, told without importing any vendor."""

from types import TracebackType
from typing import Any

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable

_RETRYABLE = frozenset({Fault.TIMEOUT, Fault.RATE_LIMIT, Fault.SERVER, Fault.CONNECTION})

_BY_REASON = {"API_KEY_INVALID": Fault.CREDENTIALS, "API_KEY_SERVICE_BLOCKED": Fault.CREDENTIALS}
"""Google's ErrorInfo reasons that say more than their status: a wrong key is a 400 there."""

_BY_STATUS = {
    401: Fault.CREDENTIALS,
    403: Fault.CREDENTIALS,
    408: Fault.TIMEOUT,
    429: Fault.RATE_LIMIT,
}

_BY_TYPE = {
    # LangChain's own classes, which several integrations inherit from
    "ModelAuthenticationError": Fault.CREDENTIALS,
    "ModelPermissionDeniedError": Fault.CREDENTIALS,
    "ModelInvalidRequestError": Fault.BAD_REQUEST,
    "ModelNotFoundError": Fault.BAD_REQUEST,
    "ContextOverflowError": Fault.BAD_REQUEST,
    "ModelRateLimitError": Fault.RATE_LIMIT,
    "ModelAPIError": Fault.SERVER,
    "ModelConnectionError": Fault.CONNECTION,
    "ModelTimeoutError": Fault.TIMEOUT,
    # the language, httpx and the SDKs built on it
    "TimeoutError": Fault.TIMEOUT,
    "TimeoutException": Fault.TIMEOUT,
    "APITimeoutError": Fault.TIMEOUT,
    "ConnectionError": Fault.CONNECTION,
    "TransportError": Fault.CONNECTION,
    "APIConnectionError": Fault.CONNECTION,
    # an answer that is not one
    "JSONDecodeError": Fault.SERVER,
    "DecodingError": Fault.SERVER,
    "UnknownApiResponseError": Fault.SERVER,
    "APIResponseValidationError": Fault.SERVER,
    "ValidationError": Fault.SERVER,
    "ValueError": Fault.SERVER,  # a number of more digits than Python reads
    "RecursionError": Fault.SERVER,  # values in values without end
}
"""Class names, looked up along the method resolution order: the most specific one decides."""


class Translation:
    """Turn the exceptions of a model's client into provider errors; others pass.

    The vendor's text may hold the key or the caller's words, so it is neither repeated nor chained:
    the message names provider, fault, exception class and HTTP status.

    Raises:
        ProviderUnavailable: time-out, 429, 5xx, no connection, an unreadable answer.
        ProviderRejected: credentials, or a request the provider will never take.
    """

    def __init__(self, provider: str) -> None:
        self._provider = provider

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and (fault := fault_of(error)) is not None:
            raise _provider_error(self._provider, fault, error) from None


def fault_of(error: Exception) -> Fault | None:
    """Name the fault an exception stands for; None for one that no model's client raises on purpose."""
    return _fault_by_reason(error) or _fault_by_status(error) or _fault_by_type(error)


def _provider_error(provider: str, fault: Fault, error: Exception) -> ProviderError:
    status = status_of(error)
    kind = type(error).__name__ + (f", HTTP {status}" if status else "")
    raised = ProviderUnavailable if fault in _RETRYABLE else ProviderRejected
    return raised(provider, fault, f"{provider}: {fault} ({kind})")


def status_of(error: BaseException) -> int | None:
    """Find the HTTP status on an exception, its response or what caused it."""
    response = getattr(error, "response", None)
    for holder, name in ((error, "status_code"), (error, "code"), (response, "status_code")):
        status = getattr(holder, name, None)
        if isinstance(status, int) and 300 <= status <= 599:
            return status
    return status_of(error.__cause__) if error.__cause__ else None


def _fault_by_status(error: Exception) -> Fault | None:
    status = status_of(error)
    if status is None:
        return None
    client_fault = Fault.BAD_REQUEST if 400 <= status < 500 else Fault.SERVER
    return _BY_STATUS.get(status, client_fault)


def _fault_by_type(error: Exception) -> Fault | None:
    names = (base.__name__ for base in type(error).__mro__)
    return next((_BY_TYPE[name] for name in names if name in _BY_TYPE), None)


def _fault_by_reason(error: BaseException) -> Fault | None:
    reasons = (_BY_REASON.get(reason) for reason in _reasons(getattr(error, "details", None)))
    found = next((fault for fault in reasons if fault), None)
    if found is None and error.__cause__:
        return _fault_by_reason(error.__cause__)
    return found


def _reasons(body: Any) -> list[str]:
    """Read `error.details[].reason` from an error body of Google's form."""
    failure = body.get("error", body) if isinstance(body, dict) else None
    details = failure.get("details") if isinstance(failure, dict) else None
    if not isinstance(details, list):
        return []
    reasons = (detail.get("reason") for detail in details if isinstance(detail, dict))
    return [reason for reason in reasons if isinstance(reason, str)]
