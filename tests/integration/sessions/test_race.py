"""Two services, two clients, one session: every turn once, each client's in its order."""

import asyncio
from datetime import timedelta

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.turn import TurnResult
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.speech_to_text import silence
from sessions import runner
from sessions.service import Parley
from tests.integration.sessions.reading import rows_of
from tests.invariants import Rows, faults_of

TURNS = 250
"""Of each client."""

AHEAD = 5
"""Turns that a client has accepted before it waits for their results."""

WORDS = {"visitors": "we get {} visitors a month", "calls": "we get {} calls a month"}
METRICS = ("monthly_website_visitors", "monthly_inbound_calls")
FIRST = 1_000
ASK_OFTEN_SECONDS = 0.005
"""How soon a replica asks again for the pen: often, so that it changes hands often."""
AT_ONCE, IN_TIME = timedelta(0), timedelta(seconds=60)


async def say(replica: Parley, session_id: str, client: str, number: int, wait: timedelta) -> TurnResult | TurnReceipt:
    """Send one turn."""
    words, turn_id = WORDS[client].format(FIRST + number), f"{client}-{number}"
    return await replica.process_turn(session_id, speaker="User", raw_text=words, turn_id=turn_id, wait=wait)


async def talk(replicas: tuple[Parley, Parley], session_id: str, client: str) -> list[TurnResult]:
    """Have turns accepted in order, each by the other replica; then wait for them at either, by the same turn_id."""
    results: list[TurnResult] = []
    for first in range(0, TURNS, AHEAD):
        numbers = range(first, first + AHEAD)
        for number in numbers[:-1]:
            await say(replicas[number % 2], session_id, client, number, AT_ONCE)
        await say(replicas[numbers[-1] % 2], session_id, client, numbers[-1], IN_TIME)
        again = [await say(replicas[number // 2 % 2], session_id, client, number, IN_TIME) for number in numbers]
        results += [result for result in again if not isinstance(result, TurnReceipt)]
    return results


def answered_in_order(rows: Rows, client: str, given: list[TurnResult]) -> None:
    """Assert that a client was told of all its turns, in its order, and what is kept of them."""
    results = {turn["turn_id"]: turn["result"] for turn in rows.turns}
    assert [result["turn_id"] for result in given] == [f"{client}-{number}" for number in range(TURNS)]
    numbers = [result["seq"] for result in given]
    assert numbers == sorted(numbers)
    assert all(results[result["turn_id"]] == result for result in given)


async def test_five_hundred_turns_of_two_clients_on_two_replicas(
    parley: Parley,
    session_id: str,
    database: Database,
    second_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "RETRY_SECONDS", ASK_OFTEN_SECONDS)
    async with run_parley(Ports(second_database, silence(), None), Settings()) as other:
        visitors, calls = await asyncio.gather(
            talk((parley, other), session_id, "visitors"), talk((other, parley), session_id, "calls")
        )
    rows = await rows_of(database, session_id)
    assert faults_of(rows) == []
    assert len(rows.turns) == 2 * TURNS
    answered_in_order(rows, "visitors", visitors)
    answered_in_order(rows, "calls", calls)
    assert [call["status"] for call in rows.calls] == ["done"] * 2 * TURNS
    assert [version["seq"] for version in rows.versions] == list(range(1, 2 * TURNS + 1))
    last = str(FIRST + TURNS - 1)
    assert rows.session["dataset"]["business_insights"]["metrics"] == dict.fromkeys(METRICS, last)
