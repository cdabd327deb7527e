"""Two services, two clients, one session: every turn once, each client's in its order."""

import asyncio

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import Unavailable
from domain.turn import TurnResult
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.speech_to_text import silence
from sessions.service import Parley
from tests.integration.sessions.reading import rows_of
from tests.invariants import faults_of

TURNS = 250
"""Of each client."""

WORDS = {"visitors": "we get {} visitors a month", "calls": "about {} calls a month"}
METRICS = {"visitors": "monthly_website_visitors", "calls": "monthly_inbound_calls"}
FIRST = 1_000


async def say(replica: Parley, session_id: str, client: str, number: int) -> TurnResult:
    """Send one turn until its result is here."""
    words, turn_id = WORDS[client].format(FIRST + number), f"{client}-{number}"
    while True:
        try:
            result = await replica.process_turn(session_id, speaker="User", raw_text=words, turn_id=turn_id)
        except Unavailable:
            continue  # each try is a query
        if not isinstance(result, TurnReceipt):
            return result


async def talk(replicas: tuple[Parley, Parley], session_id: str, client: str) -> list[TurnResult]:
    """Say one turn after the other, each at the other replica."""
    return [await say(replicas[number % 2], session_id, client, number) for number in range(TURNS)]


@pytest.mark.timeout(180)
async def test_five_hundred_turns_of_two_clients_on_two_replicas(
    parley: Parley, session_id: str, database: Database, second_database: Database
) -> None:
    async with run_parley(Ports(second_database, silence(), None), Settings()) as other:
        answers = dict(
            zip(
                WORDS,
                await asyncio.gather(
                    talk((parley, other), session_id, "visitors"), talk((other, parley), session_id, "calls")
                ),
                strict=True,
            )
        )
    rows = await rows_of(database, session_id)
    assert faults_of(rows) == []
    assert len(rows.turns) == 2 * TURNS
    results = {turn["turn_id"]: turn["result"] for turn in rows.turns}
    for client, given in answers.items():
        assert [result["turn_id"] for result in given] == [f"{client}-{number}" for number in range(TURNS)]
        numbers = [result["seq"] for result in given]
        assert numbers == sorted(numbers)
        assert all(results[result["turn_id"]] == result for result in given)
    assert [call["status"] for call in rows.calls] == ["done"] * 2 * TURNS
    assert [version["seq"] for version in rows.versions] == list(range(1, 2 * TURNS + 1))
    last = f"{FIRST + TURNS - 1:,}".replace(",", "")
    assert rows.session["dataset"]["business_insights"]["metrics"] == {METRICS[client]: last for client in WORDS}
