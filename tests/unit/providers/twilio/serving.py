"""A house on a real port of this machine, behind the connections that the service really uses."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from twilio.request_validator import RequestValidator
from websockets.asyncio.client import ClientConnection, connect

from providers.twilio.account import MEDIA
from server.connection import Connection, SocketConnection
from server.streaming.socket import MAX_MESSAGE_BYTES
from tests.unit.providers.twilio.house import SOCKETS, TOKEN, House


class _Guest(uvicorn.Server):
    """A server that leaves when it is told, and minds no signals."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.leave.wait()


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[str]:
    """Serve on a free port and give `127.0.0.1:PORT`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Guest(
            uvicorn.Config(
                house.app,
                http=Connection,
                ws=SocketConnection,
                ws_max_size=MAX_MESSAGE_BYTES,
                ws_per_message_deflate=False,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=1,
            )
        )
        task = asyncio.create_task(server.serve(sockets=[listener]), name="a house")
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.leave.set()
            await task


@asynccontextmanager
async def upgraded(address: str, *, reads: bool = True) -> AsyncIterator[ClientConnection]:
    """A media socket that Twilio signed; without `reads` it takes little more than it has to."""
    signature: str = RequestValidator(TOKEN).compute_signature(SOCKETS + MEDIA, {})
    headers = {"x-twilio-signature": signature}
    few = None if reads else 1
    async with connect(
        f"ws://{address}{MEDIA}", additional_headers=headers, max_queue=few, close_timeout=0.2, compression=None
    ) as client:
        yield client
