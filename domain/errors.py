"""Every error Parley raises on purpose: a stable code, and whether trying again can help.

ParleyError(code, retryable)
├── ConfigError                    start-up; never caught
├── RequestError(status, field)    the request is wrong; `status` is its HTTP status
│   ├── InvalidInput       422     a field's value cannot be used
│   ├── Unauthenticated    401     no credential, or one that does not hold
│   ├── Forbidden          403     the credential's role may not do this
│   ├── NotFound           404     no such session, turn, ... (or another tenant's)
│   ├── Conflict           409     same id with another body
│   ├── SessionClosed      409     a turn for a session that has ended
│   ├── TooLarge           413     text, audio or body over its limit
│   ├── RateLimited        429     too many requests; `retry_after` says when
│   └── Unavailable        503     the service cannot take it now; `retry_after` says when
├── ProviderError(provider, fault) an outside service or engine could not do its work
│   ├── ProviderUnavailable        retryable: time-out, 429, 5xx, no connection
│   └── ProviderRejected           permanent: credentials, bad request, unusable input
├── Overtaken                      somebody else was faster: what was to be changed is no longer as it was read
├── LineClosed                     the other end of a line is gone; what was to be said was not
├── NotDelivered(retry_after)      an outbox entry did not arrive, or nobody knows whether it did
└── ToolRefused                    a business rule said no: an answer, not a failure
"""

from collections.abc import Mapping
from enum import StrEnum
from traceback import extract_tb
from typing import Any


class Fault(StrEnum):
    """Why a provider could not answer; stable, countable, safe to show (`degraded` names it)."""

    TIMEOUT = "timeout"
    RATE_LIMIT = "rate_limit"
    SERVER = "server"
    CONNECTION = "connection"
    CREDENTIALS = "credentials"
    BAD_REQUEST = "bad_request"
    BLOCKED = "blocked"
    REFUSED = "refused"
    MAX_TOKENS = "max_tokens"
    MALFORMED_CALL = "malformed_call"
    EMPTY = "empty"
    ECHO = "echo"
    OVERLONG = "overlong"
    LOSSY = "lossy"
    MALFORMED = "malformed"
    BAD_AUDIO = "bad_audio"
    ABSENT = "absent"


class ParleyError(Exception):
    """Something Parley foresaw went wrong."""

    code = "error"
    retryable = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)

    @property
    def message(self) -> str:
        """The sentence meant for whoever has to act on it."""
        return str(self)


class ConfigError(ParleyError):
    """A setting is missing or cannot work; the message names it and the remedy."""

    code = "config"


class RequestError(ParleyError):
    """The request cannot be served as it is."""

    code = "request"
    status = 400

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class InvalidInput(RequestError):
    """A value cannot be used."""

    code = "invalid_input"
    status = 422


class Unauthenticated(RequestError):
    """No valid credential came with the request."""

    code = "unauthenticated"
    status = 401


class Forbidden(RequestError):
    """This credential's role may not do that."""

    code = "forbidden"
    status = 403


class NotFound(RequestError):
    """There is no such thing here."""

    code = "not_found"
    status = 404


class Conflict(RequestError):
    """The id is taken by a request with another body."""

    code = "conflict"
    status = 409


class SessionClosed(RequestError):
    """The session has ended; it takes no more turns."""

    code = "session_closed"
    status = 409


class TooLarge(RequestError):
    """The input is over its limit."""

    code = "too_large"
    status = 413


class RateLimited(RequestError):
    """Too many requests for this credential."""

    code = "rate_limited"
    status = 429
    retryable = True

    def __init__(self, message: str | None = None, *, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(RequestError):
    """The service cannot take this right now."""

    code = "unavailable"
    status = 503
    retryable = True

    def __init__(self, message: str | None = None, *, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ProviderError(ParleyError):
    """An outside service or engine could not do its work."""

    code = "provider"

    def __init__(self, provider: str, fault: Fault, message: str | None = None) -> None:
        super().__init__(message or f"{provider}: {fault}")
        self.provider = provider
        self.fault = fault


class ProviderUnavailable(ProviderError):
    """The provider may answer if asked again; `retry_after` is for how many seconds it asks to be left alone."""

    retryable = True

    def __init__(
        self, provider: str, fault: Fault, message: str | None = None, *, retry_after: float | None = None
    ) -> None:
        super().__init__(provider, fault, message)
        self.retry_after = retry_after


class ProviderRejected(ProviderError):
    """The provider will not answer this, however often it is asked."""


class Overtaken(ParleyError):
    """Somebody else was faster: what was to be changed is no longer as it was read."""

    code = "overtaken"
    retryable = True


class LineClosed(ParleyError):
    """The other end of the line is gone."""

    code = "line_closed"


class NotDelivered(ParleyError):
    """What was to leave for the outside did not arrive; the message says why, and holds nothing personal."""

    code = "not_delivered"

    def __init__(self, message: str, *, again: bool, sent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.again = again
        self.sent = sent
        """True when the service may have acted on it."""
        self.retry_after = retry_after


class ToolRefused(ParleyError):
    """A business rule said no; the message can be said to the caller, `result` is what else the answer holds."""

    code = "declined"

    def __init__(self, message: str | None = None, result: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.result = dict(result or {})


def place_of(error: BaseException) -> str:
    """Say what broke and where, for a log: never with the error's own text, which may hold a caller's words."""
    frames = extract_tb(error.__traceback__)
    where = f" at {frames[-1].filename}:{frames[-1].lineno} in {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}{where}"
