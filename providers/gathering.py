"""Sessions that have news, gathered for some milliseconds: many turns, one message."""

import asyncio

GATHER_SECONDS = 0.005
MOST = 200
"""Sessions in one message: 37 bytes each stay under the 8,000 that a NOTIFY may carry."""


class Gathering:
    """A set that is filled at any time and taken in batches."""

    def __init__(self) -> None:
        self._waiting: dict[str, None] = {}
        self._any = asyncio.Event()

    def add(self, session_id: str) -> None:
        """Add a session; one that waits already waits once."""
        self._waiting[session_id] = None
        self._any.set()

    async def take(self) -> list[str]:
        """Wait until there are some, let more of them gather, and take them."""
        await self._any.wait()
        await asyncio.sleep(GATHER_SECONDS)
        batch = list(self._waiting)[:MOST]
        for session_id in batch:
            del self._waiting[session_id]
        if not self._waiting:
            self._any.clear()
        return batch
