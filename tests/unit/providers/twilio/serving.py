"""A house on a real port of this machine, behind the connections that the service really uses."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvicorn
from twilio.request_validator import RequestValidator
from websockets.asyncio.client import ClientConnection, connect

from providers.google.loopback.guest import open_guest
from providers.twilio.account import MEDIA
from server.connection import Connection, SocketConnection
from server.streaming.socket import MAX_MESSAGE_BYTES
from tests.unit.providers.twilio.house import SOCKETS, TOKEN, House


def serving(house: House) -> AbstractAsyncContextManager[str]:
    """Serve on a free port and give `127.0.0.1:PORT`."""
    return open_guest(
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
