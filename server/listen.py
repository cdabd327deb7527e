"""Listening: an address that may be listened on, and a server that ends its streams before it ends itself."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from domain.errors import ConfigError
from server.connection import Connection, SocketConnection
from server.middleware.local_only import is_loopback
from server.streaming.socket import MAX_MESSAGE_BYTES

DRAIN_SECONDS = 20
BACKLOG = 2_048
UNREAD_SECONDS = 30
"""How long the system keeps what a client does not take, before it cuts the connection (tcp(7), TCP_USER_TIMEOUT)."""
IDLE_SECONDS = 75
"""How long a connection is kept for the next request: longer than clients keep theirs, so that they close first."""
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def check_host(host: str, *, has_secret: bool) -> None:
    """Raise ConfigError for an address that others could reach while nobody has to show a credential."""
    if not has_secret and not is_loopback(host):
        raise ConfigError(
            f"Listening on {host} needs a secret, since others could reach it: set PARLEY_SECRET to at least "
            "32 random bytes, or listen on 127.0.0.1."
        )


def open_socket(host: str, port: int) -> socket.socket:
    """Take an address; port 0 is any free one. Raises ConfigError when it cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        raise ConfigError(f"Cannot listen on {host} port {port}: {error.strerror}. Choose another --port.") from error
    if sys.platform == "linux":  # connections inherit it; elsewhere a client that reads nothing keeps its socket
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_SECONDS * 1_000)
    return listener


def address_of(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Listener(uvicorn.Server):
    """uvicorn, told to leave by SIGTERM or SIGINT: streams end, requests finish, then `serve` returns."""

    def __init__(
        self, app: ASGIApp, *, stopping: asyncio.Event, ready: Callable[[], None], leaving: Callable[[], None]
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Connection,
                ws=SocketConnection,
                ws_max_size=MAX_MESSAGE_BYTES,
                ws_per_message_deflate=False,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
        )
        self._stopping = stopping
        self._ready = ready
        self._leaving = leaving

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # what is loaded by now stays: looked through again and again, it would hold every call up
        gc.enable()
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, make the connections that came last, and let all of them end alike."""
        for server in self.servers:
            server.close()
        await asyncio.sleep(0)  # uvloop makes a connection a turn after it took it; one unknown would be waited for
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave on a signal, and let the process end by itself afterwards."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.leave)
        try:
            yield
        finally:
            for number in _SIGNALS:
                loop.remove_signal_handler(number)

    def leave(self) -> None:
        """End the streams and take no more; asked twice, wait for nothing."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._stopping.set()
        self._leaving()
