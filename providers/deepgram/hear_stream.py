"""One stream of sound to Deepgram, and of words back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from domain.errors import Fault
from ports.speech_to_text import Partial, Samples
from providers.deepgram.hear_faults import PROVIDER, SocketTranslation, provider_error
from providers.deepgram.hear_messages import (
    CLOSE_STREAM,
    FINALIZE,
    KEEP_ALIVE,
    Failure,
    Metadata,
    Other,
    Results,
    read_message,
)
from providers.deepgram.hear_results import Settled, partial_of
from providers.deepgram.hear_sound import Encoder
from providers.hearing.sound import check_sound


class DeepgramStream:
    """A stream that is open; `patience` is how many seconds Deepgram may owe an answer or take no more sound."""

    def __init__(self, connection: ClientConnection, encoder: Encoder, patience: float) -> None:
        self.settled = Settled()
        self._connection = connection
        self._encoder = encoder
        self._patience = patience
        self._finished = self._owed = False
        self._wait: asyncio.Timeout | None = None
        self._spoke = asyncio.Event()

    async def send(self, samples: Samples) -> None:
        """Hand on the next stretch of sound (see ports.speech_to_text)."""
        check_sound(PROVIDER, samples)
        await self._send(self._encoder.push(samples))

    async def flush(self) -> None:
        """Have everything sent so far made final; the few samples in the filter come with what follows."""
        await self._send(FINALIZE)

    async def finish(self) -> None:
        """Say that no more sound comes; once is enough."""
        if self._finished:
            return
        await self._send(self._encoder.finish())
        self._finished = True
        await self._send(CLOSE_STREAM)

    async def partials(self) -> AsyncIterator[Partial]:
        """Give what is heard as it becomes known (see ports.speech_to_text)."""
        while (message := await self._receive()) is not None:
            if isinstance(message, Failure):
                raise provider_error(Fault.BAD_REQUEST, "an error message")
            if isinstance(message, Metadata) and self._finished:
                return
            if isinstance(message, Results) and self.settled.take(message):
                yield partial_of(message)

    async def _receive(self) -> Results | Metadata | Failure | Other | None:
        """Wait for a message, without end while Deepgram owes none; None when it took its leave after our own."""
        with SocketTranslation():
            try:
                async with asyncio.timeout(self._patience if self._owed else None) as self._wait:
                    data = await self._connection.recv()
            except ConnectionClosedOK:
                if self._finished:
                    return None
                raise
            finally:
                self._wait = None
            self._owed = False
            return read_message(data)

    async def _send(self, data: str | bytes) -> None:
        """Send a message; never an empty one, which Deepgram takes for the end."""
        if not data:
            return
        self._spoke.set()
        with SocketTranslation():
            async with asyncio.timeout(self._patience):
                await self._connection.send(data)
        self._expect()

    def _expect(self) -> None:
        """Begin to count the time that Deepgram owes an answer, unless it is counted already."""
        if self._owed:
            return
        self._owed = True
        if self._wait is not None and not self._wait.expired():
            self._wait.reschedule(asyncio.get_running_loop().time() + self._patience)

    async def keep_alive(self, pause: float) -> None:
        """Give a sign of life whenever nothing was sent for `pause` seconds; who sends or reads finds a lost line."""
        while not self._finished:
            self._spoke.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._spoke.wait()
            except TimeoutError:
                with suppress(ConnectionClosed):
                    await self._connection.send(KEEP_ALIVE)


@asynccontextmanager
async def kept_alive(stream: DeepgramStream, pause: float) -> AsyncIterator[DeepgramStream]:
    """Keep a stream alive during a block."""
    beating = asyncio.create_task(stream.keep_alive(pause), name="deepgram-keep-alive")
    try:
        yield stream
    finally:
        beating.cancel()
        await asyncio.wait([beating])
