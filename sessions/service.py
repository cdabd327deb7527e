"""Parley as a Python object: the same service that stands behind HTTP."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from datetime import timedelta
from typing import Any, Unpack
from uuid import uuid4

from domain.conversation import Role
from domain.errors import Conflict, NotFound
from domain.event import Envelope, EventType
from domain.playbook import Playbook
from domain.session import SessionFacts, SessionStatus, session_id_of
from domain.turn import TurnResult
from nodes.state import RunContext
from ports.clock import Clock
from ports.records import NewTurn, SessionRecord, TurnReceipt
from sessions.abandoning import abandoned
from sessions.callbacks import Callback, Callbacks
from sessions.decisions import Decision, Decisions
from sessions.ending import end_session
from sessions.health import Probe, examine
from sessions.hub import EventHub
from sessions.opening import opened
from sessions.pen import hold_pen
from sessions.reader import LOCAL_TENANT, SessionReader
from sessions.recovery import Recovery
from sessions.replaying.replays import ReplayFields, Replays
from sessions.requests import SessionFields, TurnFields, playbook_installed, playbook_named, session_given, turn_given
from sessions.runner import TurnRunner
from sessions.speaking import Speaking
from sessions.stores import Stores
from sessions.stranded import StrandedTurns
from sessions.views import session_view

TURN_WAIT = timedelta(seconds=60)
"""How long a turn's result is waited for, unless the caller says."""


