"""Turns that were accepted and are in nobody's hand: after a crash, or a database that was away."""

from domain.conversation import Role
from domain.errors import NotFound
from ports.store import Inbox, SessionStore
from sessions.known import KnownSessions
from sessions.runner import TurnRunner
from sessions.stranded import StrandedTurns
from sessions.waiting import Session


class Recovery:
    """Has them taken up, round by round."""

    def __init__(
        self,
        sessions: SessionStore,
        inbox: Inbox,
        known: KnownSessions,
        runner: TurnRunner,
        stranded: StrandedTurns,
    ) -> None:
        self._sessions = sessions
        self._inbox = inbox
        self._known = known
        self._runner = runner
        self._stranded = stranded

    async def run(self) -> None:
        """See to every waiting turn of every tenant once."""
        waiting: set[Session] = set()
        for tenant_id in await self._sessions.tenants():
            for session_id, seq, role in await self._inbox.waiting_turns(tenant_id, owner=self._runner.owner):
                waiting.add((tenant_id, session_id))
                await self._see_to((tenant_id, session_id), seq, role)
        self._stranded.keep_watch(waiting)
        await self._runner.breaks.forget_ended()

    async def _see_to(self, session: Session, seq: int, role: Role) -> None:
        try:
            facts = await self._known.facts(*session)
        except NotFound:  # erased since it was listed
            return
        if self._stranded.strand(facts):
            await self._stranded.see_to(facts, seq, role)
        elif role is Role.AGENT:
            self._runner.hear(*session, seq)
        else:
            self._runner.wake(*session)
