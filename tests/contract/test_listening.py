"""What every loopback server keeps to when it ends: no connection stays open, whenever it came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from socket import SHUT_WR, create_connection, socket
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.applications import Starlette

from providers.google.loopback.guest import open_guest
from tests.listening import open_listener
from tests.loopback_hearing_deepgram import Deepgram, open_deepgram
from tests.loopback_smtp import server_certificate

TURNS_OF_TAKING_UP = 6
"""Turns of the event loop in which a connection is accepted, made and handed over, and a few more."""


async def hear_out(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Read until the client goes."""
    await reader.read()


@asynccontextmanager
async def open_http() -> AsyncIterator[int | None]:
    config = uvicorn.Config(Starlette(), lifespan="off", log_config=None)
    async with open_guest(config) as address:
        yield urlsplit(f"//{address}").port


@asynccontextmanager
async def open_websocket() -> AsyncIterator[int | None]:
    async with open_deepgram(Deepgram()) as service:
        yield urlsplit(service.url).port


@pytest.fixture(params=["plain", "tls", "http", "websocket"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> AbstractAsyncContextManager[int | None]:
    match request.param:
        case "plain":
            return open_listener(hear_out)
        case "tls":
            return open_listener(hear_out, server_certificate(tmp_path)[0])
        case "http":
            return open_http()
        case _:
            return open_websocket()


def is_let_go(client: socket) -> bool:
    """Whether the other side has closed or cut the connection (TimeoutError after a second)."""
    client.settimeout(1)
    with client, suppress(ConnectionResetError):
        return client.recv(1) == b""
    return True


async def visit(port: int | None) -> None:
    """Come, say something, and leave."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"to the end")
    writer.close()


@pytest.mark.parametrize("turns", range(TURNS_OF_TAKING_UP))
async def test_a_client_that_comes_while_the_server_ends_is_let_go(
    server: AbstractAsyncContextManager[int], turns: int
) -> None:
    async with server as port:
        client = create_connection(("127.0.0.1", port))
        client.shutdown(SHUT_WR)
        for _ in range(turns):
            await asyncio.sleep(0)
    assert is_let_go(client)


async def test_a_talk_is_waited_for() -> None:
    heard = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read())

    async with open_listener(hear) as port:
        await visit(port)
    assert heard == [b"to the end"]


async def test_a_talk_that_fails_is_told() -> None:
    async def stumble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raise ValueError("stumbled")

    async def meet() -> None:
        async with open_listener(stumble) as port:
            await visit(port)

    with pytest.raises(ValueError, match="stumbled"):
        await meet()
