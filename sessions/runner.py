"""Running accepted turns: in order within a session, side by side across sessions.

A turn is a committed row before it runs. Whoever holds a session's pen (a lease) works its open turns off, oldest
first; a caller who waits is told when the row is done, whichever process did it.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal
from uuid import uuid4

import structlog

from checkpoints.thread import thread_of
from domain.conversation import Role
from domain.errors import Unavailable, place_of
from domain.session import SessionFacts
from domain.turn import TurnResult
from graph.turn import TurnGraph
from nodes.interruption import Interruption
from nodes.state import RunContext
from ports.records import OpenTurn
from ports.store import Inbox, RecordStore, TurnStore
from sessions.as_kept import result_as_kept
from sessions.breaks import REASON, Breaks
from sessions.tasks import OwnedTasks, end
from sessions.waiting import Session, Turn, Waiting

LEASE = timedelta(seconds=10)
"""How long a pen is held without being renewed: a dead process gives its sessions up after that."""

RETRY_SECONDS = 0.1
"""How soon to ask again for a pen that another process holds while somebody waits here."""

log = structlog.get_logger(__name__)

Finished = Callable[[str, str, TurnResult], None]
Durability = Literal["exit", "async", "sync"]
"""When LangGraph checkpoints a run: once at its end, or after every step. The tables are the truth in each."""


class TurnRunner:
    """Works the inbox off."""

    def __init__(
        self,
        graph: TurnGraph,
        unkept: TurnGraph,
        inbox: Inbox,
        records: RecordStore,
        turns: TurnStore,
        tasks: OwnedTasks,
        finished: Finished,
        durability: Durability,
    ) -> None:
        self._graph = graph
        self._unkept = unkept
        self._inbox = inbox
        self._turns = turns
        self._tasks = tasks
        self._finished = finished
        self._durability = durability
        self._owner = str(uuid4())
        self._draining: set[Session] = set()
        self._woken: Counter[Session] = Counter()
        self._hearing: set[tuple[Session, int]] = set()
        self._held: dict[Turn, SessionFacts] = {}
        """The callers' turns that run here: each holds the pen of its session."""
        self._interruptions: dict[Turn, Interruption] = {}
        self._leaving = False
        self.waiting, self.breaks = Waiting(records), Breaks(records)

    @property
    def owner(self) -> str:
        """Whose name stands on the pens that this runner holds."""
        return self._owner

    def leave(self) -> None:
        """Take up nothing more: what runs goes on to its end, what waits is for another process."""
        self._leaving = True
        self.waiting.leave(running=self._interruptions)

    def wake(self, tenant_id: str, session_id: str) -> None:
        """See to a session's open turns; called as often as one likes."""
        if self._leaving:
            return
        session = (tenant_id, session_id)
        self._woken[session] += 1
        if session not in self._draining:
            self._draining.add(session)
            self._tasks.start(self._drain(session), f"turns {session_id}")

    def hear(self, tenant_id: str, session_id: str, seq: int) -> None:
        """See to an agent's turn that came as sound: it waits for nobody and holds no pen."""
        session = (tenant_id, session_id)
        if not self._leaving and (session, seq) not in self._hearing:
            self._hearing.add((session, seq))
            self._tasks.start(self._hear(session, seq), f"hearing {session_id}")

    def interrupt(self, session: Session, turn_id: str) -> bool:
        """Stop what a running turn need not finish, since the caller has spoken again; False when it does not run."""
        interruption = self._interruptions.get((session, turn_id))
        if interruption is not None:
            interruption.interrupt()
        return interruption is not None

    async def run_unkept(self, context: RunContext) -> TurnResult:
        """Run an agent's written turn: the same graph, no checkpointer, nobody waited for."""
        state = await self._unkept.ainvoke({}, context=context)
        result: TurnResult = state["result"]
        return result

    async def _drain(self, session: Session) -> None:
        try:
            while not self._leaving and ((woken := self._woken[session]) or self.waiting.anyone(session)):
                opened = await self._inbox.claim(*session, owner=self._owner, lease=LEASE)
                if opened is not None:
                    self._woken[session] -= min(woken, 1)
                    await self._work(opened, self._graph)
                    continue
                self._woken[session] -= woken
                if self.waiting.anyone(session):
                    await asyncio.sleep(RETRY_SECONDS)
                    await self.waiting.look(session)
        finally:
            self._draining.discard(session)
            self._woken.pop(session, None)

    async def _hear(self, session: Session, seq: int) -> None:
        try:
            opened = await self._inbox.claim_audio(*session, seq)
            if opened is not None:
                await self._work(opened, self._unkept)
        finally:
            self._hearing.discard((session, seq))

    async def _work(self, opened: OpenTurn, graph: TurnGraph) -> None:
        """Run one turn to its end. One that breaks stays in the inbox and is tried again, until it is hopeless."""
        turn = _turn_of(opened)
        hopeless = self.breaks.hopeless(turn)
        run = asyncio.create_task(self._end_as_kept(opened) if hopeless else self._run(opened, graph))
        if opened.role is Role.CALLER:
            self._held[turn] = opened.facts
        try:
            await asyncio.wait({run})
        finally:
            self._held.pop(turn, None)
            self._interruptions.pop(turn, None)
            await end(run)
        if (error := run.exception()) is None:
            self.breaks.forget(turn)
            self._finished(*turn[0], run.result())
            return
        await self._failed(opened, error)

    async def _failed(self, opened: OpenTurn, error: BaseException) -> None:
        session, turn_id = turn = _turn_of(opened)
        tries = self.breaks.count(turn, error)
        log.error("turn_broke", session_id=session[1], turn_id=turn_id, tries=tries, error=place_of(error))
        self.waiting.give_up(session, turn_id)
        if opened.role is Role.CALLER:  # an agent's turn holds no pen
            await self._put_down(opened.facts)
        await asyncio.sleep(self.breaks.rest(turn))

    async def _end_as_kept(self, opened: OpenTurn) -> TurnResult:
        """End a turn that nothing helps: what it has done is told, and the rest of it is not done any more."""
        facts, result = opened.facts, result_as_kept(opened, REASON)
        log.error("turn_given_up", session_id=facts.session_id, turn_id=opened.turn_id)
        await self._turns.finish_turn(facts.tenant_id, facts.session_id, result, owner=self._owner)
        self.waiting.tell(*_turn_of(opened), result)
        return result

    async def _put_down(self, facts: SessionFacts) -> None:
        """Give the pen of a turn that broke back, so that another process may try."""
        try:
            await self._inbox.release(facts.tenant_id, facts.session_id, owner=self._owner)
        except Unavailable as error:
            log.warning("pen_not_put_down", session_id=facts.session_id, code=error.code)

    async def _run(self, opened: OpenTurn, graph: TurnGraph) -> TurnResult:
        facts, turn = opened.facts, _turn_of(opened)
        interruption = self._interruptions.setdefault(turn, Interruption())
        context = RunContext(open_turn=opened, facts=facts, owner=self._owner, interruption=interruption)
        options: dict[str, Any] = {} if graph is self._unkept else {"durability": self._durability}
        config = thread_of(facts.tenant_id, facts.session_id)
        result: TurnResult | None = None
        modes: list[Any] = ["updates", "custom"]
        async for mode, step in graph.astream({}, config, context=context, stream_mode=modes, **options):
            if mode == "custom":
                self.waiting.tell_sentence(*turn, step)
                continue
            for node, update in step.items():
                self.waiting.tell_step(*turn, node, update or {})
                result = (update or {}).get("result") or result
            if result is not None:  # committed, and the pen is down: nobody has to wait for the checkpoint
                self._held.pop(turn, None)
                self.waiting.tell(*turn, result)
        if result is None:
            raise LookupError("a turn ended without a result")
        return result

    async def renew_pens(self) -> None:
        """Keep the pens of the sessions whose turns run here; called well within the length of a lease.

        One that is gone was put down with its turn's result, or another process has taken it: then both work on the
        turn, and what they write is kept once, by its key.
        """
        for facts in list(self._held.values()):
            try:
                await self._inbox.renew(facts.tenant_id, facts.session_id, owner=self._owner, lease=LEASE)
            except Unavailable as error:
                log.warning("pen_not_renewed", session_id=facts.session_id, code=error.code)


def _turn_of(opened: OpenTurn) -> Turn:
    return (opened.facts.tenant_id, opened.facts.session_id), opened.turn_id
