"""A recorded call, run again: the same comes to the same, another model to what it changes; nothing is done twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest

from bootstrap.replays import build_replays
from bootstrap.settings import Settings
from domain.errors import Conflict, InvalidInput, NotFound
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest
from ports.records import TurnReceipt
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.replaying.replays import Replays
from sessions.service import Parley
from tests.integration.sessions.conftest import Run

QUESTION = "Shall I go ahead and create the demo for you?"
CALL = [
    ("lumen", "Hello, this is Lumen. How many visitors do you get?"),
    ("User", "um we get we get 500 visitors a month"),
    ("lumen", "And calls?"),
    ("User", "about 90 calls a month"),
    ("lumen", QUESTION),
    ("User", "yeah maybe, we mostly use Google"),
    ("lumen", "Where do your customers find you?"),
    ("User", "sorry I meant 600 visitors a month"),
    ("User", "our company size is 20 people"),
    ("lumen", QUESTION),
    ("User", "yes, go ahead please"),
    ("User", "yes do it"),
]
FACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "500 visitors": ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "500"}),
    "600 visitors": ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "600"}),
    "90 calls": ("log_metric", {"metric_name": "monthly_inbound_calls", "value_string": "90"}),
    "20 people": ("update_profile_field", {"field_to_update": "company_size", "new_value": "20 people"}),
    "Google": ("log_marketing_channels", {"channels": ["Google"]}),
    "maybe": ("initiate_demo_creation", {}),
    "go ahead": ("initiate_demo_creation", {}),
    "do it": ("initiate_demo_creation", {}),
}


INVENTED = ("update_profile_field", {"field_to_update": "user_name", "new_value": "Margaret"})


def attentive() -> ScriptedChatModel:
    """A model that finds what there is to find, and cleans nothing."""

    def script(request: ChatRequest) -> ChatAnswer:
        words = request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}')
        if request.purpose == "clean":
            return says(words.replace("um we get ", ""))
        return calls(*(fact for sign, fact in FACTS.items() if sign in words))

    return ScriptedChatModel(script)


async def play(parley: Parley, *, by_person: bool = False) -> str:
    session_id = str((await parley.create_session("lumen"))["session_id"])
    for speaker, words in CALL:
        result = await parley.process_turn(session_id, speaker=speaker, raw_text=words)
        assert not isinstance(result, TurnReceipt)
        if by_person and "maybe" in words:
            held = (await parley.get_session_state(session_id))["held_consents"]
            await parley.decide_consent(session_id, held[0]["consent_id"], "grant", "maria")
    return session_id


@asynccontextmanager
async def recorded(
    run: Run, database: Database, model: ChatModel | None, **how: Any
) -> AsyncIterator[tuple[str, Replays]]:
    async with run(model=model) as parley:
        session_id = await play(parley, **how)
    yield session_id, build_replays(database, Settings(), model=model)


async def replay(replays: Replays, session_id: str, **asked: Any) -> dict[str, Any]:
    made = await replays.ask("demo", session_id, queue=False, **asked)
    await replays.make("demo", made["replay_id"])
    shown = await replays.show("demo", made["replay_id"])
    assert (shown["status"], shown["fault"]) == ("done", None)
    return shown


async def everything(database: Database) -> list[Any]:
    """All that a replay must leave alone."""
    statements = (
        "SELECT * FROM sessions",
        "SELECT * FROM turns ORDER BY seq",
        "SELECT * FROM tool_calls WHERE fork = '' ORDER BY seq, ordinal",
        "SELECT * FROM events ORDER BY n",
        "SELECT * FROM dataset_versions ORDER BY version",
        "SELECT * FROM consents",
        "SELECT * FROM consent_ledger",
        "SELECT * FROM checkpoints",
    )
    return [await database.run("demo", statement) for statement in statements]


@pytest.mark.parametrize("by_person", [False, True])
@pytest.mark.parametrize("from_turn", [None, 6, 9])
async def test_the_same_comes_to_the_same_and_asks_nobody(
    run: Run, database: Database, by_person: bool, from_turn: int | None
) -> None:
    model = attentive()
    async with recorded(run, database, model, by_person=by_person) as (session_id, replays):
        before, asked = await everything(database), len(model.requests)
        shown = await replay(replays, session_id, from_turn=from_turn)
        different = [each for each in shown["differences"] if not each["same"]]
        assert different == []
        assert shown["totals"]["asked"] == 0
        assert shown["totals"]["turns"] == shown["turns"] == {None: 7, 6: 5, 9: 3}[from_turn]
        assert len(model.requests) == asked
        assert await everything(database) == before


@pytest.mark.parametrize("by_person", [False, True])
async def test_the_built_in_engine_comes_to_the_same(run: Run, database: Database, by_person: bool) -> None:
    async with run() as parley:
        session_id = await play(parley, by_person=False)
    shown = await replay(build_replays(database, Settings()), session_id)
    assert [each for each in shown["differences"] if not each["same"]] == []


async def test_another_model_shows_what_it_would_have_done_and_does_nothing(run: Run, database: Database) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        return says("We get 500 visitors a month.") if request.purpose == "clean" else calls()

    async with recorded(run, database, attentive()) as (session_id, _):
        other = ScriptedChatModel(script, name="scripted:other")
        replays = build_replays(database, Settings(), model=other)
        before = await everything(database)
        shown = await replay(replays, session_id)
        assert await everything(database) == before
    first = shown["differences"][0]
    assert not first["same"]
    assert first["cleaned_text"]["replayed"] == "We get 500 visitors a month."
    assert first["function_calls"]["replayed"] == []
    assert {"op": "remove", "path": "/business_insights/metrics/monthly_website_visitors"} in first["dataset"]
    assert shown["totals"]["asked"] > 0


async def test_a_call_nobody_made_is_marked_and_an_equal_one_answered_from_the_ledger(
    run: Run, database: Database
) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        words = request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}')
        if request.purpose == "clean":
            return says(words)
        fact = [FACTS["500 visitors"], INVENTED] if "500" in words else []
        return calls(*fact, ("log_metric", {"metric_name": "monthly_form_submissions", "value_string": "500"}))

    async with recorded(run, database, attentive()) as (session_id, _):
        replays = build_replays(database, Settings(), model=ScriptedChatModel(script, name="scripted:other"))
        made = await replay(replays, session_id)
        forked = "SELECT name, status, result FROM tool_calls WHERE fork = %(fork)s AND seq = 2 ORDER BY ordinal"
        rows = await database.run("demo", forked, {"fork": made["replay_id"]})
    marked = [(row["name"], row["status"], row["result"].get("not_executed", False)) for row in rows]
    assert marked == [
        ("log_metric", "done", False),
        ("update_profile_field", "invalid", False),
        ("log_metric", "done", True),
    ]


async def test_a_replay_that_died_is_made_again_without_asking_twice(run: Run, database: Database) -> None:
    async with recorded(run, database, attentive()) as (session_id, _):
        other = attentive()
        other.name = "scripted:other"
        replays = build_replays(database, Settings(), model=other)
        made = await replays.ask("demo", session_id, queue=False)
        shown: list[Any] = []

        def die(difference: Any) -> None:
            shown.append(difference)
            if len(shown) == 3:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await replays.make("demo", made["replay_id"], die)
        asked = len(other.requests)
        await replays.make("demo", made["replay_id"])
        again = await replays.show("demo", made["replay_id"])
        assert (again["status"], again["totals"]["turns"]) == ("done", 7)
        assert [each["seq"] for each in again["differences"]] == [2, 4, 6, 8, 9, 11, 12]
        assert len(other.requests) <= asked + 2 * 4


async def test_what_cannot_be_replayed_is_named(run: Run, database: Database) -> None:
    async with recorded(run, database, attentive()) as (session_id, replays):
        for asked, field in (
            ({"prompt_version": 99}, "prompt_version"),
            ({"model": "nobody:nothing"}, "model"),
            ({"model": "nothing"}, "model"),
            ({"from_turn": 3}, "from_turn"),
            ({"from_turn": "nowhere"}, "from_turn"),
        ):
            with pytest.raises(InvalidInput) as refused:
                await replays.ask("demo", session_id, queue=False, **asked)
            assert refused.value.field == field
        with pytest.raises(NotFound):
            await replays.ask("demo", str(uuid4()), queue=False)
        with pytest.raises(NotFound):
            await replays.ask("other", session_id, queue=False)
        first = await replays.ask("demo", session_id, queue=False, key="one")
        assert await replays.ask("demo", session_id, queue=False, key="one") == first
        with pytest.raises(Conflict):
            await replays.ask("demo", session_id, queue=False, key="one", from_turn=4)


async def test_erasing_the_session_takes_its_replays_along(run: Run, database: Database) -> None:
    async with run(model=attentive()) as parley:
        session_id = await play(parley)
        made = await parley.replay_session(session_id)
        await parley.erase_session(session_id)
        with pytest.raises(NotFound):
            await parley.get_replay(made["replay_id"])
    await build_replays(database, Settings()).make("demo", made["replay_id"])
