"""Who waits for a turn here, and who watches its steps."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Container, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from langgraph.types import Overwrite

from domain.errors import NotFound, Unavailable
from domain.turn import TurnResult
from ports.records import TurnReceipt
from ports.store import RecordStore
from sessions.tasks import end

LOOK_SECONDS = 2.0
"""How often a waiter looks for itself, should nobody tell it."""

SHOWN = ("raw_text", "cleaned_text", "stt", "degraded", "dataset_version", "reply")
"""What of a node's update a watcher is shown."""

Outcome = TurnResult | Unavailable
Session = tuple[str, str]
"""Tenant and session: two tenants may choose the same session_id."""
Turn = tuple[Session, str]


class Waiting:
    """Waiters and watchers by session and turn_id."""

    def __init__(self, records: RecordStore) -> None:
        self._records = records
        self._waiters: defaultdict[Turn, set[asyncio.Future[Outcome]]] = defaultdict(set)
        self._watchers: defaultdict[Turn, set[asyncio.Queue[dict[str, Any]]]] = defaultdict(set)
        self._sessions: defaultdict[Session, set[asyncio.Future[Outcome]]] = defaultdict(set)
        self._running: Container[Turn] | None = None

    def anyone(self, session: Session) -> bool:
        """True while somebody waits for a turn of the session."""
        return any(not waiter.done() for waiter in self._sessions.get(session, ()))

    def leave(self, running: Container[Turn]) -> None:
        """Send everybody to another process, but those who wait for a turn that is running here."""
        self._running = running
        for session, turn_id in list(self._waiters):
            self._send_away(session, turn_id)

    def _send_away(self, session: Session, turn_id: str) -> None:
        if self._running is not None and (session, turn_id) not in self._running:
            self.tell(session, turn_id, Unavailable("The turn is kept; this server is leaving, ask another one."))

    async def result(self, session: Session, turn_id: str, wait: timedelta) -> TurnResult | None:
        """Wait for a turn's result; None when it is not there in time.

        Raises:
            Unavailable: the turn could not be run just now; it stays accepted and is tried again.
        """
        with self._waiter(session, turn_id) as waiter:
            self._send_away(session, turn_id)
            try:
                async with asyncio.timeout(wait.total_seconds()):
                    return await self._first(session, turn_id, waiter)
            except TimeoutError:
                return None

    async def _first(self, session: Session, turn_id: str, waiter: asyncio.Future[Outcome]) -> TurnResult:
        while True:
            done, _ = await asyncio.wait({waiter}, timeout=LOOK_SECONDS)
            outcome: Outcome | None = waiter.result() if done else None
            if outcome is None:
                receipt = await self._records.turn(*session, turn_id)
                outcome = _result_of(receipt)
            if isinstance(outcome, Unavailable):
                raise outcome
            if outcome is not None:
                return outcome

    async def look(self, session: Session) -> None:
        """Tell the waiters of a session whose turns another process has finished."""
        for waiting_session, turn_id in list(self._waiters):
            if waiting_session != session:
                continue
            receipt = await self._records.turn(*session, turn_id)
            if receipt is not None and receipt.result is not None:
                self.tell(session, turn_id, receipt.result)

    async def follow(
        self, session: Session, turn_id: str, work: Coroutine[Any, Any, TurnResult | TurnReceipt]
    ) -> AsyncGenerator[dict[str, Any]]:
        """Yield what a turn that runs in this process does, then its result.

        {event: node} as a node ends, {event: sentence} as a sentence of the reply is ready, {event: result} at the end.
        """
        steps: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        with _member(self._watchers, (session, turn_id), steps):
            turn = asyncio.create_task(work)
            try:
                async for step in _until(turn, steps):
                    yield step
                yield {"event": "result", "data": await turn}
            finally:
                await end(turn)

    def tell(self, session: Session, turn_id: str, outcome: Outcome) -> None:
        """Tell everybody who waits for a turn what became of it."""
        for waiter in self._waiters.get((session, turn_id), ()):
            if not waiter.done():
                waiter.set_result(outcome)

    def give_up(self, session: Session, turn_id: str) -> None:
        """Tell everybody who waits that the turn is kept but could not be run just now."""
        message = "The turn is kept and will be tried again; ask for it by its turn_id."
        self.tell(session, turn_id, Unavailable(message))

    def tell_step(self, session: Session, turn_id: str, node: str, update: dict[str, Any]) -> None:
        """Tell everybody who watches a turn that a node has ended."""
        for steps in self._watchers.get((session, turn_id), ()):
            shown = {key: _bare(update[key]) for key in SHOWN if key in update}
            shown |= {"planned": len(_bare(update["plan"]))} if update.get("plan") else {}
            step = {"node": node, "update": shown | _milliseconds(node, update)}
            steps.put_nowait({"event": "node", "data": step})

    def tell_sentence(self, session: Session, turn_id: str, sentence: dict[str, Any]) -> None:
        """Tell everybody who watches a turn that a sentence of its reply may be said: {sentence: n, text}."""
        for steps in self._watchers.get((session, turn_id), ()):
            steps.put_nowait({"event": "sentence", "data": sentence})

    @contextmanager
    def _waiter(self, session: Session, turn_id: str) -> Iterator[asyncio.Future[Outcome]]:
        waiter: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        with _member(self._waiters, (session, turn_id), waiter), _member(self._sessions, session, waiter):
            yield waiter


@contextmanager
def _member(sets: dict[Any, set[Any]], key: Any, member: Any) -> Iterator[None]:
    """Keep `member` in the set under `key` for a while, and no empty set afterwards."""
    sets[key].add(member)
    try:
        yield
    finally:
        sets[key].discard(member)
        if not sets[key]:
            del sets[key]


async def _until(turn: asyncio.Task[Any], steps: asyncio.Queue[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    """Yield what comes in until the turn has ended and the queue is empty."""
    while not (turn.done() and steps.empty()):
        step = asyncio.create_task(steps.get())
        try:
            await asyncio.wait({turn, step}, return_when=asyncio.FIRST_COMPLETED)
            if step.done():
                yield step.result()
        finally:
            step.cancel()


def _result_of(receipt: TurnReceipt | None) -> TurnResult | None:
    if receipt is None:
        raise NotFound("The session was erased while its turn ran.")
    return receipt.result


def _bare(value: Any) -> Any:
    """A value without LangGraph's mark that it replaces an older one."""
    return value.value if isinstance(value, Overwrite) else value


def _milliseconds(node: str, update: dict[str, Any]) -> dict[str, float]:
    timings = _bare(update.get("timings"))
    return {"ms": round(timings[node], 3)} if isinstance(timings, dict) and node in timings else {}
