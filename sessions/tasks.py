"""Background tasks that somebody owns: started here, ended here, and never silently broken."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from domain.errors import place_of

log = structlog.get_logger(__name__)


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
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task_broke", task=task.get_name(), error=place_of(error))
