"""A server that asks for no credential, kept out of reach of web pages.

Paths that check their callers by a signature of their own (`guarded`) may be reached from anywhere.
A page may send requests to a loopback address through its visitor's browser, directly (its Origin shows) or under a
name that it has pointed there (the Host shows). Neither is served while everybody is an administrator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.errors import Forbidden
from server.middleware.paths import under
from server.problems import problem_response


@dataclass(frozen=True)
class LocalOnly:
    """Refuses requests that were not meant for this machine."""

    app: ASGIApp
    origins: Sequence[str] = ()
    guarded: Sequence[str] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request or WebSocket pass, or answer 403."""
        asked = scope["type"] in ("http", "websocket") and not under(scope["path"], self.guarded)
        if asked and not self._is_local(Headers(scope=scope)):
            refusal = Forbidden("Without a secret, only requests from this machine to a loopback name are served.")
            await problem_response(refusal)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_local(self, headers: Headers) -> bool:
        host, origin = headers.get("host"), headers.get("origin")
        if host is not None and not is_loopback(host_name(f"//{host}")):
            return False
        return origin is None or origin in self.origins or is_loopback(host_name(origin))


def host_name(url: str) -> str:
    """Take the host out of a URL; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
