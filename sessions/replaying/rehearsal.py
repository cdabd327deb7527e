"""execute_tools of a replay: the ledger answers for calls that were made; others are only rehearsed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from langgraph.runtime import Runtime

from domain.tool_call import CallStatus, Outcome
from nodes.execute_tools import ExecuteTools
from nodes.planning import outcome_of
from nodes.state import CallState, RunContext

NOT_EXECUTED = "not_executed"


@dataclass
class Recorded:
    """What the ledger has for the turn that is being replayed."""

    outcomes: Sequence[Outcome] = field(default_factory=list)

    def answer_to(self, state: CallState) -> Outcome | None:
        """Find the outcome of an equal call that was run."""
        call = state["call"]
        for outcome in self.outcomes:
            known = outcome["call"]
            equal = (known["name"], known["arguments"]) == (call["name"], call["arguments"])
            if equal and outcome["status"] not in (CallStatus.HELD, CallStatus.REFUSED, CallStatus.INVALID):
                return {**outcome, "call": call}
        return None


@dataclass(frozen=True)
class RehearseTools(ExecuteTools):
    """Answer from the ledger, else by a dry run: a tool's work is in its answer, and nobody commits that here."""

    recorded: Recorded = field(default_factory=Recorded)

    async def __call__(self, state: CallState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the recorded outcome, or one that is marked as not executed."""
        known = self.recorded.answer_to(state)
        if known is not None:
            return {"outcomes": [known]}
        call = state["call"]
        tool = self.playbooks[state["session"]["playbook"]].tool(call["name"])
        if tool is not None and not tool.policy.dry:
            return {"outcomes": [outcome_of(call, CallStatus.DONE, {NOT_EXECUTED: True})]}
        update = await super().__call__(state, runtime)
        for outcome in update["outcomes"]:
            outcome["result"][NOT_EXECUTED] = True
        return update
