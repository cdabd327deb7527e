"""The stream's connection: opened as Twilio opens it, at the address where the server really listens."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from providers.twilio_simulator.account import ELSEWHERE, Reach, Signer, moved
from providers.twilio_simulator.connection import Connection, Refused

OPEN_SECONDS = 10.0


@asynccontextmanager
async def open_connection(url: str, signer: Signer, reach: Reach) -> AsyncIterator[Connection]:
    """Open the WebSocket of a wss:// URL, and break it in the end if it is not closed.

    Raises:
        Refused: the server answered otherwise, or not at all.
    """
    real = reach.real(url)
    named = moved(real, ELSEWHERE) if signer.elsewhere("stream") else real
    connection = Connection(named, {"User-Agent": "Twilio.TmeWs/1.0", **signer.stream(url)})
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            await _connect(connection, real)
    except (OSError, TimeoutError) as error:
        raise Refused(None, type(error).__name__) from error
    try:
        yield connection
    finally:
        connection.abort()


async def _connect(connection: Connection, url: str) -> None:
    parts = urlsplit(url)
    secure = parts.scheme == "wss"
    transport, _ = await asyncio.get_running_loop().create_connection(
        lambda: connection,
        parts.hostname or "",
        parts.port or (443 if secure else 80),
        ssl=ssl.create_default_context() if secure else None,
    )
    try:
        await connection.shaken()
    except BaseException:
        transport.abort()
        raise
