"""Turns that were begun elsewhere are finished here, once."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.conversation import Role
from domain.dataset import Dataset
from domain.event import EventType, NewEvent
from domain.tool_call import Outcome, PlannedCall
from domain.turn import TurnResult
from ports.records import Learnt, NewTurn, TurnReceipt, Words
from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from providers.postgres.turn_store import PostgresTurnStore
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from providers.scripted.speech_to_text import silence
from sessions.service import Parley
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.reading import rows_of

PLANNED: PlannedCall = {
    "id": str(uuid4()),
    "seq": 1,
    "ordinal": 0,
    "name": "update_profile_field",
    "arguments": {"field_to_update": "company_size", "new_value": "forty people"},
    "evidence": "we are forty people",
}
WORDS = Words("we are forty people", cleaned_text="we are forty people")


async def accepted(database: Database, session_id: str) -> NewTurn:
    turn = NewTurn("crashed", "User", Role.CALLER, b"digest", raw_text="we are forty people")
    await PostgresInbox(database).accept("demo", session_id, turn)
    return turn


async def result_of(parley: Parley, session_id: str) -> TurnResult:
    async with asyncio.timeout(60):
        async for event in parley.events(session_id):
            if event["type"] == "turn_processed":
                break
    result = await parley.get_turn(session_id, "crashed")
    assert not isinstance(result, TurnReceipt)
    return result


def learnt_from(before: Dataset) -> Learnt:
    """What the run that crashed has committed."""
    return Learnt(
        seq=1,
        settled_seq=1,
        turn_id="crashed",
        outcomes=[Outcome(call=PLANNED, status="done", result={"success": True}, change=[])],
        effects={},
        verdicts=[],
        dataset=before | {"company_size": "forty people"},
        from_version=0,
        patch=[{"op": "replace", "path": "/company_size", "value": "forty people"}],
        provenance=[],
        events=[NewEvent(type=EventType.FUNCTION_CALLED, data={"seq": 1, "ordinal": 0})],
    )


async def test_an_accepted_turn_that_nobody_began_is_run(parley: Parley, session_id: str, database: Database) -> None:
    await accepted(database, session_id)
    await parley.recover()
    assert (await result_of(parley, session_id))["cleaned_text"] == "we are forty people"


async def test_the_stored_plan_wins_over_another_answer_of_the_model(
    run: Run, left_alone: str, database: Database
) -> None:
    other = ("update_profile_field", {"field_to_update": "company_size", "new_value": "we are forty people"})
    model = ScriptedChatModel(lambda request: says("other words") if request.purpose == "clean" else calls(other))
    await accepted(database, left_alone)
    await PostgresTurnStore(database).keep_plan("demo", left_alone, 1, WORDS, [PLANNED])
    async with run(model=model) as parley:
        await parley.recover()
        result = await result_of(parley, left_alone)
    assert result["function_calls"][0]["parameters"]["new_value"] == "forty people"
    assert result["cleaned_text"] == "we are forty people"
    assert model.requests == []


async def test_effects_that_were_committed_before_the_crash_are_not_done_again(
    run: Run, left_alone: str, database: Database
) -> None:
    await accepted(database, left_alone)
    store = PostgresTurnStore(database)
    await store.keep_plan("demo", left_alone, 1, WORDS, [PLANNED])
    learnt = learnt_from((await rows_of(database, left_alone)).session["dataset"])
    assert await store.keep_learnt("demo", left_alone, learnt)
    assert not await store.keep_learnt("demo", left_alone, learnt)
    async with run() as parley:
        await parley.recover()
        result = await result_of(parley, left_alone)
        await parley.close_session(left_alone)
        events = [event["type"] async for event in parley.events(left_alone)]
    assert [call["status"] for call in result["function_calls"]] == ["done"]
    assert result["dataset_version"] == 1
    assert events.count("function_called") == 1
    assert events.count("turn_processed") == 1


async def test_a_dead_owners_lease_ends_and_the_turn_goes_on(run: Run, left_alone: str, database: Database) -> None:
    await accepted(database, left_alone)
    inbox, dead = PostgresInbox(database), str(uuid4())
    assert await inbox.claim("demo", left_alone, owner=dead, lease=timedelta(minutes=1)) is not None
    assert await inbox.renew("demo", left_alone, owner=dead, lease=timedelta(milliseconds=300))
    async with run() as parley:
        assert (await result_of(parley, left_alone))["turn_id"] == "crashed"


async def test_two_replicas_keep_one_session_in_order(
    parley: Parley, session_id: str, second_database: Database
) -> None:
    async with run_parley(Ports(second_database, silence(), None), Settings()) as other:
        results = await asyncio.gather(
            *(
                replica.process_turn(session_id, speaker="User", raw_text=f"our company size is {20 + n} people")
                for n in range(20)
                for replica in (parley, other)
            )
        )
        done = [result for result in results if not isinstance(result, TurnReceipt)]
        assert sorted(result["seq"] for result in done) == list(range(1, 41))
        by_seq = sorted(done, key=lambda result: result["seq"])
        versions = [result["dataset_version"] for result in by_seq]
        assert versions == sorted(versions)
        last = by_seq[-1]["raw_text"].removeprefix("our company size is ")
        assert (await other.get_dataset(session_id))["dataset"]["company_size"] == last
        await other.close_session(session_id)
        numbers = [event["n"] async for event in parley.events(session_id)]
        assert numbers == list(range(1, len(numbers) + 1))
