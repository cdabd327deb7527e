"""In-process callbacks: every event of a session, in order, to functions of the host program."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog

from domain.errors import place_of
from domain.event import Envelope
from ports.store import RecordStore
from sessions.tasks import OwnedTasks, end

Callback = Callable[[str, str, dict[str, Any]], Awaitable[None] | None]
"""on_event(session_id, event_type, data); sync or async. A sync one must not block."""

BATCH = 200
MOST = 100_000
"""Sessions of which it is remembered how far they were told; of one forgotten, telling goes on with its news."""

log = structlog.get_logger(__name__)


class Callbacks:
    """Delivers to callbacks behind the turns: a slow or broken callback slows and breaks nothing."""

    def __init__(self, records: RecordStore, tasks: OwnedTasks) -> None:
        self._records = records
        self._tasks = tasks
        self._callbacks: list[Callback] = []
        self._told: dict[str, int] = {}
        self._first: dict[str, Callable[[Envelope], bool]] = {}
        self._delivering: set[str] = set()
        self._news: set[str] = set()

    def add(self, callback: Callback) -> Callable[[], None]:
        """Deliver to `callback` from now on; call the returned function to stop."""
        self._callbacks.append(callback)

        def stop() -> None:
            with suppress(ValueError):
                self._callbacks.remove(callback)

        return stop

    def nudge(self, tenant_id: str, session_id: str, first: Callable[[Envelope], bool]) -> None:
        """Say that a session has news; of one not told about before, `first` finds the first event to tell."""
        if not self._callbacks:
            return
        if session_id not in self._told:
            self._told[session_id] = 0
            self._first[session_id] = first
            self._forget_oldest()
        self._news.add(session_id)
        if session_id not in self._delivering:
            self._delivering.add(session_id)
            self._tasks.start(self._deliver(tenant_id, session_id), f"callbacks {session_id}")

    def _forget_oldest(self) -> None:
        if len(self._told) > MOST:
            oldest = next(iter(self._told))
            del self._told[oldest]
            self._first.pop(oldest, None)

    async def _deliver(self, tenant_id: str, session_id: str) -> None:
        try:
            while session_id in self._news:
                self._news.discard(session_id)
                after = self._told.get(session_id, 0)
                for event in await self._records.events(tenant_id, session_id, after=after, limit=BATCH):
                    await self._tell(event)
                    self._news.add(session_id)
        finally:
            self._delivering.discard(session_id)

    async def _tell(self, event: Envelope) -> None:
        session_id = event["session_id"]
        self._told[session_id] = event["n"]
        first = self._first.get(session_id)
        if first and not first(event):
            return
        self._first.pop(session_id, None)
        for callback in list(self._callbacks):
            await self._call(callback, event)

    async def _call(self, callback: Callback, event: Envelope) -> None:
        call = asyncio.create_task(_call(callback, event))
        try:
            await asyncio.wait({call})
        finally:
            await end(call)
        if (error := call.exception()) is not None:
            log.error("callback_broke", session_id=event["session_id"], n=event["n"], error=place_of(error))


async def _call(callback: Callback, event: Envelope) -> None:
    answer = callback(event["session_id"], event["type"], event["data"])
    if inspect.isawaitable(answer):
        await answer
