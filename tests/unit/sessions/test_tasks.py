"""Tasks end with their owner, and work that must not be left half done is done."""

import asyncio

import pytest

from sessions.tasks import to_the_end
from tests.eventually import eventually


class Work:
    """Something to be done, in steps."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.done = False

    async def do(self) -> str:
        """Do it."""
        self.begun.set()
        await self.may_end.wait()
        self.done = True
        return "done"


async def test_work_is_done_though_whoever_waits_is_cancelled_more_than_once() -> None:
    work = Work()
    waiting = asyncio.create_task(to_the_end(work.do()))
    await work.begun.wait()
    for _ in range(3):
        waiting.cancel()
        await asyncio.sleep(0)
        assert not waiting.done()
    work.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert work.done


async def test_what_work_that_nobody_cancels_returns_or_raises_is_told() -> None:
    work = Work()
    work.may_end.set()
    assert await to_the_end(work.do()) == "done"

    async def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await to_the_end(fail())


async def test_who_is_cancelled_over_work_that_fails_is_cancelled_all_the_same() -> None:
    may_fail = asyncio.Event()

    async def fail() -> None:
        await may_fail.wait()
        raise LookupError

    waiting = asyncio.create_task(to_the_end(fail()))
    await asyncio.sleep(0)
    waiting.cancel()
    may_fail.set()
    await eventually(waiting.done)
    with pytest.raises(asyncio.CancelledError) as cancelled:
        await waiting
    assert isinstance(cancelled.value.__cause__, LookupError)
