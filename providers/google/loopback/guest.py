"""A web server inside another program."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

import uvicorn

_TURNS_OF_ACCEPTING = 2
"""Turns of the event loop from an accepted socket to a transport, and from there to a protocol that knows of it."""


class HasDescriptor(Protocol):
    """A socket of any make."""

    def fileno(self) -> int:
        """Return its number."""


class _Guest(uvicorn.Server):
    """It leaves the program its signal handlers, and leaves when it is told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self.leave.wait()
        for server in self.servers:
            await stop_accepting(server.sockets)


@asynccontextmanager
async def open_guest(config: uvicorn.Config) -> AsyncIterator[str]:
    """Serve on a free port of 127.0.0.1 and give `127.0.0.1:PORT`.

    The port is open before the server task first runs, so a client never has to wait for it. On the way out
    exchanges have as long as `config` says before they are dropped.
    """
    with _open_listener() as listener:
        server = _Guest(config)
        task = asyncio.create_task(server.serve(sockets=[listener]), name="guest")
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.leave.set()
            await task


def _open_listener() -> socket.socket:
    """Listen on a free port; named as TCP, or asyncio would leave Nagle's 40 ms delays on."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


async def stop_accepting(listeners: Iterable[HasDescriptor]) -> None:
    """Accept no more connections, and hand those that were accepted to their server: closed before, it forgets them.

    Source: https://github.com/python/cpython/issues/109564
    """
    loop = asyncio.get_running_loop()
    for listener in listeners:
        loop.remove_reader(listener.fileno())
    for _ in range(_TURNS_OF_ACCEPTING):
        await asyncio.sleep(0)