class Parley(SessionReader):
    """Sessions and their turns. Made by `bootstrap.service.open_parley`."""

    def __init__(
        self,
        playbooks: Mapping[str, Playbook],
        stores: Stores,
        runner: TurnRunner,
        hub: EventHub,
        callbacks: Callbacks,
        decisions: Decisions,
        replays: Replays,
        clock: Clock,
        probes: Mapping[str, Probe],
        quota: int,
    ) -> None:
        super().__init__(stores.sessions, stores.records, hub)
        self.playbooks = playbooks
        self.speaking = Speaking(stores.speaking, hub)
        self._runner = runner
        self._callbacks = callbacks
        self._decisions, self._replays = decisions, replays
        self._clock, self._stores = clock, stores
        self._probes = probes
        self._quota = quota
        self._observers: list[Callable[[TurnResult], None]] = []
        self._stranded = StrandedTurns(playbooks, stores.inbox, stores.turns, self.turn_finished)
        self._recovery = Recovery(stores.sessions, stores.inbox, self._known, runner, self._stranded)

    async def create_session(self, playbook: str, **given: Any) -> dict[str, Any]:
        """Open a session (see `open_session`) and show it."""
        record, _ = await self.open_session(playbook, **given)
        return session_view(record)

    async def open_session(
        self, playbook: str, *, tenant_id: str = LOCAL_TENANT, in_writing: bool = True, **given: Unpack[SessionFields]
    ) -> tuple[SessionRecord, bool]:
        """Open a session; the same id with the same body returns the one that is there, and False.

        Raises:
            InvalidInput, Conflict: naming the field; the session_id is taken by another body.
            RateLimited: the tenant has as many sessions open as it may in writing; a call has a line instead.
        """
        book = playbook_named(self.playbooks, playbook)
        new = session_given(book, tenant_id, given, now=self._clock.now())
        await self._known.tenant(tenant_id)
        most = self._quota if in_writing else None
        record, created = await self._sessions.create(await opened(book, new, self._stores), most=most)
        if not created and record.digest != new.digest:
            raise Conflict("This session_id was opened with another body.", field="session_id")
        if created:
            self._news(tenant_id, new.facts.session_id, lambda event: True)
        return record, created

    async def process_turn(
        self,
        session_id: str,
        *,
        tenant_id: str = LOCAL_TENANT,
        wait: timedelta | None = None,
        **given: Unpack[TurnFields],
    ) -> TurnResult | TurnReceipt:
        """Take one utterance of either side and return what came of it.

        A caller's turn is kept before it runs: cancelling this call does not cancel the turn. When the result is not
        there within `wait`, a receipt comes back, and `get_turn` has the result later.

        Raises:
            NotFound, SessionClosed, Conflict, InvalidInput, TooLarge: the turn was not taken.
            Unavailable: the database takes nothing now, or the turn is kept and will be tried again.
        """
        facts = await self._known.facts(tenant_id, session_id)
        turn = await turn_given(playbook_installed(self.playbooks, facts.playbook), given)
        if turn.role is Role.AGENT and turn.audio is None:
            return await self._pass_through(facts, turn)
        receipt = await self._accept(facts, turn)
        if receipt.result is not None:
            return receipt.result
        waited = wait or TURN_WAIT
        result = await self._runner.waiting.result((tenant_id, facts.session_id), turn.turn_id, waited)
        return receipt if result is None else result

    async def stream_turn(
        self, session_id: str, *, tenant_id: str = LOCAL_TENANT, turn_id: str | None = None, **given: Any
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Take a turn as `process_turn` does; tell nodes as they end, sentences as they are ready, then the result."""
        session_id, turn_id = session_id_of(session_id), str(uuid4()) if turn_id is None else turn_id
        work = self.process_turn(session_id, tenant_id=tenant_id, turn_id=turn_id, **given)
        async with aclosing(self._runner.waiting.follow((tenant_id, session_id), turn_id, work)) as stream:
            async for item in stream:
                yield item

    async def interrupt_turn(self, session_id: str, turn_id: str, *, tenant_id: str = LOCAL_TENANT) -> bool:
        """Say that the caller speaks over a turn that runs in this process; False when it does not run (any more).

        READ and REVERSIBLE tools that have not answered are given up and leave nothing behind, COMMIT tools run to
        their end, and the turn ends as every turn does: with a result for each of its calls.
        """
        facts = await self._known.facts(tenant_id, session_id)
        return self._runner.interrupt((tenant_id, facts.session_id), turn_id)

    async def decide_consent(
        self,
        session_id: str,
        consent_id: str,
        decision: Decision,
        by: str,
        *,
        tenant_id: str = LOCAL_TENANT,
    ) -> dict[str, Any]:
        """Grant or refuse a held call for a person, and run it if granted."""
        session_id = await self._checked(tenant_id, session_id)
        decided = await self._decisions.decide(tenant_id, session_id, consent_id, decision, by)
        known = decided["consent"]["consent_id"]
        self._news(tenant_id, session_id, lambda event: event["data"].get("consent_id") == known)
        return decided

    async def replay_session(
        self, session_id: str, *, tenant_id: str = LOCAL_TENANT, **asked: Unpack[ReplayFields]
    ) -> dict[str, Any]:
        """Run the recorded call again in a fork, in the background, and show the replay (see `Replays.ask`)."""
        return await self._replays.ask(tenant_id, session_id, **asked)

    async def get_replay(self, replay_id: str, *, tenant_id: str = LOCAL_TENANT) -> dict[str, Any]:
        """Show a replay with its differences so far."""
        return await self._replays.show(tenant_id, replay_id)

    def on_event(self, callback: Callback) -> Callable[[], None]:
        """Call `callback(session_id, event_type, data)` for every event of this process's sessions."""
        return self._callbacks.add(callback)

    async def close_session(self, session_id: str, *, tenant_id: str = LOCAL_TENANT) -> SessionRecord:
        """End a session; ending it again changes nothing."""
        return await self._end(tenant_id, session_id_of(session_id), SessionStatus.CLOSED)

    async def erase_session(self, session_id: str, *, tenant_id: str = LOCAL_TENANT) -> None:
        """Remove a session with all that was said, done, learnt and told in it."""
        session_id = session_id_of(session_id)
        async with hold_pen(self._stores.inbox, tenant_id, session_id):
            erased = await self._sessions.erase(tenant_id, session_id)
        self._known.forget(tenant_id, session_id)
        if not erased:
            raise NotFound("There is no such session.", field="session_id")
        self._hub.nudge(session_id)

    async def cleanup_inactive_sessions(self, max_age_seconds: float = 3600) -> int:
        """End, as abandoned, the sessions in which nobody spoke for so long, or as playbooks say; return how many."""
        ended, most = 0, timedelta(seconds=max_age_seconds)
        async for session in abandoned(self._sessions, self.playbooks.values(), self._clock.now(), most):
            self._ended(*session)  # at once: the next one may find no database
            ended += 1
        return ended

    async def health(self) -> dict[str, dict[str, Any]]:
        """Ask every dependency: name -> {status, required, ms, detail}."""
        return await examine(self._probes)

    def on_turn(self, observer: Callable[[TurnResult], None]) -> None:
        """Show `observer` every turn that is finished here: for counting, at no cost in the database."""
        self._observers.append(observer)

    def turn_finished(self, tenant_id: str, session_id: str, result: TurnResult) -> None:
        """Say that a turn of the session was finished here."""
        for observer in self._observers:
            observer(result)
        self._news(tenant_id, session_id, lambda event: event["turn_id"] == result["turn_id"])

    def leave(self) -> None:
        """Take up no more turns: those that run end here, those that wait are another process's."""
        self._runner.leave()

    async def renew_pens(self) -> None:
        """Keep the pens of the sessions whose turns run here."""
        await self._runner.renew_pens()

    async def recover(self) -> None:
        """See to turns that were accepted and are in nobody's hand: after a crash, or a database that was away."""
        await self._recovery.run()

    async def _pass_through(self, facts: SessionFacts, turn: NewTurn) -> TurnResult:
        result = await self._runner.run_unkept(RunContext(passthrough=turn, facts=facts))
        self.turn_finished(facts.tenant_id, facts.session_id, result)
        return result

    async def _accept(self, facts: SessionFacts, turn: NewTurn) -> TurnReceipt:
        receipt = await self._stores.inbox.accept(facts.tenant_id, facts.session_id, turn)
        if receipt.result is None and turn.role is Role.AGENT:
            self._runner.hear(facts.tenant_id, facts.session_id, receipt.seq)
        elif receipt.result is None:
            self._runner.wake(facts.tenant_id, facts.session_id)
        return receipt

    async def _end(self, tenant_id: str, session_id: str, status: SessionStatus) -> SessionRecord:
        """End a session once its open turns have run: `session_closed` is its last event."""
        facts = await self._known.facts(tenant_id, session_id)
        if self._stranded.strand(facts):
            record = await self._stranded.close(self._sessions, facts, status)
        else:
            record = await end_session(self._sessions, self._runner, tenant_id, session_id, status)
        self._ended(tenant_id, session_id)
        return record

    def _ended(self, tenant_id: str, session_id: str) -> None:
        self._news(tenant_id, session_id, lambda event: event["type"] == EventType.SESSION_CLOSED)

    def _news(self, tenant_id: str, session_id: str, first: Callable[[Envelope], bool]) -> None:
        """Nudge whoever listens; `first` finds the first event for callbacks that know nothing of the session yet."""
        self._hub.nudge(session_id)
        self._callbacks.nudge(tenant_id, session_id, first)
