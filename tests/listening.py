"""Servers of tests, of which nothing is left when they end."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress

from providers.google.loopback.guest import stop_accepting

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[None, None, None]]
"""What talks with one client."""


@asynccontextmanager
async def open_listener(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of 127.0.0.1 and give it; on the way out wait until every client has left (TimeoutError)."""
    talks: list[asyncio.Task[None]] = []

    def take_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.create_task(_talk(serve, reader, writer)))

    server = await asyncio.start_server(take_up, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        left = asyncio.create_task(server.wait_closed())  # a wait that begins after close() ends at once on 3.11
        await stop_accepting(server.sockets)
        server.close()
        async with asyncio.timeout(60):
            await left
            await asyncio.gather(*talks)


async def _talk(serve: Serve, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Talk until one side has enough; a client may leave in the middle of anything."""
    try:
        with suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            await serve(reader, writer)
    finally:
        writer.close()
