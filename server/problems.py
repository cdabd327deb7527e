"""Errors as problem documents (RFC 9457): the same shape whoever raised it, and nothing of our insides."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from domain.errors import (
    NotFound,
    ParleyError,
    ProviderError,
    RateLimited,
    RequestError,
    Unauthenticated,
    Unavailable,
    place_of,
)
from server.field_errors import field_name, plain_message, shown
from server.schemas.problems import FieldError, Problem

_log = structlog.get_logger("server")

PROBLEM_TYPE = "application/problem+json"
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")

TITLES = {
    "malformed": "Malformed request",
    "unauthenticated": "Credential needed",
    "forbidden": "Not allowed",
    "not_found": "Not found",
    "method_not_allowed": "Method not allowed",
    "timeout": "Too slow",
    "conflict": "Conflict",
    "session_closed": "Session closed",
    "too_large": "Too large",
    "head_too_large": "Head too large",
    "unsupported_media_type": "Unsupported media type",
    "invalid_input": "Invalid input",
    "rate_limited": "Too many requests",
    "internal": "Internal error",
    "unavailable": "Unavailable",
}
_BY_STATUS = {
    400: ("malformed", "The body cannot be parsed."),
    404: ("not_found", "There is no such path."),
    405: ("method_not_allowed", "The path does not know this method."),
}


class Malformed(RequestError):
    """The body cannot be parsed."""

    code = "malformed"
    status = 400


class Timeout(RequestError):
    """The request did not arrive in time."""

    code = "timeout"
    status = 408


class HeadTooLarge(RequestError):
    """The request line and headers are over their limit."""

    code = "head_too_large"
    status = 431


class UnsupportedMediaType(RequestError):
    """The body is of a type that is not read here."""

    code = "unsupported_media_type"
    status = 415


class BodyRefused(HTTPException):
    """A reason to stop reading a body; an HTTPException, since no framework layer swallows those."""

    def __init__(self, reason: RequestError) -> None:
        super().__init__(reason.status)
        self.reason = reason


def build_problem(code: str, status: int, detail: str, errors: Sequence[FieldError] = ()) -> Problem:
    """Put a problem document together."""
    return Problem(
        type=f"urn:parley:problem:{code}",
        title=TITLES[code],
        status=status,
        code=code,
        detail=shown(detail),
        errors=list(errors) or None,
    )


def field_error(field: str, message: str) -> FieldError:
    """Tell one field's error; a field that a client made up may have any name."""
    return FieldError(field=shown(field), message=shown(message))


def problem_of(error: Exception) -> Problem:
    """Say what went wrong; an error that nobody foresaw says only that."""
    match error:
        case BodyRefused():
            return problem_of(error.reason)
        case RequestValidationError():
            return _validation_problem(error)
        case RequestError(field=str(field)):
            return build_problem(error.code, error.status, error.message, [field_error(field, error.message)])
        case RequestError():
            return build_problem(error.code, error.status, error.message)
        case ProviderError(retryable=True):
            return build_problem("unavailable", 503, "An outside service does not answer.")
        case HTTPException(status_code=status) if status in _BY_STATUS:
            code, detail = _BY_STATUS[status]
            return build_problem(code, status, detail)
        case _:
            return build_problem("internal", 500, "Something failed here. The request id is in X-Request-ID.")


def headers_of(error: Exception) -> dict[str, str]:
    """The headers that belong to an error's answer."""
    match error:
        case Unauthenticated():
            return {"WWW-Authenticate": "Bearer"}
        case RateLimited() | Unavailable():
            return {"Retry-After": str(max(1, math.ceil(error.retry_after)))}
        case ProviderError(retryable=True):
            return {"Retry-After": "1"}
        case HTTPException(headers=Mapping() as headers):
            return dict(headers)
        case _:
            return {}


def problem_response(error: Exception) -> JSONResponse:
    """Answer a request with its problem document."""
    problem = problem_of(error)
    return JSONResponse(problem.model_dump(exclude_none=True), problem.status, headers_of(error), PROBLEM_TYPE)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every foreseen error with its document."""
    for kind in (ParleyError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _answer)


async def answer_unknown_path(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request or WebSocket that no route takes."""
    await problem_response(NotFound(_BY_STATUS[404][1]))(scope, receive, send)


async def _answer(request: Request, error: Exception) -> JSONResponse:
    response = problem_response(error)
    if response.status_code == 405:  # raised by one route, and others of the same path know other methods
        response.headers["Allow"] = ", ".join(_methods_of(request))
    if response.status_code == 500:
        _log.error("request_failed", error=place_of(error), code=getattr(error, "code", "internal"))
    return response


def _methods_of(request: Request) -> list[str]:
    def is_known(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    return [method for method in _METHODS if is_known(method)]


def _validation_problem(error: RequestValidationError) -> Problem:
    found: list[dict[str, Any]] = list(error.errors())
    if any(entry["type"] == "json_invalid" for entry in found):
        return build_problem("malformed", 400, "The body is not JSON.")
    errors = [field_error(field_name(entry), plain_message(entry)) for entry in found[:20]]
    detail = "; ".join(f"{entry.field}: {entry.message}" for entry in errors[:3])
    return build_problem("invalid_input", 422, detail, errors)
