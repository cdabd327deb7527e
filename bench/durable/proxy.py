"""A socket between a pool and Postgres that counts round trips: a flush of the client that the server answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

CHUNK = 65_536


@dataclass
class Count:
    """Flushes of the client and bytes in either direction."""

    flushes: int = 0
    sent: int = 0
    received: int = 0


class CountingProxy:
    """Passes bytes on; what the client sends before the server has answered belongs to one flush."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self.count = Count()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the client."""
        there, back = await asyncio.open_unix_connection(str(self._server))
        answered = asyncio.Event()
        answered.set()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._out(reader, back, answered))
                group.create_task(self._in(there, writer, answered))
        except* ConnectionError:
            pass
        finally:
            writer.close()
            back.close()

    async def _out(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answered: asyncio.Event) -> None:
        while data := await reader.read(CHUNK):
            self.count.flushes += answered.is_set()
            self.count.sent += len(data)
            answered.clear()
            writer.write(data)
            await writer.drain()
        writer.close()

    async def _in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answered: asyncio.Event) -> None:
        while data := await reader.read(CHUNK):
            answered.set()
            self.count.received += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()


@asynccontextmanager
async def open_proxy(server: Path, folder: Path) -> AsyncIterator[CountingProxy]:
    """Listen in `folder` under the name that Postgres' socket has."""
    proxy = CountingProxy(server)
    listener = await asyncio.start_unix_server(proxy.serve, str(folder / server.name))
    try:
        yield proxy
    finally:
        listener.close()
