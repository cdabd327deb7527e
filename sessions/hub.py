"""Telling subscribers: rows first, then a nudge. A subscriber reads at its own pace and slows nobody."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from weakref import WeakSet

from domain.event import Envelope, EventType
from domain.session import SessionStatus
from ports.store import RecordStore, SessionStore

POLL_SECONDS = 1.0
"""How long a subscriber waits before it looks for events that another process wrote."""

BATCH = 200


class EventHub:
    """Nudges by session; what is told always comes from the rows."""

    def __init__(self, records: RecordStore, sessions: SessionStore) -> None:
        self._records = records
        self._sessions = sessions
        self._nudges: defaultdict[str, WeakSet[asyncio.Event]] = defaultdict(WeakSet)

    def nudge(self, session_id: str) -> None:
        """Say that a session has news."""
        for nudge in self._nudges.get(session_id, ()):
            nudge.set()

    async def follow(self, tenant_id: str, session_id: str, after: int) -> AsyncIterator[Envelope]:
        """Yield events after number `after`: those that are there, then those to come, until the session ends."""
        nudge = asyncio.Event()
        self._nudges[session_id].add(nudge)
        try:
            async with aclosing(self._told(tenant_id, session_id, after, nudge)) as told:
                async for event in told:
                    yield event
        finally:
            self._forget(session_id, nudge)

    async def _told(
        self, tenant_id: str, session_id: str, after: int, nudge: asyncio.Event
    ) -> AsyncGenerator[Envelope, None]:
        over = False
        while True:
            nudge.clear()
            batch = await self._records.events(tenant_id, session_id, after=after, limit=BATCH)
            for event in batch:
                yield event
            if batch and batch[-1]["type"] == EventType.SESSION_CLOSED:
                return
            if batch:
                after = batch[-1]["n"]
            elif over:
                return  # the session was over before this last look
            else:
                over = await self._over(tenant_id, session_id)
            if not batch and not over:
                await _either(nudge)

    async def _over(self, tenant_id: str, session_id: str) -> bool:
        record = await self._sessions.load(tenant_id, session_id)
        return record is None or record.status is not SessionStatus.ACTIVE

    def _forget(self, session_id: str, nudge: asyncio.Event) -> None:
        waiting = self._nudges.get(session_id)
        if waiting is not None:
            waiting.discard(nudge)
            if not waiting:
                del self._nudges[session_id]


async def _either(nudge: asyncio.Event) -> None:
    """Wait for a nudge, or for the time to look for events of other processes."""
    try:
        async with asyncio.timeout(POLL_SECONDS):
            await nudge.wait()
    except TimeoutError:
        return
