"""eSpeak NG's library in one worker process that stays warm."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from ports.text_to_speech import Speech, Tier
from providers.espeak.process import PROVIDER, WorkerOptions, WorkerProcess, start_worker
from providers.synthesis.decoding import PcmSound, decode
from providers.synthesis.iterating import ended
from providers.synthesis.words import sayable


class EspeakLibrary:
    """One worker for all sentences, replaced when it dies."""

    tier = Tier.LOCAL

    def __init__(self, options: WorkerOptions) -> None:
        self.name = f"{PROVIDER}:{options.voice}"
        self._options = options
        self._starting = asyncio.Lock()
        self._worker: WorkerProcess | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The operating system's number of the worker there is now."""
        return self._worker.pid if self._worker is not None and self._worker.alive else None

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Synthesise one sentence (see ports.text_to_speech)."""
        if not (line := sayable(text)):
            return
        try:
            worker = await self.ready()
        except ConfigError as error:
            raise ProviderRejected(PROVIDER, Fault.ABSENT) from error
        pieces = decode(PROVIDER, worker.sound(line), PcmSound(worker.rate_hz))
        async with ended(pieces):
            async for piece in pieces:
                yield piece

    async def ready(self) -> WorkerProcess:
        """Return the worker, a new one if there is none that lives.

        Raises:
            ProviderUnavailable: closed, or none could be started.
            ConfigError: library or voice is not there.
        """
        async with self._starting:
            if self._closed:
                raise ProviderUnavailable(PROVIDER, Fault.ABSENT, "the voice is closed")
            if self._worker is None or not self._worker.alive:
                stale, self._worker = self._worker, None
                if stale is not None:
                    await stale.stop()
                self._worker = await start_worker(self._options)
            return self._worker

    async def close(self) -> None:
        """Kill the worker; sentences under way end as unavailable."""
        self._closed = True
        async with self._starting:
            if self._worker is not None:
                await self._worker.stop()


@asynccontextmanager
async def open_espeak_library(options: WorkerOptions) -> AsyncIterator[EspeakLibrary]:
    """Start the worker and offer its voice until the end of the block.

    Raises:
        ConfigError: library or voice is not there.
        ProviderUnavailable: the worker would not start.
    """
    library = EspeakLibrary(options)
    try:
        await library.ready()
        yield library
    finally:
        await library.close()
