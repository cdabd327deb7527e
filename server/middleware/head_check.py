"""The request line and headers: no larger than they may be, and for one host."""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import RequestError
from server.problems import HeadTooLarge, Malformed, problem_response

MAX_HEAD_BYTES = 32_768


@dataclass(frozen=True)
class HeadCheck:
    """Refuses a head over its limit, and one whose Host is missing or doubled (RFC 9112, 3.2)."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request or WebSocket pass, or answer it."""
        fault = find_fault(scope) if scope["type"] in ("http", "websocket") else None
        if fault is not None:
            await problem_response(fault)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def find_fault(scope: Scope) -> RequestError | None:
    """Say what is wrong with a head, if anything is."""
    if head_bytes(scope) > MAX_HEAD_BYTES:
        return head_too_large()
    hosts = sum(name == b"host" for name, _ in scope["headers"])
    if hosts > 1 or (hosts == 0 and scope.get("http_version") != "1.0"):
        return Malformed("A request has one Host header.")
    return None


def head_bytes(scope: Scope) -> int:
    """Count a head: its target, and each header with the four bytes around it."""
    target = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
    return target + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


def head_too_large() -> HeadTooLarge:
    """The one answer for a head over its limit, whoever finds it."""
    return HeadTooLarge(f"The request line and headers have more than {MAX_HEAD_BYTES:,} bytes.")
