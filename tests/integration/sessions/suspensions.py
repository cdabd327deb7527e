"""Doing something at exactly the k-th await of a piece of work, whichever of its tasks awaits."""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from typing import Any


class Countdown:
    """Counts the suspensions of all tasks under the work; at the k-th, `strike` is called before it takes effect."""

    def __init__(self, k: int, strike: Callable[["Countdown"], None]) -> None:
        self.left = k
        self.tasks: list[asyncio.Task[Any]] = []
        """Every task of the work, in order of its start."""
        self._strike = strike

    @property
    def struck(self) -> bool:
        """True when the work had that many suspensions."""
        return self.left <= 0

    def suspend(self) -> None:
        """Count one."""
        self.left -= 1
        if self.left == 0:
            self._strike(self)


_counting: contextvars.ContextVar[Countdown | None] = contextvars.ContextVar("counting", default=None)


@contextmanager
def counted(root: str, countdown: Countdown) -> Iterator[None]:
    """Count, while the block lasts, in every task that runs the coroutine named `root`, and in all that it starts."""
    loop = asyncio.get_running_loop()
    before = loop.get_task_factory()

    def make(loop: asyncio.AbstractEventLoop, work: Any, /, **options: Any) -> asyncio.Task[Any]:
        context = options.pop("context", None) or contextvars.copy_context()
        if context.get(_counting) is not countdown and getattr(work, "__qualname__", "") != root:
            return asyncio.Task(work, loop=loop, context=context, **options)
        context.run(_counting.set, countdown)
        task = asyncio.Task(_Counted(work, countdown), loop=loop, context=context, **options)
        countdown.tasks.append(task)
        return task

    loop.set_task_factory(make)
    try:
        yield
    finally:
        loop.set_task_factory(before)


class _Counted(Coroutine[Any, Any, Any]):
    """A coroutine that counts each time that it is suspended."""

    def __init__(self, work: Coroutine[Any, Any, Any], countdown: Countdown) -> None:
        self._work = work
        self._countdown = countdown

    def send(self, value: Any, /) -> Any:
        """Go on to the next suspension."""
        waiting = self._work.send(value)
        self._countdown.suspend()
        return waiting

    def throw(self, *error: Any) -> Any:
        """Go on with an error, a cancellation above all, to the next suspension."""
        waiting = self._work.throw(*error)
        self._countdown.suspend()
        return waiting

    def close(self) -> None:
        """End it."""
        self._work.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self._work.__await__()
