"""Turns, decisions, the end and deaths of replicas in any order and at any moment: what is stored stays whole."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, LiteralString
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bootstrap import service
from domain.errors import Conflict, SessionClosed, Unavailable
from domain.turn import TurnResult
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel
from sessions import pen, runner
from sessions.decisions import Decision
from sessions.service import Parley
from sessions.tasks import end
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.reading import TENANT, rows_of
from tests.integration.sessions.slow_tools import Gate, slow_playbooks
from tests.integration.sessions.test_cancel import DEMO, FACTS, QUESTION, YES, eager
from tests.invariants import faults_of

EXAMPLES = 100
SOON_SECONDS = 0.01
PATIENCE = timedelta(seconds=0.2)
Step = tuple[Any, ...]
_REPLICAS = st.sampled_from((0, 1))
_WORDS = st.sampled_from((("User", FACTS), ("User", YES), ("User", "we are forty people"), ("lumen", QUESTION)))
STEPS = st.one_of(
    st.builds(lambda replica, said: ("say", replica, *said), _REPLICAS, _WORDS),
    st.builds(lambda replica, said: ("say", replica, *said), _REPLICAS, _WORDS),
    st.tuples(st.just("decide"), _REPLICAS, st.sampled_from(("grant", "refuse"))),
    st.tuples(st.just("die"), _REPLICAS),
    st.sampled_from((("slow",), ("fast",))),
    st.tuples(st.just("look"), st.integers(1, 12)),
)


@dataclass
class World:
    """Two replicas, one session, and what was asked of them."""

    replicas: list[Parley]
    database: Database
    gate: Gate
    session_id: str
    answers: dict[str, TurnResult] = field(default_factory=dict)
    asked: list[asyncio.Future[None]] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    """The owners of pens that nobody will put down."""

    async def take(self, step: Step) -> None:
        """Take one step of a schedule, which names one of the methods; what takes long goes on beside the next ones."""
        name, *details = step
        await getattr(self, name)(*details)

    async def say(self, replica: int, speaker: str, words: str) -> None:
        """Send a turn, until its result is there."""
        self._begin(self._say(replica, speaker, words))

    async def decide(self, replica: int, decision: Decision) -> None:
        """Have a person decide what is held."""
        self._begin(self._decide(replica, decision))

    async def close(self, replica: int) -> None:
        """End the session."""
        self._begin(self._until(lambda: self.replicas[replica].close_session(self.session_id)))

    async def slow(self) -> None:
        """Let no tool answer from now on."""
        self.gate.close()

    async def fast(self) -> None:
        """Let every tool answer."""
        self.gate.open()

    async def look(self, times: int) -> None:
        """Let time pass: so many queries."""
        for _ in range(times):
            await self.database.run("", "SELECT 1")

    async def die(self, replica: int) -> None:
        """Cut off all that a replica works on, pens in its hand, and let another process take its place."""
        working = self.replicas[replica]._runner
        await asyncio.gather(*(end(task) for task in list(working._tasks._tasks)))
        self.dead.append(working.owner)
        working._owner = str(uuid4())

    async def settle(self) -> None:
        """Let everything end."""
        self.gate.open()
        async with asyncio.timeout(60):
            while not all(task.done() for task in self.asked):
                await self._lapse()
                await asyncio.gather(*(replica.recover() for replica in self.replicas))
                await asyncio.wait(self.asked, timeout=0.02)
            await asyncio.gather(*self.asked)
            while await self._pen_is_held():  # an answer is there a moment before its pen is put down
                await self._lapse()

    async def _pen_is_held(self) -> bool:
        held = "SELECT FROM session_leases WHERE session_id = %(session_id)s AND until > now()"
        return bool(await self.database.run(TENANT, held, {"session_id": self.session_id}))

    def _begin(self, work: Awaitable[Any]) -> None:
        self.asked.append(asyncio.ensure_future(work))

    async def _say(self, replica: int, speaker: str, words: str) -> None:
        turn_id = str(uuid4())
        result = await self._until(
            lambda: self.replicas[replica].process_turn(
                self.session_id, speaker=speaker, raw_text=words, turn_id=turn_id, wait=PATIENCE
            )
        )
        if result is not None:
            self.answers[turn_id] = result

    async def _decide(self, replica: int, decision: Decision) -> None:
        state = await self.replicas[replica].get_session_state(self.session_id)
        held = [consent["consent_id"] for consent in state["held_consents"]]
        if held:
            await self._until(
                lambda: self.replicas[replica].decide_consent(self.session_id, held[0], decision, "maria")
            )

    async def _until(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Ask until there is an answer; a session that has ended takes nothing more, and a consent is decided once."""
        while True:
            try:
                answer = await ask()
            except Unavailable:
                continue  # each try is a query
            except (Conflict, SessionClosed):
                return None
            if not isinstance(answer, TurnReceipt):
                return answer

    async def _lapse(self) -> None:
        """Let the time of the dead ones' pens pass."""
        lapse: LiteralString = "UPDATE session_leases SET until = now() WHERE owner = ANY(%(dead)s::uuid[])"
        await self.database.run(TENANT, lapse, {"dead": self.dead})


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """A gate in front of the tools; and whoever asks again does so soon."""
    gate = Gate()
    monkeypatch.setattr(service, "load_playbooks", lambda: slow_playbooks(gate))
    monkeypatch.setattr(runner, "RETRY_SECONDS", SOON_SECONDS)
    monkeypatch.setattr(pen, "ASK_AGAIN_SECONDS", SOON_SECONDS)
    return gate


@pytest.fixture
async def replicas(gate: Gate, run: Run) -> AsyncIterator[list[Parley]]:
    """Two services on one database, with a model that calls for everything at once."""
    async with run(model=ScriptedChatModel(eager)) as one, run(model=ScriptedChatModel(eager)) as other:
        yield [one, other]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=16), close_at=st.none() | st.integers(0, 16))
async def test_any_interleaving_leaves_a_whole_session(
    replicas: list[Parley], database: Database, gate: Gate, steps: list[Step], close_at: int | None
) -> None:
    session_id = (await replicas[0].create_session("lumen", session_id=str(uuid4())))["session_id"]
    world = World(replicas, database, gate, session_id)
    if close_at is not None:
        steps = [*steps[:close_at], ("close", 0), *steps[close_at:]]
    for step in steps:
        await world.take(step)
    await world.settle()
    rows = await rows_of(database, session_id)
    assert faults_of(rows) == []
    assert len([call for call in rows.calls if (call["name"], call["status"]) == (DEMO[0], "done")]) <= 1
    assert {turn["turn_id"]: turn["result"] for turn in rows.turns} == world.answers
    assert rows.session["status"] == ("active" if close_at is None else "closed")
