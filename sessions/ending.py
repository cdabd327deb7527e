"""The end of a session: after its open turns, so that `session_closed` is its last event."""

import asyncio

from domain.errors import NotFound, Unavailable
from domain.session import SessionStatus
from ports.records import SessionRecord
from ports.store import SessionStore
from sessions.runner import TurnRunner

CLOSE_SECONDS = 30.0
"""How long the open turns of a session are waited for."""

LOOK_SECONDS = 0.05


async def end_session(
    sessions: SessionStore, runner: TurnRunner, tenant_id: str, session_id: str, status: SessionStatus
) -> SessionRecord:
    """End a session once its open turns have run; ending it again changes nothing.

    Raises:
        NotFound: no such session.
        Unavailable: a turn is still running.
    """
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            return await _ended(sessions, runner, tenant_id, session_id, status)
    except TimeoutError as error:
        raise Unavailable("A turn of this session is still running; close it again.", retry_after=2) from error


async def _ended(
    sessions: SessionStore, runner: TurnRunner, tenant_id: str, session_id: str, status: SessionStatus
) -> SessionRecord:
    while True:
        record = await sessions.close(tenant_id, session_id, status)
        if record is None:
            raise NotFound("There is no such session.", field="session_id")
        if record.status is not SessionStatus.ACTIVE:
            return record
        runner.wake(tenant_id, session_id)
        await asyncio.sleep(LOOK_SECONDS)
