"""A process that was started before it is needed, because its start takes long."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable

from domain.errors import ProviderUnavailable
from providers.stopping import stop


class Spare:
    """One process ahead: who takes it has the next one started."""

    def __init__(self, start: Callable[[], Awaitable[Process]]) -> None:
        self._start = start
        self._taking = asyncio.Lock()
        self._next: asyncio.Task[Process | None] | None = None

    def prepare(self) -> asyncio.Task[Process | None]:
        """Have one started, if none is yet."""
        if self._next is None:
            self._next = asyncio.create_task(self._start_ahead(), name="voice-spare")
        return self._next

    async def take(self) -> Process:
        """Return a process that still runs, the one started ahead if it does; who is cancelled leaves it to others.

        Raises:
            ProviderUnavailable: none could be started.
        """
        async with self._taking:
            process = await asyncio.shield(self.prepare())
            self._next = None
            self.prepare()
        if process is not None and process.returncode is None:
            return process
        return await self._start()

    async def _start_ahead(self) -> Process | None:
        """Start one; a failure is left to whoever will need it."""
        try:
            return await self._start()
        except ProviderUnavailable:
            return None

    async def close(self) -> None:
        """Kill the one that waits."""
        ahead, self._next = self._next, None
        process = await ahead if ahead is not None else None
        if process is not None:
            await stop(process)
