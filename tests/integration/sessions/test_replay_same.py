"""A recorded call, run again as it was: it comes to the same, asks nobody and touches nothing."""

import asyncio

import pytest

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.dying import die_when_answered
from tests.integration.sessions.misheard import QUESTION, SAID, build_ears, speak
from tests.integration.sessions.recorded_call import (
    CALL,
    CALLER_TURNS,
    Decision,
    attentive,
    differing,
    everything,
    newest,
    play,
    replayed,
    replays_on,
    say,
)

NO_PERSON = None


@pytest.mark.parametrize("by_person", [NO_PERSON, "grant", "refuse"])
async def test_the_same_comes_to_the_same_and_asks_nobody(
    run: Run, database: Database, by_person: Decision | None
) -> None:
    model = attentive()
    async with run(model=model) as parley:
        session_id = await play(parley, by_person=by_person)
        statuses = {call["status"] for call in (await parley.list_tool_calls(session_id)).items}
    assert statuses >= {"done", "unchanged", "refused", "invalid"}
    before, asked = await everything(database), len(model.requests)
    for from_turn in (None, 12, "turn-21", CALLER_TURNS[-1]):
        shown = await replayed(replays_on(database, model), session_id, from_turn=from_turn)
        assert differing(shown) == []
        assert [each["seq"] for each in shown["differences"]] == [s for s in CALLER_TURNS if s >= shown["from_turn"]]
        assert (shown["totals"]["turns"], shown["totals"]["asked"]) == (shown["turns"], 0)
        assert shown["totals"]["recalled"] > 0
        assert shown["totals"]["cost"]["recorded"] == shown["totals"]["cost"]["replayed"]
        assert all(each["degraded"]["recorded"] == each["degraded"]["replayed"] for each in shown["differences"])
    assert len(model.requests) == asked
    assert await everything(database) == before


@pytest.mark.parametrize("by_person", [NO_PERSON, "grant"])
async def test_the_forks_calls_are_those_of_the_ledger(
    run: Run, database: Database, by_person: Decision | None
) -> None:
    async with run(model=attentive()) as parley:
        session_id = await play(parley, by_person=by_person)
    made = await replayed(replays_on(database), session_id)
    ledger = """SELECT seq, ordinal, call_id, name, effect, arguments, status, result, change, error, dataset_version
                FROM tool_calls WHERE fork = %(fork)s ORDER BY seq, ordinal"""
    recorded = await database.run("demo", ledger, {"fork": ""})
    assert await database.run("demo", ledger, {"fork": made["replay_id"]}) == recorded
    assert len(recorded) > 8


async def test_a_call_of_the_built_in_engine_comes_to_the_same_whatever_model_is_in_force(
    run: Run, database: Database
) -> None:
    async with run() as parley:
        session_id = await play(parley)
    model = attentive()
    shown = await replayed(replays_on(database, model), session_id)
    assert differing(shown) == []
    assert (shown["totals"]["asked"], shown["totals"]["recalled"], model.requests) == (0, 0, [])


async def test_the_model_need_not_be_there(run: Run, database: Database) -> None:
    async with run(model=attentive("google_genai:long-gone")) as parley:
        session_id = await play(parley)
    assert differing(await replayed(replays_on(database), session_id)) == []


async def test_a_call_that_died_in_its_middle_comes_to_the_same(run: Run, database: Database) -> None:
    attending = attentive()
    let = asyncio.Event()

    class Stuck:
        """Never decides about the company's size until it is let."""

        name = attending.name

        async def ask(self, request: ChatRequest) -> ChatAnswer:
            if request.purpose == "decide" and "20 people" in newest(request):
                await let.wait()
            return await attending.ask(request)

    dies = next(seq for seq, (_, words) in enumerate(CALL) if "20 people" in words)
    async with run(model=Stuck()) as dying:
        session_id = str((await dying.create_session("lumen"))["session_id"])
        await say(dying, session_id, CALL[:dies])
        turn = asyncio.create_task(say(dying, session_id, CALL[dies : dies + 1], first=dies + 1))
        await die_when_answered(dying, database, turn)
    let.set()
    async with run(model=Stuck()) as parley:
        await say(parley, session_id, CALL[dies:], first=dies + 1)
    shown = await replayed(replays_on(database, attending), session_id)
    assert (differing(shown), shown["totals"]["asked"], shown["totals"]["turns"]) == ([], 0, len(CALLER_TURNS))


def no_cleaner(request: ChatRequest) -> ChatAnswer:
    if request.purpose == "clean":
        raise ProviderUnavailable("scripted", Fault.TIMEOUT)
    return calls()


@pytest.mark.parametrize("model", [None, ScriptedChatModel(no_cleaner)])
async def test_a_spoken_turn_comes_to_the_same_by_all_that_was_heard(
    run: Run, database: Database, model: ChatModel | None
) -> None:
    async with run(model=model, stt=build_ears()) as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
        await say(parley, session_id, [("lumen", QUESTION)])
        assert (await speak(parley, session_id))["cleaned_text"] == SAID
    shown = await replayed(replays_on(database, model), session_id)
    assert (differing(shown), shown["totals"]["asked"], shown["totals"]["turns"]) == ([], 0, 1)


async def test_a_call_that_goes_on_is_replayed_as_far_as_it_had_come(run: Run, database: Database) -> None:
    async with run(model=attentive()) as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
        await say(parley, session_id, CALL[:4])
        replays = replays_on(database)
        made = await replays.ask("demo", session_id, queue=False)
        await say(parley, session_id, CALL[4:8], first=5)
    await replays.make("demo", made["replay_id"])
    shown = await replays.show("demo", made["replay_id"])
    assert [each["seq"] for each in shown["differences"]] == [2, 4]
    assert (shown["turns"], differing(shown)) == (2, [])
