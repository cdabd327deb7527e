"""What a socket has received and nobody has read: a queue with one reader and next to no cost."""

import asyncio
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Unread(Generic[Item]):
    """Items in order, for one reader at a time; asyncio.Queue asks the system who it is at every step."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._items: deque[Item] = deque()
        self._reader: asyncio.Future[None] | None = None

    def put_nowait(self, item: Item) -> None:
        """Add an item and wake the reader."""
        self._items.append(item)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Item:
        """Wait for an item and take it. A reader that is cancelled takes none."""
        while not self._items:
            self._reader = self._loop.create_future()
            await self._reader
        return self._items.popleft()

    def qsize(self) -> int:
        """How many there are."""
        return len(self._items)

    def empty(self) -> bool:
        """True when there is none."""
        return not self._items
