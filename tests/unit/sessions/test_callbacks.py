"""In-process callbacks: what they are told when the database comes and goes."""

import asyncio
from typing import cast

from domain.errors import Unavailable
from domain.event import Envelope
from ports.store import RecordStore
from sessions.callbacks import Callbacks
from sessions.tasks import OwnedTasks

LAST = Envelope(n=1, type="session_closed", session_id="s", turn_id=None, at="2026-05-04T09:30:00Z", data={})


class Records:
    """One event, in a database that is away when it is first asked."""

    away = True

    async def events(self, tenant_id: str, session_id: str, *, after: int, limit: int) -> list[Envelope]:
        """Read events in order."""
        if self.away:
            self.away = False
            raise Unavailable(retry_after=0)
        return [LAST][after:]


async def test_an_event_that_could_not_be_read_is_told_when_the_database_is_back() -> None:
    tasks, told = OwnedTasks(), asyncio.Queue[str]()
    callbacks = Callbacks(cast(RecordStore, Records()), tasks)
    callbacks.add(lambda _, kind, __: told.put_nowait(kind))
    callbacks.nudge("demo", "s", lambda event: True)
    await tasks.finish(within=5)
    assert told.get_nowait() == "session_closed"
    assert told.empty()
