"""Who is there, and not too often: before a byte of the body is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import RequestError, Unauthenticated
from server.middleware.paths import under
from server.problems import problem_response
from server.security.credentials import Credentials, bearer_of
from server.security.rate_limit import RateLimiter
from server.security.roles import Caller

UNCOUNTED = ("/health", "/docs", "/openapi.json")


@dataclass(frozen=True)
class Gate:
    """Checks a credential where one is shown, counts the request, and leaves the caller in the request's state."""

    app: ASGIApp
    credentials: Credentials
    limiter: RateLimiter
    uncounted: Sequence[str] = UNCOUNTED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request or WebSocket pass, or answer it."""
        if scope["type"] not in ("http", "websocket") or under(scope["path"], self.uncounted):
            await self.app(scope, receive, send)
            return
        try:
            scope["state"]["caller"] = await self._admit(scope)
        except RequestError as error:
            await problem_response(error)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _admit(self, scope: Scope) -> Caller | None:
        address = scope["client"][0] if scope.get("client") else "unknown"
        try:
            secret = bearer_of(Headers(scope=scope).get("authorization"))
            caller = await self.credentials.check(secret) if secret else self.credentials.local
        except Unauthenticated:
            self.limiter.count(None, address)
            raise
        self.limiter.count(caller, address)
        return caller
