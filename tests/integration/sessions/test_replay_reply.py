"""Replays of calls in which we speak: what was replied is history, and is compared."""

from dataclasses import replace
from typing import Any

import pytest

from bootstrap import service
from bootstrap.replays import build_replays
from bootstrap.settings import Settings
from domain.errors import Fault, ProviderUnavailable
from domain.playbook import Playbook
from domain.tool_call import ConsentMode
from playbooks.loader import load_playbooks
from ports.chat_model import ChatAnswer, ChatRequest
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.chat_model import BrokenOff, calls, says
from sessions.service import Parley
from tests.integration.sessions.appointments import Appointments
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.recorded_call import differing, everything, replayed, replays_on
from tests.integration.sessions.speaking import data_of, speaking

WORDS = ["hello there", "um I would like to see somebody", "what about the morning", "thank you, goodbye"]


def chatty(request: ChatRequest) -> ChatAnswer:
    """Say how much was said before, so that an answer shows its history; break off once."""
    data = data_of(request)
    if "morning" in data["newest_turn"]:
        raise BrokenOff("I see. Which day", ProviderUnavailable("scripted", Fault.TIMEOUT))
    return says("All right. " + ("Please go on. " * len(data["history"])))


async def call(parley: Parley, words: list[str], playbook: str = "custom") -> tuple[str, list[Any]]:
    session_id = str((await parley.create_session(playbook))["session_id"])
    results = []
    for seq, said in enumerate(words, start=1):
        result = await parley.process_turn(session_id, speaker="Caller", raw_text=said, turn_id=f"turn-{seq}")
        assert not isinstance(result, TurnReceipt)
        results.append(result)
    return session_id, results


async def test_the_same_replies_are_found_and_nobody_is_asked(run: Run, database: Database) -> None:
    model = speaking(chatty)
    async with run(model=model) as parley:
        session_id, results = await call(parley, WORDS)
    assert [len(result["reply"].split()) for result in results] == [2, 8, 2, 20]
    before, asked = await everything(database), len(model.requests)
    for from_turn in (None, "turn-2", "turn-4"):
        shown = await replayed(replays_on(database, model), session_id, from_turn=from_turn)
        assert differing(shown) == []
        assert all(each["degraded"]["recorded"] == each["degraded"]["replayed"] for each in shown["differences"])
        assert (shown["totals"]["asked"], len(model.requests)) == (0, asked)
    assert await everything(database) == before


async def test_the_repliers_words_come_again(run: Run, database: Database) -> None:
    async with run() as parley:
        session_id, results = await call(parley, [*WORDS[:3], "could you repeat that"])
    assert results[3]["reply"] == results[2]["reply"]  # only who knows what was replied can say it again
    assert differing(await replayed(replays_on(database), session_id, from_turn="turn-4")) == []


async def test_another_model_replies_otherwise_and_hears_its_own_words(run: Run, database: Database) -> None:
    async with run(model=speaking(chatty)) as parley:
        session_id, results = await call(parley, WORDS)
    other = speaking(lambda request: says("Hm."), name="scripted:other")
    shown = await replayed(replays_on(database, other), session_id, from_turn="turn-2", model="scripted:other")
    assert [each["reply"] for each in shown["differences"]] == [
        {"recorded": result["reply"], "replayed": "Hm."} for result in results[1:]
    ]
    assert shown["totals"]["different"] == 3
    (*_, last) = (data_of(request)["history"] for request in other.requests if request.purpose == "reply")
    assert [item["text"] for item in last if item["speaker"] == "agent"] == [results[0]["reply"], "Hm.", "Hm."]


@pytest.fixture
def books(monkeypatch: pytest.MonkeyPatch) -> dict[str, Playbook]:
    """A playbook that speaks and books appointments on a yes."""
    tools = Appointments(gate=ConsentMode.ASK).playbook.tools
    made = {"desk": replace(load_playbooks()["custom"], name="desk", tools=tools)}
    monkeypatch.setattr(service, "load_playbooks", lambda: made)
    return made


async def test_a_yes_to_our_own_question_is_one_in_a_replay_too(
    run: Run, database: Database, books: dict[str, Playbook]
) -> None:
    wish = ("book_appointment", {"day": "Monday", "doctor": "Rao"})

    def decides(request: ChatRequest) -> ChatAnswer:
        return calls(wish) if "Monday" in data_of(request)["newest_turn"] else calls()

    model = speaking(lambda request: says("I see."), decides)
    async with run(model=model) as parley:
        session_id, results = await call(parley, ["Monday with Dr. Rao", "yes please", "thanks"], "desk")
    assert [each["status"] for result in results for each in result["function_calls"]] == ["held", "done"]
    assert results[0]["reply"].endswith("Shall I book the appointment?")
    replays = build_replays(database, Settings(), books, model)
    for from_turn in (None, "turn-2"):
        assert differing(await replayed(replays, session_id, from_turn=from_turn)) == []


async def test_what_was_not_heard_is_no_history(run: Run, database: Database) -> None:
    model = speaking(chatty)
    async with run(model=model) as parley:
        session_id = str((await parley.create_session("custom", channel="voice"))["session_id"])
        await parley.process_turn(session_id, speaker="Agent", raw_text="Hello. Goodbye.", turn_id="greet", aloud=True)
        await parley.speaking.finished("demo", session_id, "greet", "Hello.", interrupted=True)
        for turn_id, heard in (("one", "All right."), ("two", ""), ("three", None)):
            await parley.process_turn(session_id, speaker="Caller", raw_text="well then", turn_id=turn_id, aloud=True)
            if heard is not None:
                await parley.speaking.finished("demo", session_id, turn_id, heard, interrupted=True)
    asked = [data_of(request)["history"] for request in model.requests if request.purpose == "reply"]
    assert [item["text"] for item in asked[-1]] == ["Hello.", "well then", "All right.", "well then"]
    for from_turn in (None, "two", "three"):
        shown = await replayed(replays_on(database, model), session_id, from_turn=from_turn)
        assert (differing(shown), shown["totals"]["asked"]) == ([], 0)
