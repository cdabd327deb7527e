"""The peer's nodes: ours, shown the peer's state."""

import asyncio
from dataclasses import dataclass
from typing import Any

from langgraph.runtime import Runtime

from bench.turns.stock.state import StockState, view_of
from domain.playbook import Playbook
from nodes.clean import Clean
from nodes.decide_tools import DecideTools
from nodes.execute_tools import ExecuteTools
from nodes.notify import Notify
from nodes.state import RunContext, call_state
from nodes.update_dataset import UpdateDataset
from ports.store import TurnStore

KEPT = ("cleaned_text", "plan", "outcomes", "recorded", "dataset", "dataset_version", "degraded", "result")
OUTSIDE: Runtime[RunContext] = Runtime(context=RunContext())


@dataclass(frozen=True)
class StockNodes:
    """The steps of the peer's turn."""

    playbook: Playbook
    turns: TurnStore

    async def clean(self, state: StockState) -> dict[str, Any]:
        """Clean the words."""
        return _kept(await Clean(None, self.turns, self._playbooks)(view_of(state, self.playbook)))

    async def decide_tools(self, state: StockState) -> dict[str, Any]:
        """Plan the tool calls."""
        return _kept(await DecideTools(None, self.turns, self._playbooks)(view_of(state, self.playbook)))

    async def execute_tools(self, state: StockState) -> dict[str, Any]:
        """Run the planned calls side by side, in one task."""
        view = view_of(state, self.playbook)
        calls = [call for call in state.get("plan") or [] if "status" not in call]
        run = ExecuteTools(self._playbooks)
        answers = await asyncio.gather(*(run(call_state(view, call), OUTSIDE) for call in calls))
        ran = [outcome for answer in answers for outcome in answer["outcomes"]]
        return {"outcomes": [*state.get("outcomes", []), *ran]}

    async def update_dataset(self, state: StockState) -> dict[str, Any]:
        """Fold what the tools asked for into the dataset."""
        update = UpdateDataset(self.turns, self._playbooks, ExecuteTools(self._playbooks))
        return _kept(await update(view_of(state, self.playbook)))

    async def notify(self, state: StockState) -> dict[str, Any]:
        """Write the transcript row, and let the list of messages grow by this turn's."""
        update = await Notify(self.turns)(view_of(state, self.playbook), OUTSIDE)
        return update | {"messages": [_message(update["result"])]}

    @property
    def _playbooks(self) -> dict[str, Playbook]:
        return {self.playbook.name: self.playbook}


def after_decide(state: StockState) -> str:
    """Only a plan is executed."""
    return "execute_tools" if state.get("plan") else "update_dataset"


def _kept(update: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the peer's state has no place for."""
    return {key: value for key, value in update.items() if key in KEPT}


def _message(result: dict[str, Any]) -> dict[str, Any]:
    calls = [
        {"seq": result["seq"], "name": call["function_name"], "arguments": call["parameters"], "status": call["status"]}
        for call in result["function_calls"]
    ]
    said = {"seq": result["seq"], "role": "caller", "speaker": result["speaker"], "text": result["cleaned_text"]}
    return {**said, "calls": calls}
