"""A playbook is taken away while a turn of its session is open: the turn ends and says why, and the session can end."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.conversation import Role
from domain.errors import Conflict, NotFound, Unavailable
from domain.session import SessionStatus
from ports.records import NewTurn, TurnReceipt
from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from providers.postgres.turn_store import PostgresTurnStore
from sessions import stranded
from sessions.service import Parley
from sessions.stranded import REASON
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.test_recovery import PLANNED, WORDS, accepted, learnt_from, result_of

OTHER = str(uuid4())
"""A process that has the playbook."""


@pytest.fixture
async def session_id(run: Run, database: Database) -> str:
    """A session with one open turn, whose playbook nobody has."""
    async with run() as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
    await database.run("demo", "UPDATE sessions SET playbook = 'gone'")
    await accepted(database, session_id)
    return session_id


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns are left to others for no time at all."""
    monkeypatch.setattr(stranded, "PATIENCE_SECONDS", 0.0)


async def is_open(parley: Parley, session_id: str, turn_id: str = "crashed") -> bool:
    return isinstance(await parley.get_turn(session_id, turn_id), TurnReceipt)


async def events_to_the_end(parley: Parley, session_id: str) -> list[str]:
    return [event["type"] async for event in parley.events(session_id)]


@pytest.mark.usefixtures("impatient")
async def test_the_turn_ends_with_its_words_and_the_reason(parley: Parley, session_id: str) -> None:
    told: list[dict[str, Any]] = []
    parley.on_turn(lambda result: told.append(dict(result)))
    await parley.recover()
    result = await result_of(parley, session_id)
    assert result["degraded"] == [REASON]
    assert (result["raw_text"], result["cleaned_text"]) == ("we are forty people", "we are forty people")
    assert (result["function_calls"], result["reply"], told) == ([], None, [result])
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED
    assert await events_to_the_end(parley, session_id) == ["session_created", "turn_processed", "session_closed"]


@pytest.mark.usefixtures("impatient")
async def test_every_open_turn_ends(parley: Parley, session_id: str, database: Database) -> None:
    second = NewTurn("second", "User", Role.CALLER, b"digest", raw_text="and two salespeople")
    await PostgresInbox(database).accept("demo", session_id, second)
    await parley.recover()
    turns = (await parley.list_turns(session_id)).items
    assert [(turn["seq"], turn["result"]["degraded"]) for turn in turns] == [(1, [REASON]), (2, [REASON])]


@pytest.mark.usefixtures("impatient")
async def test_what_it_had_done_before_is_in_its_result(parley: Parley, session_id: str, database: Database) -> None:
    store = PostgresTurnStore(database)
    await store.keep_plan("demo", session_id, 1, WORDS, [PLANNED])
    assert await store.keep_learnt("demo", session_id, learnt_from((await parley.get_dataset(session_id))["dataset"]))
    await parley.recover()
    result = await result_of(parley, session_id)
    assert [call["status"] for call in result["function_calls"]] == ["done"]
    assert (result["degraded"], result["dataset_version"]) == ([REASON], 1)


@pytest.mark.usefixtures("impatient")
async def test_an_agents_sound_ends_too(parley: Parley, session_id: str, database: Database) -> None:
    sound = NewTurn("sound", "lumen", Role.AGENT, b"digest", audio=bytes(160), audio_type="audio/basic")
    await PostgresInbox(database).accept("demo", session_id, sound)
    await database.run("demo", "UPDATE turns SET accepted_at = now() - interval '1 minute'")
    await parley.recover()
    assert not await is_open(parley, session_id, "sound")
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED


async def test_it_is_left_to_others_for_a_while(parley: Parley, session_id: str, database: Database) -> None:
    await parley.recover()
    await parley.recover()
    assert await is_open(parley, session_id)
    claimed = await PostgresInbox(database).claim("demo", session_id, owner=OTHER, lease=timedelta(seconds=10))
    assert claimed is not None


@pytest.mark.usefixtures("impatient")
async def test_a_turn_in_anothers_hand_is_not_touched(
    parley: Parley, session_id: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stranded, "CLOSE_SECONDS", 0.3)
    await PostgresInbox(database).claim("demo", session_id, owner=OTHER, lease=timedelta(seconds=30))
    await parley.recover()
    with pytest.raises(Unavailable):
        await parley.close_session(session_id)
    assert await is_open(parley, session_id)


@pytest.mark.usefixtures("impatient")
async def test_closing_alone_is_enough(parley: Parley, session_id: str) -> None:
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED
    assert (await result_of(parley, session_id))["degraded"] == [REASON]
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED
    await parley.erase_session(session_id)
    with pytest.raises(NotFound):
        await parley.close_session(session_id)


async def test_it_takes_no_more_turns(parley: Parley, session_id: str) -> None:
    with pytest.raises(Conflict, match="gone, is not installed here"):
        await parley.process_turn(session_id, speaker="User", raw_text="hello")
