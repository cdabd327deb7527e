"""A node that breaks costs its own work, not the turn."""

from typing import Any, cast

import pytest

from domain.errors import Unavailable
from graph.edges import after_consent
from graph.faults import FALLBACKS, guarded, is_retryable
from nodes.planning import call_id
from nodes.state import Planned

STATE: dict[str, Any] = {
    "session": {"session_id": "s"},
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


async def no_database(state: Any) -> dict[str, Any]:
    raise Unavailable


@pytest.mark.parametrize("name", sorted(FALLBACKS))
async def test_a_broken_node_degrades_the_turn(name: str) -> None:
    update = await guarded(name, breaks)(STATE)
    assert update["degraded"] == [f"{name}:failed"]


async def test_a_broken_cleaner_leaves_the_words_as_heard() -> None:
    assert (await guarded("clean", breaks)(STATE))["cleaned_text"] == "as heard"


async def test_a_broken_tool_is_a_failed_call() -> None:
    update = await guarded("execute_tools", breaks)(STATE)
    assert [outcome["status"] for outcome in update["outcomes"]] == ["failed"]


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


def test_retrying_is_a_property_of_the_error() -> None:
    assert is_retryable(Unavailable())
    assert not is_retryable(RuntimeError())
