"""What is done now and then while the service runs."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog

from domain.errors import ParleyError
from sessions.service import Parley
from sessions.tasks import OwnedTasks

RECOVER_EVERY = timedelta(seconds=2)
CLEAN_UP_EVERY = timedelta(minutes=1)

log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept_up(parley: Parley, idle: timedelta) -> AsyncIterator[None]:
    """Recover open turns and abandon idle sessions, on schedule, while the service runs."""
    async with (
        repeated("recovery", RECOVER_EVERY, parley.recover),
        repeated("clean-up", CLEAN_UP_EVERY, lambda: _clean_up(parley, idle)),
    ):
        yield


@asynccontextmanager
async def repeated(name: str, pause: timedelta, work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Do `work` now and then, until the end of the block."""
    tasks = OwnedTasks()
    tasks.start(_every(pause, work, name, tasks), name)
    try:
        yield
    finally:
        await tasks.finish(0)


async def _clean_up(parley: Parley, idle: timedelta) -> None:
    ended = await parley.cleanup_inactive_sessions(idle.total_seconds())
    if ended:
        log.info("sessions_abandoned", count=ended)


async def _every(pause: timedelta, work: Callable[[], Awaitable[None]], name: str, tasks: OwnedTasks) -> None:
    """Begin round after round, each a task of its own: one that breaks is logged and ends no other."""
    while True:
        await asyncio.wait({tasks.start(_once(work), f"a round of {name}")})
        await asyncio.sleep(pause.total_seconds() * random.uniform(0.8, 1.2))  # replicas do not look in step


async def _once(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except ParleyError as error:
        log.warning("upkeep_failed", code=error.code, detail=error.message)
