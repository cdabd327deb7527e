"""The newest events of one session, read once for all who follow it in this process."""

import asyncio
from collections import deque

from domain.event import Envelope
from domain.session import SessionStatus
from ports.store import RecordStore, SessionStore

BATCH = 200
KEPT = 256
"""Events that are kept for those who are a little behind; who is further behind reads the rows."""


class Feed:
    """Shared by the followers of a session; gone with the last of them."""

    def __init__(self, records: RecordStore, sessions: SessionStore, tenant_id: str, session_id: str) -> None:
        self._records = records
        self._sessions = sessions
        self._session = (tenant_id, session_id)
        self._newest: deque[Envelope] = deque(maxlen=KEPT)
        self._head = 0
        self._nudges = 0
        self._seen = -1
        self._asked = -1
        self._over = False
        self._reading = asyncio.Lock()
        self._changed = asyncio.Event()
        self._polled_at = asyncio.get_running_loop().time()
        self.followers = 0

    def nudge(self) -> None:
        """Say that there may be news."""
        self._nudges += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def after(self, number: int) -> list[Envelope]:
        """Return events after a number: out of memory, or from the rows if somebody has to look."""
        async with self._reading:
            if self._newest and self._newest[0]["n"] <= number + 1 <= self._newest[-1]["n"]:
                return [event for event in self._newest if event["n"] > number]
            if number >= self._head and self._seen == self._nudges:
                return []
            nudges = self._nudges
            batch = await self._records.events(*self._session, after=number, limit=BATCH)
            self._keep(batch, number, nudges)
            return batch

    def _keep(self, batch: list[Envelope], number: int, nudges: int) -> None:
        """Keep what continues the newest events, or is newer than all of them."""
        newest = batch[-1]["n"] if batch else number
        if newest < self._head:
            return
        if batch and self._newest and self._newest[-1]["n"] == number:
            self._newest.extend(batch)
        elif batch:
            self._newest = deque(batch, maxlen=KEPT)
        self._head = newest
        if len(batch) < BATCH:
            self._seen = nudges

    async def over(self) -> bool:
        """True when the session has ended or is gone; asked of the rows once for each look that found no news."""
        if self._asked != self._nudges:
            self._asked = self._nudges
            record = await self._sessions.load(*self._session)
            self._over = record is None or record.status is not SessionStatus.ACTIVE
        return self._over

    async def changed(self, seconds: float) -> None:
        """Wait for a nudge, or until it is time to look for news without one; one follower looks for all."""
        if self._seen != self._nudges:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            now = asyncio.get_running_loop().time()
            if now - self._polled_at >= seconds * 0.9:
                self._polled_at = now
                self.nudge()
