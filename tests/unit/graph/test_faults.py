"""A node that breaks costs its own work, not the turn."""

import asyncio
from datetime import timedelta
from typing import Any, cast

import pytest

from domain.errors import Unavailable
from domain.tool_call import CallStatus
from graph.edges import after_consent
from graph.faults import FALLBACKS, guarded, is_retryable
from nodes.planning import call_id, outcome_of
from nodes.state import Planned

STATE: dict[str, Any] = {
    "session": {"session_id": "s"},
    "turn": {},
    "dataset": {},
    "raw_text": "as heard",
    "plan": [],
    "call": {
        "id": call_id("s", 1, 0),
        "seq": 1,
        "ordinal": 0,
        "name": "log_metric",
        "arguments": {},
        "evidence": "",
    },
}


async def breaks(state: Any) -> dict[str, Any]:
    raise RuntimeError("a bug, with a caller's words in it")


async def never_ends(state: Any) -> dict[str, Any]:
    await asyncio.Event().wait()
    return {}


async def no_database(state: Any) -> dict[str, Any]:
    raise Unavailable


@pytest.mark.parametrize("name", sorted(FALLBACKS))
async def test_a_broken_node_degrades_the_turn(name: str) -> None:
    update = await guarded(name, breaks)(STATE)
    assert update["degraded"] == [f"{name}:failed"]


@pytest.mark.parametrize("name", sorted(FALLBACKS))
async def test_a_node_that_takes_too_long_degrades_the_turn_too(name: str) -> None:
    update = await guarded(name, never_ends, timedelta(0))(STATE)
    assert update == {**FALLBACKS[name](STATE), "degraded": [f"{name}:timeout"]}


async def test_without_a_limit_a_nodes_own_time_out_is_a_break_like_others() -> None:
    async def times_out(state: Any) -> dict[str, Any]:
        raise TimeoutError

    assert (await guarded("clean", times_out)(STATE))["degraded"] == ["clean:failed"]


async def test_a_run_that_is_cancelled_is_cancelled() -> None:
    run = asyncio.create_task(_guarded_forever())
    await asyncio.sleep(0)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run


async def _guarded_forever() -> dict[str, Any]:
    return await guarded("clean", never_ends, timedelta(hours=1))(STATE)


async def test_a_broken_cleaner_leaves_the_words_as_heard() -> None:
    assert (await guarded("clean", breaks)(STATE))["cleaned_text"] == "as heard"


async def test_a_broken_tool_is_a_failed_call() -> None:
    update = await guarded("execute_tools", breaks)(STATE)
    assert [outcome["status"] for outcome in update["outcomes"]] == ["failed"]


async def test_what_could_not_be_kept_has_not_happened_and_mere_answers_stand() -> None:
    def outcome(status: str, **more: Any) -> Any:
        return {**outcome_of(STATE["call"], CallStatus(status)), **more}

    change = [{"op": "add", "path": "/a", "value": 1}]
    answers = [outcome(status) for status in ("unchanged", "declined", "invalid", "failed")]
    lost = [outcome("done"), outcome("declined", change=change), outcome("held"), outcome("refused")]
    update = await guarded("update_dataset", breaks)(STATE | {"outcomes": [*answers, *lost]})
    assert update["recorded"][:4] == answers
    assert {(each["status"], each["error"]) for each in update["recorded"][4:]} == {("failed", "it could not be kept")}


async def test_a_broken_gate_lets_nothing_run() -> None:
    granted = STATE["call"] | {"status": "granted"}
    update = await guarded("consent", breaks)(STATE | {"plan": [granted, STATE["call"]]})
    assert await after_consent(cast(Planned, STATE | update)) == "update_dataset"


@pytest.mark.parametrize("name", ["clean", "update_dataset"])
async def test_what_can_be_tried_again_is_raised(name: str) -> None:
    with pytest.raises(Unavailable):
        await guarded(name, no_database)(STATE)


@pytest.mark.parametrize("name", ["receive", "notify"])
async def test_nodes_that_cannot_be_done_without_raise(name: str) -> None:
    with pytest.raises(RuntimeError):
        await guarded(name, breaks)(STATE)
    with pytest.raises(TimeoutError):
        await guarded(name, never_ends, timedelta(0))(STATE)


def test_retrying_is_a_property_of_the_error() -> None:
    assert is_retryable(Unavailable())
    assert not is_retryable(RuntimeError())
