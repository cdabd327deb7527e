"""A request from outside in: its id, its log line, its metrics, and headers that keep browsers careful."""

import re
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from server.metrics import Metrics

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUIET = {"/health/live", "/health/ready", "/health", "/metrics"}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_log = structlog.get_logger("server")


@dataclass(frozen=True)
class Observe:
    """Names, times and logs every request; a header that a route has set stays as it is."""

    app: ASGIApp
    metrics: Metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = request_id_of(Headers(scope=scope))
        started, status = perf_counter(), 499

        async def send_dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(MutableHeaders(scope=message), request_id)
            await send(message)

        clear_contextvars()
        bind_contextvars(request_id=request_id)
        try:
            await self.app(scope, receive, send_dressed)
        finally:
            self._report(scope, status, perf_counter() - started)

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        route = template_of(scope)
        self.metrics.observe_request(scope["method"], route, status, seconds)
        level = "debug" if scope["path"] in _QUIET else "info"
        line = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 2)}
        getattr(_log, level)("request", **line)


def request_id_of(headers: Headers) -> str:
    """Take the client's name for a request, or make one."""
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid4().hex


def template_of(scope: Scope) -> str:
    """The path with its ids left out; one name for everything that matched no route."""
    return str(getattr(scope.get("route"), "path", "unmatched"))


def _dress(headers: MutableHeaders, request_id: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers["X-Request-ID"] = request_id
