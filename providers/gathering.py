"""What processes say to each other of sessions that have news, however it travels."""

import asyncio
from uuid import uuid4

from ports.news import Listener

GATHER_SECONDS = 0.005
MOST = 200
"""Sessions in one message: 37 bytes each stay under the 8,000 that a NOTIFY may carry."""


class Gathering:
    """One process's news, gathered for some milliseconds, and its ear for those of others.

    A message is the name of its sender and the sessions that have news: many turns, one message.
    """

    def __init__(self) -> None:
        self._me = uuid4().hex
        self._waiting: dict[str, None] = {}
        self._any = asyncio.Event()
        self._listeners: list[Listener] = []

    def tell(self, session_id: str) -> None:
        """Say that a session has news: soon, together with others, and without waiting."""
        self._waiting[session_id] = None
        self._any.set()

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every session of which another process has told."""
        self._listeners.append(listener)

    def hear(self, message: str) -> None:
        """Take a message; one's own is no news."""
        sender, *sessions = message.split(",")
        for session_id in sessions if sender != self._me else ():
            for listener in self._listeners:
                listener(session_id)

    async def take(self) -> str:
        """Wait until there are news, let more of them gather, and take them as a message."""
        await self._any.wait()
        await asyncio.sleep(GATHER_SECONDS)
        batch = list(self._waiting)[:MOST]
        for session_id in batch:
            del self._waiting[session_id]
        if not self._waiting:
            self._any.clear()
        return ",".join([self._me, *batch])
