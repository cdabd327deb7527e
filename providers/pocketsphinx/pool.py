"""Worker processes, started when they are first needed and replaced when they fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.errors import Fault, ProviderUnavailable
from providers.pocketsphinx.process import PROVIDER, WorkerProcess, start_worker
from providers.pocketsphinx.protocol import Request


class WorkerPool:
    """At most `size` workers, one utterance each; who finds none free waits."""

    def __init__(self, size: int) -> None:
        self._places = asyncio.Semaphore(size)
        self._size = size
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The operating system's numbers of the workers there are now."""
        return tuple(worker.pid for worker in (*self._idle, *self._busy) if worker.alive)

    @asynccontextmanager
    async def worker(self, request: Request) -> AsyncIterator[WorkerProcess]:
        """Lend a worker, one that has this request's phrases loaded if there is one.

        A block that ends with an exception, cancellation among them, costs the worker its life: nobody knows what it
        is still doing. The next request starts another.

        Raises:
            ProviderUnavailable: the pool is closed, or no worker could be started.
        """
        async with self._places:
            if self._closed:
                raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, "the recogniser is closed")
            worker = self._choose(request) or await start_worker()
            self._busy.add(worker)
            try:
                yield worker
            except BaseException:
                self._busy.discard(worker)
                await asyncio.shield(worker.stop())
                raise
            self._busy.discard(worker)
            self._idle.append(worker)

    def _choose(self, request: Request) -> WorkerProcess | None:
        """Take the idle worker that served these phrases last; else a new place; else the one idle for longest."""
        self._idle = [worker for worker in self._idle if worker.alive]
        warm = next((worker for worker in reversed(self._idle) if worker.last == request), None)
        if warm is None and self._idle and len(self._idle) + len(self._busy) >= self._size:
            warm = self._idle[0]
        if warm is not None:
            self._idle.remove(warm)
        return warm

    async def close(self) -> None:
        """Kill all workers, the busy ones too; their requests end as unavailable."""
        self._closed = True
        ending = [*self._idle, *self._busy]
        self._idle.clear()
        await asyncio.gather(*(worker.stop() for worker in ending))
