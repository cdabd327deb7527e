"""In-process callbacks: every event of a session, in order, to functions of the host program."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog

from domain.errors import Unavailable, place_of
from domain.event import Envelope
from ports.store import RecordStore
from sessions.tasks import OwnedTasks, end
from sessions.waiting import Session

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
        self._told: dict[Session, int] = {}
        self._first: dict[Session, Callable[[Envelope], bool]] = {}
        self._delivering: set[Session] = set()
        self._news: set[Session] = set()

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
        session = (tenant_id, session_id)
        if session not in self._told:
            self._told[session] = 0
            self._first[session] = first
            self._forget_oldest()
        self._news.add(session)
        if session not in self._delivering:
            self._delivering.add(session)
            self._tasks.start(self._deliver(session), f"callbacks {session_id}")

    def _forget_oldest(self) -> None:
        if len(self._told) > MOST:
            oldest = next(iter(self._told))
            del self._told[oldest]
            self._first.pop(oldest, None)

    async def _deliver(self, session: Session) -> None:
        try:
            while session in self._news:
                self._news.discard(session)
                for event in await self._events(session):
                    await self._tell(session, event)
                    self._news.add(session)
        finally:
            self._delivering.discard(session)

    async def _events(self, session: Session) -> list[Envelope]:
        """Read what is to be told; while the database is away that is nothing, and the session still has news."""
        try:
            return await self._records.events(*session, after=self._told.get(session, 0), limit=BATCH)
        except Unavailable as error:
            self._news.add(session)
            await asyncio.sleep(error.retry_after)
            return []

    async def _tell(self, session: Session, event: Envelope) -> None:
        self._told[session] = event["n"]
        first = self._first.get(session)
        if first and not first(event):
            return
        self._first.pop(session, None)
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
