"""A turn is cancelled, or spoken over, at each of its awaits in turn: nothing is half done, and the next turn works."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import pytest

from domain.turn import TurnResult
from ports.chat_model import ChatAnswer, ChatRequest
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.service import Parley
from sessions.tasks import end
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.reading import rows_of
from tests.integration.sessions.suspensions import Countdown, counted
from tests.invariants import faults_of

QUESTION = "Shall I go ahead and create the demo for you?"
FACTS = "we get 500 visitors and 90 calls a month"
YES = "yes, go ahead please"
DEMO: tuple[str, dict[str, str]] = ("initiate_demo_creation", {})
METRICS = (
    ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "500"}),
    ("log_metric", {"metric_name": "monthly_inbound_calls", "value_string": "90"}),
)
WITHIN_SECONDS = 20
LEAST, MOST = 20, 400
"""Fewer and more suspensions than a turn has."""


def eager(request: ChatRequest) -> ChatAnswer:
    """A model that leaves the words alone and calls for both figures and for the demo, whatever was said."""
    if request.purpose == "clean":
        return says(request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}'))
    return calls(*METRICS, DEMO)


def cancel(countdown: Countdown) -> None:
    """Cancel the task that works the session's turns off: the one that all others of the turn hang on."""
    countdown.tasks[0].cancel()


async def say(parley: Parley, session_id: str, speaker: str, words: str, turn_id: str) -> TurnResult:
    result = await parley.process_turn(session_id, speaker=speaker, raw_text=words, turn_id=turn_id)
    assert not isinstance(result, TurnReceipt)
    return result


async def run_struck(parley: Parley, words: str, k: int, strike: Callable[[Countdown], None]) -> tuple[str, Countdown]:
    """Ask a question, answer it, and strike at the k-th await of the answer's turn; wait until its work has ended."""
    session_id = (await parley.create_session("lumen", session_id=str(uuid4())))["session_id"]
    await say(parley, session_id, "lumen", QUESTION, "asked")
    countdown = Countdown(k, strike)
    with counted("TurnRunner._drain", countdown):
        turn = asyncio.create_task(say(parley, session_id, "User", words, "struck"))
        async with asyncio.timeout(WITHIN_SECONDS):
            while not (countdown.tasks and countdown.tasks[0].done()):
                await parley.health()  # each look is a query
    await end(turn)
    return session_id, countdown


async def check(parley: Parley, database: Database, session_id: str, words: str) -> list[str]:
    """The next turn works, the struck one has its result, and all is well; the statuses of the struck turn's calls."""
    after = await say(parley, session_id, "User", "we are forty people", "after")
    struck = await say(parley, session_id, "User", words, "struck")
    assert after["seq"] == struck["seq"] + 1
    rows = await rows_of(database, session_id)
    assert faults_of(rows) == []
    return [call["status"] for call in rows.calls if call["seq"] == struck["seq"]]


@pytest.mark.parametrize(
    ("words", "become"),
    [(FACTS, ["done", "done", "held"]), (YES, ["invalid", "invalid", "done"])],
    ids=["held", "granted"],
)
async def test_cancelled_at_every_await(run: Run, database: Database, words: str, become: list[str]) -> None:
    async with run(model=ScriptedChatModel(eager)) as parley:
        for k in range(1, MOST):
            session_id, countdown = await run_struck(parley, words, k, cancel)
            assert await check(parley, database, session_id, words) == become
            if not countdown.struck:
                break
    assert not countdown.struck
    assert k > LEAST


async def test_spoken_over_at_every_await(run: Run, database: Database) -> None:
    async with run(model=ScriptedChatModel(eager)) as parley:
        for k in range(1, MOST):
            session_id, countdown = await run_struck(parley, FACTS, k, lambda _: interrupt(parley))
            statuses = await check(parley, database, session_id, FACTS)
            assert statuses[2] == "held"
            assert set(statuses[:2]) <= {"done", "failed"}
            if not countdown.struck:
                break
    assert not countdown.struck


def interrupt(parley: Parley) -> None:
    """The caller speaks over whatever runs."""
    for session_id, turn_id in list(parley._runner._interruptions):
        parley._runner.interrupt(session_id, turn_id)
