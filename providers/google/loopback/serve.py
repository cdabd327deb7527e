"""Run the loopback on a real port: inside another program, or as the program."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import uvicorn

from providers.google.loopback.app import build_app
from providers.google.loopback.script import Script

_OPTIONS: dict[str, Any] = {
    "lifespan": "off",
    "ws": "none",
    "timeout_keep_alive": 300,
    "timeout_graceful_shutdown": 1,
}


class _Guest(uvicorn.Server):
    """A server inside another program, which keeps its own signal handlers and says when to leave."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.leave.wait()


@asynccontextmanager
async def open_loopback(script: Script, *, latency: timedelta = timedelta()) -> AsyncIterator[str]:
    """Serve a script on a free port of 127.0.0.1 and give its base URL.

    The port is open before the server task first runs, so a client never has to wait for it. On the way out
    exchanges that still hang after a second are dropped.
    """
    with _open_listener() as listener:
        app = build_app(script, latency)
        server = _Guest(uvicorn.Config(app, log_config=None, access_log=False, **_OPTIONS))
        task = asyncio.create_task(server.serve(sockets=[listener]), name="loopback-gemini")
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.leave.set()
            await task


def _open_listener() -> socket.socket:
    """Listen on a free port; named as TCP, or asyncio would leave Nagle's 40 ms delays on."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


def run_loopback(host: str, port: int, latency: timedelta) -> None:
    """Serve until the process is told to stop."""
    uvicorn.run(build_app(Script(), latency), host=host, port=port, **_OPTIONS)
