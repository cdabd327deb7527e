"""Two write to one session at the same moment: the second sees what the first has done, however long it waited."""

from datetime import timedelta
from typing import LiteralString, cast
from uuid import uuid4

import pytest

from domain.conversation import Role
from domain.errors import SessionClosed, Unavailable
from domain.session import SessionStatus
from domain.tool_call import PlannedCall
from ports.records import NewTurn, Words
from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from providers.postgres.session_store import PostgresSessionStore
from providers.postgres.speaking_store import PostgresSpeakingStore
from providers.postgres.turn_store import PostgresTurnStore
from providers.scripted.chat_model import ScriptedChatModel
from sessions.as_kept import result_as_kept
from sessions.service import Parley
from tests.integration.locks import one_after_the_other
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.reading import TENANT, rows_of
from tests.integration.sessions.test_cancel import FACTS, eager, say
from tests.integration.sessions.test_recovery import PLANNED, WORDS, accepted, learnt_from
from tests.invariants import faults_of

A_MINUTE = timedelta(minutes=1)
SESSION: LiteralString = "SELECT FROM sessions FOR NO KEY UPDATE"


async def test_it_is_told_once_that_a_reply_began_and_that_it_ended(
    parley: Parley, session_id: str, database: Database, database_url: str
) -> None:
    await parley.process_turn(session_id, speaker="User", raw_text=FACTS, turn_id="spoken", aloud=True)
    speaking, place = PostgresSpeakingStore(database), (TENANT, session_id, "spoken")
    await one_after_the_other(database_url, SESSION, speaking.started(*place), speaking.started(*place))
    ended = [speaking.finished(*place, "thank", interrupted=True) for _ in range(2)]
    await one_after_the_other(database_url, SESSION, *ended)
    told = [event["type"] for event in (await rows_of(database, session_id)).events]
    assert told[-2:] == ["reply_started", "reply_finished"]
    assert told.count("reply_started") == 1


async def test_nothing_is_decided_in_a_session_that_ended_meanwhile(
    run: Run, database: Database, database_url: str
) -> None:
    async with run(model=ScriptedChatModel(eager)) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        await say(parley, session_id, "User", FACTS, "facts")
        consent_id = (await parley.get_session_state(session_id))["held_consents"][0]["consent_id"]
        closed, decided = await one_after_the_other(
            database_url,
            SESSION,
            parley.close_session(session_id),
            parley.decide_consent(session_id, consent_id, "grant", "maria"),
        )
        assert closed.facts.session_id == session_id
        assert isinstance(decided, Unavailable)
        with pytest.raises(SessionClosed):
            await parley.decide_consent(session_id, consent_id, "grant", "maria")
    rows = await rows_of(database, session_id)
    assert faults_of(rows) == []
    assert rows.events[-1]["type"] == "session_closed"


async def test_a_turn_is_accepted_once_and_no_more_in_a_session_that_ended_meanwhile(
    left_alone: str, database: Database, database_url: str
) -> None:
    inbox, sessions = PostgresInbox(database), PostgresSessionStore(database)
    turn, later = (NewTurn(name, "User", Role.CALLER, b"digest", raw_text=FACTS) for name in ("turn", "later"))
    first, again, active = await one_after_the_other(
        database_url,
        SESSION,
        inbox.accept(TENANT, left_alone, turn),
        inbox.accept(TENANT, left_alone, turn),
        sessions.close(TENANT, left_alone, SessionStatus.CLOSED),
    )
    assert (first.created, again.created, again.seq) == (True, False, first.seq)
    assert active.status is SessionStatus.ACTIVE, "a turn of it is open"
    await database.run(TENANT, "UPDATE turns SET done = true, result = '{}'")
    closed, refused = await one_after_the_other(
        database_url,
        SESSION,
        sessions.close(TENANT, left_alone, SessionStatus.CLOSED),
        inbox.accept(TENANT, left_alone, later),
    )
    assert closed.status is SessionStatus.CLOSED
    assert isinstance(refused, SessionClosed)


async def test_a_turn_that_has_ended_changes_nothing_any_more(left_alone: str, database: Database) -> None:
    inbox, turns = PostgresInbox(database), PostgresTurnStore(database)
    await accepted(database, left_alone)
    opened = await inbox.claim(TENANT, left_alone, owner=str(uuid4()), lease=A_MINUTE)
    assert opened is not None
    await turns.finish_turn(TENANT, left_alone, result_as_kept(opened, "ended elsewhere"), owner=str(uuid4()))
    assert await turns.keep_plan(TENANT, left_alone, 1, WORDS, [PLANNED]) == []
    assert not await turns.keep_learnt(TENANT, left_alone, learnt_from(opened.dataset))
    assert faults_of(await rows_of(database, left_alone)) == ["a pen is still held"]


async def test_the_first_plan_keeps_the_words_it_was_made_from(
    left_alone: str, database: Database, database_url: str
) -> None:
    turns = PostgresTurnStore(database)
    await accepted(database, left_alone)
    other = cast(PlannedCall, {**PLANNED, "id": str(uuid4())})
    first, second = await one_after_the_other(
        database_url,
        "SELECT FROM turns FOR UPDATE",
        turns.keep_plan(TENANT, left_alone, 1, Words("forty", cleaned_text="forty"), [PLANNED]),
        turns.keep_plan(TENANT, left_alone, 1, Words("fourteen", cleaned_text="fourteen"), [other]),
    )
    await turns.keep_words(TENANT, left_alone, 1, Words("fourteen"))
    (turn,) = (await rows_of(database, left_alone)).turns
    assert first == second == turn["plan"] == [PLANNED]
    assert (turn["raw_text"], turn["cleaned_text"]) == ("forty", "forty")


async def test_an_agents_turn_that_ends_leaves_the_pen_of_the_callers(left_alone: str, database: Database) -> None:
    inbox, turns, owner = PostgresInbox(database), PostgresTurnStore(database), str(uuid4())
    await accepted(database, left_alone)
    assert await inbox.claim(TENANT, left_alone, owner=owner, lease=A_MINUTE) is not None
    sound = NewTurn("sound", "lumen", Role.AGENT, b"digest", audio=bytes(160), audio_type="audio/basic")
    receipt = await inbox.accept(TENANT, left_alone, sound)
    heard = await inbox.claim_audio(TENANT, left_alone, receipt.seq)
    assert heard is not None
    await turns.finish_turn(TENANT, left_alone, result_as_kept(heard, "heard"), owner=owner)
    assert (await rows_of(database, left_alone)).pens == 1
