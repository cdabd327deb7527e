"""The caller speaks over a turn: what leaves nothing behind stops at once, what is being committed runs to its end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Interruption:
    """Whether a running turn was interrupted, and the waits that then end."""

    def __init__(self) -> None:
        self.happened = False
        self._waits: set[asyncio.Timeout] = set()

    def interrupt(self) -> None:
        """End the waits of now, and those to come in this turn."""
        self.happened = True
        for wait in self._waits:
            if not wait.expired():
                wait.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def wait(self, seconds: float) -> AsyncIterator[None]:
        """Bound a wait in time; an interruption ends it earlier (TimeoutError either way)."""
        async with asyncio.timeout(0 if self.happened else seconds) as limit:
            self._waits.add(limit)
            try:
                yield
            finally:
                self._waits.discard(limit)
