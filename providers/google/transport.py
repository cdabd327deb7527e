"""The HTTP transport under Gemini's client: httpx, with connections kept between turns.

Naming a transport also keeps google-genai off aiohttp, which it prefers wherever that happens to be installed:
other time-outs, other exceptions, idle connections dropped after 15 s.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

KEEP_ALIVE = timedelta(seconds=300)
"""How long an idle connection is kept: httpx's 5 s would cost most turns a new TLS handshake."""

_LIMITS = httpx.Limits(max_connections=256, max_keepalive_connections=64, keepalive_expiry=KEEP_ALIVE.total_seconds())


class _AsyncOnly(httpx.AsyncHTTPTransport):
    """A transport that google-genai may also hand to its synchronous client, which is never used."""

    def close(self) -> None:
        """Do nothing: the asynchronous client owns the connections."""


def build_client_args(base_url: str) -> dict[str, Any]:
    """Make the arguments of httpx's clients for one service, through the proxy the environment names for it.

    One TLS context serves all of them: reading the certificates takes some 30 ms each time.
    """
    context = httpx.create_ssl_context()
    transport = _AsyncOnly(verify=context, limits=_LIMITS, proxy=_proxy_for(base_url))
    return {"transport": transport, "verify": context}


def _proxy_for(base_url: str) -> str | None:
    """Find the proxy: httpx looks for none itself once it is given a transport."""
    url = urlsplit(base_url)
    if not url.hostname or proxy_bypass(url.hostname):
        return None
    proxies = getproxies()
    return proxies.get(url.scheme) or proxies.get("all")
