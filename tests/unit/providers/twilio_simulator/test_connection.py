"""The WebSocket client, against `websockets`' own server and against servers that are none."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from providers.twilio_simulator import upgrade
from providers.twilio_simulator.account import Account, Reach, Signer
from providers.twilio_simulator.connection import Connection, Gone, Refused
from providers.twilio_simulator.upgrade import open_connection
from tests.eventually import eventually
from tests.listening import open_listener

URL = "wss://voice.example.com/media"
SIGNER = Signer(Account("AC1", "token"))


@asynccontextmanager
async def _connected(handler: Callable[[ServerConnection], Awaitable[None]]) -> AsyncIterator[Connection]:
    async with serve(handler, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with open_connection(URL, SIGNER, Reach(f"http://127.0.0.1:{port}", "https://voice.example.com")) as ours:
            yield ours


async def _echo(socket: ServerConnection) -> None:
    async for message in socket:
        await socket.send(message)


async def test_messages_come_whole_and_in_order() -> None:
    async def talkative(socket: ServerConnection) -> None:
        await socket.send("at once")
        await socket.send(["in ", "three ", "pieces"])
        await (await socket.ping())
        await _echo(socket)

    came: list[str | bytes] = []
    async with _connected(talkative) as ours:
        ours.send("text")
        ours.send(b"bytes")
        ours.send("x" * 1_000_000)
        await asyncio.wait_for(ours.flushed(), 5)
        ours.listen(came.append)
        await eventually(lambda: len(came) == 5)
        await ours.close()
        assert (ours.open, ours.close_code, ours.closed_by_them) == (False, 1000, True)
        with pytest.raises(Gone):
            ours.send("late")
    assert came == ["at once", "in three pieces", "text", b"bytes", "x" * 1_000_000]


async def test_a_close_is_told_with_its_reason() -> None:
    async def closing(socket: ServerConnection) -> None:
        await socket.close(1008, "go away")

    async with _connected(closing) as ours:
        assert await ours.gone(5)
        assert (ours.close_code, ours.close_reason, ours.closed_by_them) == (1008, "go away", True)


async def test_a_server_that_vanishes() -> None:
    async def vanishing(socket: ServerConnection) -> None:
        socket.transport.abort()

    async with _connected(vanishing) as ours:
        assert await ours.gone(5)
        assert (ours.close_code, ours.closed_by_them) == (1006, False)
        await ours.close()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 403),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", None),
        (b"SSH-2.0-server\r\n", None),
        (b"", None),
        (None, None),
    ],
)
async def test_what_is_no_upgrade_is_refused(
    answer: bytes | None, status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_upgrade(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is not None:
            writer.write(answer)
            writer.write_eof()
        await reader.read()

    monkeypatch.setattr(upgrade, "OPEN_SECONDS", 0.2)
    async with open_listener(no_upgrade) as port:
        reach = Reach(f"http://127.0.0.1:{port}", "https://voice.example.com")
        with pytest.raises(Refused) as caught:
            async with open_connection(URL, SIGNER, reach):
                pass
    assert caught.value.status == status


async def test_a_port_where_nobody_listens() -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    with pytest.raises(Refused, match="ConnectionRefusedError"):
        async with open_connection(URL, SIGNER, Reach(f"http://127.0.0.1:{port}", "https://voice.example.com")):
            pass
