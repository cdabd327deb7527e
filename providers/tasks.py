"""Background tasks of adapters: a broken one says so, and each ends with its owner."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from domain.errors import place_of

ASK_AGAIN_SECONDS = 0.2

log = structlog.get_logger(__name__)


def start_task(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    """Run `work` in the background; that it broke is logged."""
    task = asyncio.create_task(work, name=name)
    task.add_done_callback(_say_if_broken)
    return task


async def end_task(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has ended, asking again: Python 3.11 can lose a cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=ASK_AGAIN_SECONDS)


def _say_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("task_broke", task=task.get_name(), error=place_of(error))
