"""Background tasks that somebody owns: started here, ended here, and never silently broken."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar

import structlog

from domain.errors import place_of

Result = TypeVar("Result")

log = structlog.get_logger(__name__)


ASK_AGAIN_SECONDS = 0.2


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended.

    Asked more than once if need be: on Python 3.11 `asyncio.wait_for`, which the connection pool waits with, can lose
    a cancellation that comes at the moment when what it waits for is done.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=ASK_AGAIN_SECONDS)


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work that must not be left half done: who is cancelled meanwhile leaves when it is done."""
    doing = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not doing.done():
        try:
            await asyncio.wait({doing})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled from doing.exception()
    return doing.result()


class OwnedTasks:
    """A set of tasks that end with their owner."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run `work` until it ends or the owner does; a failure is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def finish(self, within: float) -> None:
        """Let running tasks end within so many seconds; what still runs is cancelled."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within)
        while self._tasks:
            await asyncio.gather(*(end(task) for task in list(self._tasks)))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_broke", task=task.get_name(), error=place_of(error))


@asynccontextmanager
async def open_tasks(within: timedelta) -> AsyncIterator[OwnedTasks]:
    """Own tasks until the end of the block, and let those that run then end within so long."""
    tasks = OwnedTasks()
    try:
        yield tasks
    finally:
        await tasks.finish(within.total_seconds())
