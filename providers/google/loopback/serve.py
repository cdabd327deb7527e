"""Run the loopback on a real port: inside another program, or as the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import uvicorn

from providers.google.loopback.app import build_app
from providers.google.loopback.guest import open_guest
from providers.google.loopback.script import Script

_OPTIONS: dict[str, Any] = {
    "lifespan": "off",
    "ws": "none",
    "timeout_keep_alive": 300,
    "timeout_graceful_shutdown": 1,
}


@asynccontextmanager
async def open_loopback(script: Script, *, latency: timedelta = timedelta()) -> AsyncIterator[str]:
    """Serve a script on a free port of 127.0.0.1 and give its base URL; at the end whoever hangs has a second."""
    config = uvicorn.Config(build_app(script, latency), log_config=None, access_log=False, **_OPTIONS)
    async with open_guest(config) as address:
        yield f"http://{address}"


def run_loopback(host: str, port: int, latency: timedelta) -> None:
    """Serve until the process is told to stop."""
    uvicorn.run(build_app(Script(), latency), host=host, port=port, **_OPTIONS)
