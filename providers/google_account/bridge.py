"""Blocking code of an SDK, in a thread that waits on the event loop only: it can be timed, and cancelled at once."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from domain.errors import Fault, ProviderUnavailable

T = TypeVar("T")


class Waiting:
    """The one way out of a thread: hands coroutines to the event loop and waits for what they return."""

    def __init__(self, provider: str, loop: asyncio.AbstractEventLoop) -> None:
        self._provider = provider
        self._loop = loop
        self._lock = threading.Lock()
        self._pending: Future[Any] | None = None
        self._over = False

    def wait_for(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run a coroutine on the event loop and return its result, or raise what it raised; for the thread.

        Raises:
            ProviderUnavailable: nobody waits for this thread any more.
        """
        with self._lock:
            if self._over:
                raise self._left()
            pending = asyncio.run_coroutine_threadsafe(work(), self._loop)
            self._pending = pending
        try:
            return pending.result()
        except CancelledError:
            raise self._left() from None

    def end(self) -> None:
        """Cancel what is waited for, and let nothing more be; for the event loop."""
        with self._lock:
            self._over = True
            if self._pending is not None:
                self._pending.cancel()

    def _left(self) -> ProviderUnavailable:
        return ProviderUnavailable(self._provider, Fault.TIMEOUT)


class Bridge:
    """Threads for one kind of work. Work that waits for other work needs a bridge of its own."""

    def __init__(self, provider: str, threads: int = 1) -> None:
        self._provider = provider
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"parley-{provider}")

    async def run(self, work: Callable[[Waiting], T]) -> T:
        """Run blocking code that waits by way of the given `Waiting` only.

        Cancelled, it cancels what the thread waits for, so that the thread ends too.
        """
        loop = asyncio.get_running_loop()
        waiting = Waiting(self._provider, loop)
        try:
            return await loop.run_in_executor(self._threads, work, waiting)
        finally:
            waiting.end()

    def close(self) -> None:
        """Take no more work; the threads end with what they do."""
        self._threads.shutdown(wait=False, cancel_futures=True)
