"""Turns whose playbook is not installed here: nobody can run them, and a session with an open turn cannot end.

Another process may have the playbook, since versions are rolled out one by one, so a turn is left to it for a while.
Then it ends with the words that were said, what its calls had done already, and the reason in `degraded`.
"""

import asyncio
from collections.abc import Container
from uuid import uuid4

import structlog

from domain.conversation import Role
from domain.errors import NotFound, Unavailable
from domain.session import SessionFacts, SessionStatus
from ports.records import OpenTurn, SessionRecord
from ports.store import Inbox, SessionStore, TurnStore
from sessions.as_kept import result_as_kept
from sessions.ending import CLOSE_SECONDS, LOOK_SECONDS
from sessions.runner import LEASE, Finished
from sessions.waiting import Session

PATIENCE_SECONDS = 20.0
"""How long a turn is left to processes that have its playbook: longer than a dead one's pen is held."""

REASON = "receive:playbook_absent"
"""What `degraded` says of such a turn."""

log = structlog.get_logger(__name__)


class StrandedTurns:
    """Ends turns that nobody will ever run."""

    def __init__(self, playbooks: Container[str], inbox: Inbox, turns: TurnStore, finished: Finished) -> None:
        self._playbooks = playbooks
        self._inbox = inbox
        self._turns = turns
        self._finished = finished
        self._owner = str(uuid4())
        self._since: dict[Session, float] = {}

    def strand(self, facts: SessionFacts) -> bool:
        """True when the turns of a session cannot be run here."""
        return facts.playbook not in self._playbooks

    def keep_watch(self, waiting: Container[Session]) -> None:
        """Forget the sessions that no longer wait."""
        self._since = {session: since for session, since in self._since.items() if session in waiting}

    async def see_to(self, facts: SessionFacts, seq: int, role: Role) -> None:
        """End a waiting turn, if it has waited for long enough."""
        if not self._waited(facts):
            return
        if role is Role.CALLER:
            await self._end_callers(facts)
        elif (opened := await self._inbox.claim_audio(facts.tenant_id, facts.session_id, seq)) is not None:
            await self._end(opened)

    async def close(self, sessions: SessionStore, facts: SessionFacts, status: SessionStatus) -> SessionRecord:
        """End a session once its open turns have ended, here or where they can be run.

        Raises:
            NotFound: no such session.
            Unavailable: a turn is still left to other processes.
        """
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                return await self._closed(sessions, facts, status)
        except TimeoutError as error:
            raise Unavailable("A turn of this session is still open; close it again.", retry_after=2) from error

    async def _closed(self, sessions: SessionStore, facts: SessionFacts, status: SessionStatus) -> SessionRecord:
        while True:
            record = await sessions.close(facts.tenant_id, facts.session_id, status)
            if record is None:
                raise NotFound("There is no such session.", field="session_id")
            if record.status is not SessionStatus.ACTIVE:
                return record
            if self._waited(facts):
                await self._end_callers(facts)
            await asyncio.sleep(LOOK_SECONDS)

    def _waited(self, facts: SessionFacts) -> bool:
        now = asyncio.get_running_loop().time()
        return now - self._since.setdefault((facts.tenant_id, facts.session_id), now) >= PATIENCE_SECONDS

    async def _end_callers(self, facts: SessionFacts) -> None:
        session = (facts.tenant_id, facts.session_id)
        while (opened := await self._inbox.claim(*session, owner=self._owner, lease=LEASE)) is not None:
            if not self.strand(opened.facts):  # another session has been opened under its id
                await self._inbox.release(*session, owner=self._owner)
                return
            await self._end(opened)

    async def _end(self, opened: OpenTurn) -> None:
        facts, result = opened.facts, result_as_kept(opened, REASON)
        log.error("turn_without_playbook", session_id=facts.session_id, turn_id=opened.turn_id, playbook=facts.playbook)
        await self._turns.finish_turn(facts.tenant_id, facts.session_id, result, owner=self._owner)
        self._finished(facts.tenant_id, facts.session_id, result)
