"""What a turn's calls make of the dataset, before it is committed."""

from typing import Any, cast

import pytest

from domain.dataset import Change, append, set_value
from domain.errors import Unavailable
from domain.tool_call import Outcome, PlannedCall
from nodes.execute_tools import ExecuteTools
from nodes.state import TurnState
from nodes.update_dataset import UpdateDataset
from playbooks.loader import load_playbooks
from ports.records import Learnt
from ports.store import TurnStore

PLAYBOOKS = load_playbooks()
NOW = 1_748_854_800.0


class Kept:
    """A store that keeps what it is given; `stands` says whether the dataset is still the one that was read."""

    def __init__(self, *, stands: bool = True) -> None:
        self.learnt: list[Learnt] = []
        self._stands = stands

    async def keep_learnt(self, tenant_id: str, session_id: str, learnt: Learnt) -> bool:
        self.learnt.append(learnt)
        return self._stands


def outcome(ordinal: int, change: Change, status: str = "done") -> Outcome:
    call = PlannedCall(id=f"c{ordinal}", seq=3, ordinal=ordinal, name="log_metric", arguments={}, evidence="forty")
    return Outcome(call=call, status=status, result={"success": True}, change=change)


def state(*outcomes: Outcome, **more: Any) -> TurnState:
    keys = {
        "session": {"tenant_id": "t", "session_id": "s", "playbook": "lumen"},
        "turn": {"turn_id": "x", "seq": 3, "at": NOW},
        "dataset": PLAYBOOKS["lumen"].new_dataset({}, now=0.0),
        "dataset_version": 4,
        "outcomes": list(outcomes),
    }
    return cast(TurnState, keys | more)


async def updated(store: Kept, given: TurnState) -> dict[str, Any]:
    return await UpdateDataset(cast(TurnStore, store), PLAYBOOKS, ExecuteTools(PLAYBOOKS))(given)


async def test_changes_are_folded_by_ordinal_into_one_version() -> None:
    store = Kept()
    second, first = outcome(1, [set_value("/company_size", "fifty")]), outcome(0, [set_value("/company_size", "forty")])
    update = await updated(store, state(second, first))
    assert update["dataset"]["company_size"] == "fifty"
    assert update["dataset"]["updated_at"] == NOW
    assert update["dataset_version"] == 5
    (learnt,) = store.learnt
    assert [event["type"] for event in learnt.events] == ["function_called", "function_called", "dataset_updated"]
    assert [source["ordinal"] for source in learnt.provenance if source["path"] == "/company_size"] == [0, 1]
    assert {source["evidence"] for source in learnt.provenance} == {"forty"}


async def test_what_changed_nothing_is_unchanged_and_makes_no_version() -> None:
    store = Kept()
    update = await updated(store, state(outcome(0, [set_value("/company_size", None)])))
    assert [item["status"] for item in update["recorded"]] == ["unchanged"]
    assert update["dataset_version"] == 4
    assert store.learnt[0].patch == []


async def test_a_value_that_the_schema_does_not_take_fails_alone() -> None:
    wrong, right = outcome(0, [set_value("/no_such_field", 1)]), outcome(1, [set_value("/company_size", "forty")])
    update = await updated(Kept(), state(wrong, right))
    assert [item["status"] for item in update["recorded"]] == ["failed", "done"]
    assert "no_such_field" not in update["dataset"]
    assert update["dataset"]["company_size"] == "forty"


@pytest.mark.parametrize(
    "given",
    [state(), state(outcome(0, [append("/x", {"a": 1}, ("a",))]), recorded=[outcome(0, [])])],
    ids=["nothing happened", "an earlier run has committed it"],
)
async def test_nothing_is_committed_twice_or_for_nothing(given: TurnState) -> None:
    store = Kept()
    assert await updated(store, given) == {}
    assert store.learnt == []


async def test_a_dataset_that_moved_on_sends_the_turn_back() -> None:
    with pytest.raises(Unavailable):
        await updated(Kept(stands=False), state(outcome(0, [set_value("/company_size", "forty")])))
