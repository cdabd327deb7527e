"""As much of a Redis as news need, on this machine: SUBSCRIBE, PUBLISH and PING over RESP2 (redis.io)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.listening import open_listener


def bulk(text: bytes) -> bytes:
    return b"$%d\r\n%s\r\n" % (len(text), text)


def array(*items: bytes) -> bytes:
    return b"*%d\r\n" % len(items) + b"".join(items)


@dataclass
class LoopbackRedis:
    """Channels in memory; connections that a test may cut, commands it may refuse."""

    url: str = ""
    refuses: set[bytes] = field(default_factory=set)
    subscribers: list[asyncio.StreamWriter] = field(default_factory=list)
    connections: list[asyncio.StreamWriter] = field(default_factory=list)
    commands: list[list[bytes]] = field(default_factory=list)

    def cut(self) -> None:
        """Cut every connection."""
        for writer in [*self.connections]:
            writer.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the commands of one connection."""
        self.connections.append(writer)
        try:
            while command := await _command(reader):
                self.commands.append(command)
                writer.write(self._answer(command, writer))
                await writer.drain()
        finally:
            self.connections.remove(writer)
            if writer in self.subscribers:
                self.subscribers.remove(writer)

    def _answer(self, command: list[bytes], writer: asyncio.StreamWriter) -> bytes:
        name = command[0].upper()
        if name in self.refuses:
            return b"-OOM command not allowed\r\n"
        match name:
            case b"SUBSCRIBE":
                self.subscribers.append(writer)
                return array(bulk(b"subscribe"), bulk(command[1]), b":1\r\n")
            case b"PUBLISH":
                for subscriber in self.subscribers:
                    subscriber.write(array(bulk(b"message"), bulk(command[1]), bulk(command[2])))
                return b":%d\r\n" % len(self.subscribers)
            case b"PING" if writer in self.subscribers:
                return array(bulk(b"pong"), bulk(b""))
            case b"PING":
                return b"+PONG\r\n"
            case b"CLIENT":
                return b"+OK\r\n"
            case _:
                return b"-ERR unknown command\r\n"


async def _command(reader: asyncio.StreamReader) -> list[bytes]:
    words = []
    for _ in range(int((await reader.readuntil(b"\r\n"))[1:])):
        size = int((await reader.readuntil(b"\r\n"))[1:])
        words.append((await reader.readexactly(size + 2))[:-2])
    return words


@asynccontextmanager
async def open_loopback_redis() -> AsyncIterator[LoopbackRedis]:
    """Open one on a free port."""
    loopback = LoopbackRedis()
    async with open_listener(loopback.serve) as port:
        loopback.url = f"redis://127.0.0.1:{port}/0"
        try:
            yield loopback
        finally:
            loopback.cut()
