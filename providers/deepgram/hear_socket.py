"""One WebSocket to Deepgram, for the length of a block."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect

from providers.deepgram.hear_faults import SocketTranslation

_CLOSE_SECONDS = 1.0
"""How long a farewell may take."""


class _Direct(connect):
    """A connection that follows no redirect: it would take the key to another host."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        """Take a redirect for the error that it is here."""
        return exc


@dataclass(frozen=True)
class Door:
    """What every connection needs; the TLS context is shared, since reading the certificates takes some 30 ms."""

    api_key: str
    open_seconds: float
    tls: ssl.SSLContext

    @asynccontextmanager
    async def open(self, url: str, *, farewell: bool) -> AsyncIterator[ClientConnection]:
        """Connect, and close at the end.

        A farewell takes a round trip; there is none when all is said, nor when the block fails or is cancelled.

        Raises:
            ProviderUnavailable: time-out, 429, 5xx, no connection.
            ProviderRejected: credentials, or settings that Deepgram will never take.
        """
        with SocketTranslation():
            connection = await _Direct(
                url,
                additional_headers={"Authorization": f"Token {self.api_key}"},
                ssl=self.tls if url.startswith("wss:") else None,
                open_timeout=self.open_seconds,
                close_timeout=_CLOSE_SECONDS,
                compression=None,
            )
        try:
            yield connection
            if farewell:
                await _take_leave(connection)
        finally:
            connection.transport.abort()
            await connection.wait_closed()


async def _take_leave(connection: ClientConnection) -> None:
    """Close politely, if the other side still reads."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE_SECONDS):
            await connection.close()
