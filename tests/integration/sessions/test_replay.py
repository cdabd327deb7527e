"""A recorded call, run again otherwise: it shows what would have been, and does none of it."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import Conflict, InvalidInput, NotFound
from domain.playbook import Prompt
from playbooks.loader import load_playbooks
from ports.chat_model import ChatAnswer, ChatRequest
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.replaying.replays import BROKE, Replays
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.recorded_call import (
    CALLER_TURNS,
    FACTS,
    attentive,
    differing,
    everything,
    newest,
    play,
    replayed,
    replays_on,
)

OTHER = "scripted:other"
INVENTED = ("update_profile_field", {"field_to_update": "user_name", "new_value": "Margaret"})


@pytest.fixture
async def session_id(run: Run) -> str:
    """The recorded call."""
    async with run(model=attentive()) as parley:
        return await play(parley)


async def test_another_model_shows_what_it_would_have_done_and_does_nothing(
    session_id: str, database: Database
) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        return says("We get 500 visitors a month.") if request.purpose == "clean" else calls()

    replays = replays_on(database, ScriptedChatModel(script, name=OTHER))
    before = await everything(database)
    shown = await replayed(replays, session_id, model=OTHER)
    assert await everything(database) == before
    first = shown["differences"][0]
    assert first["cleaned_text"]["replayed"] == "We get 500 visitors a month."
    assert [call["function_name"] for call in first["function_calls"]["missing"]] == ["log_metric"]
    assert {"op": "remove", "path": "/business_insights/metrics/monthly_website_visitors"} in first["dataset"]
    assert (first["cost"]["replayed"]["asked"], first["cost"]["replayed"]["recalled"]) == (2, 0)
    assert shown["totals"]["different"] > 5


async def test_a_call_nobody_made_is_marked_and_an_equal_one_answered_from_the_ledger(
    session_id: str, database: Database
) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        if request.purpose == "clean":
            return says(newest(request))
        fact = [FACTS["500 visitors"], INVENTED] if "500" in newest(request) else []
        return calls(*fact, ("log_metric", {"metric_name": "monthly_form_submissions", "value_string": "500"}))

    replays = replays_on(database, ScriptedChatModel(script, name=OTHER))
    made = await replayed(replays, session_id, model=OTHER)
    forked = "SELECT name, status, result FROM tool_calls WHERE fork = %(fork)s AND seq = 2 ORDER BY ordinal"
    rows = await database.run("demo", forked, {"fork": made["replay_id"]})
    marked = [(row["name"], row["status"], row["result"].get("not_executed", False)) for row in rows]
    assert marked == [
        ("log_metric", "done", False),
        ("update_profile_field", "invalid", False),
        ("log_metric", "done", True),
    ]


async def test_another_prompt_asks_only_what_it_changes(session_id: str, database: Database) -> None:
    lumen = load_playbooks()["lumen"]
    newer = Prompt("decide", 3, "Decide better.")
    books = {"lumen": replace(lumen, prompts={**lumen.prompts, "decide": (newer, *lumen.prompts["decide"])})}
    model = attentive()
    replays = replace(replays_on(database, model), playbooks=books)
    shown = await replayed(replays, session_id)
    assert {request.purpose for request in model.requests} == {"decide"}
    assert shown["totals"]["asked"] == len(model.requests) > 0
    assert differing(shown) == []
    assert (await replayed(replays, session_id, prompt_version=2))["totals"]["asked"] == 0


async def test_a_model_that_cannot_be_had_any_more_is_stood_in_for(session_id: str, database: Database) -> None:
    lumen = load_playbooks()["lumen"]
    newer = Prompt("decide", 3, "Decide better.")
    books = {"lumen": replace(lumen, prompts={**lumen.prompts, "decide": (newer, *lumen.prompts["decide"])})}
    shown = await replayed(replace(replays_on(database), playbooks=books), session_id)
    first = shown["differences"][0]
    assert set(first["degraded"]["replayed"]) == {"decide:absent", "decide:fallback"}
    assert first["same"]  # the built-in analyst finds the figure, too
    assert shown["totals"]["asked"] == 0


@pytest.mark.parametrize("dies_after", range(1, len(CALLER_TURNS), 5))
async def test_a_replay_that_died_is_made_again_without_asking_twice(
    session_id: str, database: Database, dies_after: int
) -> None:
    whole, other = attentive(OTHER), attentive(OTHER)
    shown = await replayed(replays_on(database, whole), session_id, model=OTHER)
    replays, told = replays_on(database, other), []
    made = await replays.ask("demo", session_id, queue=False, model=OTHER)

    def die(difference: Any) -> None:
        told.append(difference)
        if len(told) == dies_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await replays.make("demo", made["replay_id"], die)
    halfway = await replays.show("demo", made["replay_id"])
    assert (halfway["status"], halfway["totals"]["turns"]) == ("running", dies_after)
    await replays.make("demo", made["replay_id"])
    again = await replays.show("demo", made["replay_id"])
    assert (again["status"], [each["seq"] for each in again["differences"]]) == ("done", CALLER_TURNS)
    assert len(other.requests) == len(whole.requests)
    assert [each["same"] for each in again["differences"]] == [each["same"] for each in shown["differences"]]
    await replays.make("demo", made["replay_id"])
    assert await replays.show("demo", made["replay_id"]) == again


async def test_what_cannot_be_replayed_is_named(session_id: str, database: Database, run: Run) -> None:
    replays = replays_on(database)
    for asked, field in (
        ({"prompt_version": 99}, "prompt_version"),
        ({"model": "nobody:nothing"}, "model"),
        ({"model": "nothing"}, "model"),
        ({"from_turn": 3}, "from_turn"),
        ({"from_turn": "nowhere"}, "from_turn"),
    ):
        await _is_refused(replays, session_id, field, **asked)
    async with run() as parley:
        silent = str((await parley.create_session("lumen"))["session_id"])
    await _is_refused(replays, silent, "session_id")
    for tenant, missing in (("demo", str(uuid4())), ("other", session_id)):
        with pytest.raises(NotFound):
            await replays.ask(tenant, missing, queue=False)


async def _is_refused(replays: Replays, session_id: str, field: str, **asked: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        await replays.ask("demo", session_id, queue=False, **asked)
    assert refused.value.field == field


async def test_a_key_asks_for_one_replay(session_id: str, database: Database) -> None:
    replays = replays_on(database)
    first = await replays.ask("demo", session_id, queue=False, key="one")
    assert await replays.ask("demo", session_id, queue=False, key="one") == first
    with pytest.raises(Conflict):
        await replays.ask("demo", session_id, queue=False, key="one", from_turn=4)
    assert (await replays.ask("demo", session_id, queue=False))["replay_id"] != first["replay_id"]


async def test_a_model_that_was_asked_for_and_is_gone_fails_the_replay(session_id: str, database: Database) -> None:
    made = await replays_on(database, attentive(OTHER)).ask("demo", session_id, queue=False, model=OTHER)
    replays = replays_on(database)
    await replays.make("demo", made["replay_id"])
    shown = await replays.show("demo", made["replay_id"])
    assert (shown["status"], "scripted" in shown["fault"]) == ("failed", True)


async def test_a_replay_that_breaks_says_so(session_id: str, database: Database) -> None:
    def broken(*ports: Any) -> Any:
        raise LookupError("a fault of ours")

    replays = replays_on(database)
    replays = replace(replays, means=replace(replays.means, build=broken))
    made = await replays.ask("demo", session_id, queue=False)
    with pytest.raises(LookupError):
        await replays.make("demo", made["replay_id"])
    shown = await replays.show("demo", made["replay_id"])
    assert (shown["status"], shown["fault"]) == ("failed", BROKE)


async def test_erasing_the_session_takes_its_replays_along(run: Run, database: Database) -> None:
    async with run(model=attentive()) as parley:
        erased = await play(parley)
        made = await parley.replay_session(erased)
        await parley.erase_session(erased)
        with pytest.raises(NotFound):
            await parley.get_replay(made["replay_id"])
    await replays_on(database).make("demo", made["replay_id"])


async def test_a_replay_whose_session_is_erased_meanwhile_ends_quietly(
    session_id: str, database: Database, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    attending = attentive()

    class Erasing:
        """Answers the second turn when the session is gone."""

        name = OTHER

        async def ask(self, request: ChatRequest) -> ChatAnswer:
            if "90 calls" in newest(request) and request.purpose == "clean":
                await parley.erase_session(session_id)
            return await attending.ask(request)

    replays = replays_on(database, Erasing())
    made = await replays.ask("demo", session_id, queue=False, model=OTHER)
    async with run() as parley:
        await replays.make("demo", made["replay_id"])
    logged = capsys.readouterr().out
    assert "replay_ended_by_erasure" in logged
    assert "error" not in logged
    for table in ("tool_calls", "replays", "replay_turns"):
        assert await database.run("demo", f"SELECT tenant_id FROM {table}") == []
