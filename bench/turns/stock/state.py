"""What the peer checkpoints: the growing list of messages, the dataset, and the turn in hand."""

import operator
from typing import Annotated, Any, cast

from typing_extensions import TypedDict

from domain.dataset import Dataset
from domain.playbook import Playbook
from domain.tool_call import Outcome, PlannedCall
from domain.turn import TurnResult
from nodes.state import TurnState
from ports.records import WINDOW


class StockState(TypedDict, total=False):
    """One thread's state; everything but `messages` holds the last value."""

    messages: Annotated[list[dict[str, Any]], operator.add]
    dataset: Dataset
    dataset_version: int
    turn: dict[str, Any]
    raw_text: str
    cleaned_text: str | None
    plan: list[PlannedCall] | None
    outcomes: list[Outcome]
    recorded: list[Outcome]
    degraded: list[str]
    result: TurnResult | None


def view_of(state: StockState, playbook: Playbook) -> TurnState:
    """Show the peer's state to a node of ours: the same window of the last turns and calls."""
    messages = state.get("messages", [])
    turn = state["turn"]
    session = {
        "tenant_id": "stock",
        "session_id": turn["session_id"],
        "playbook": playbook.name,
        "call_context": playbook.context.model_dump(mode="json"),
    }
    shown: dict[str, Any] = {
        **state,
        "session": session,
        "turn": {**turn, "seq": len(messages) + 1},
        "window": messages[-WINDOW:],
        "recent_calls": [call for message in messages[-WINDOW:] for call in message["calls"]][-WINDOW:],
    }
    return cast(TurnState, shown)
