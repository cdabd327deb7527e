"""notify: commit the result with the event that tells it; delivery follows from the rows."""

import time
from dataclasses import dataclass
from typing import Any

from langgraph.runtime import Runtime

from domain.tool_call import CallStatus, FunctionCall, Outcome
from domain.turn import TurnResult
from nodes.state import RunContext, TurnState
from ports.store import TurnStore


@dataclass(frozen=True)
class Notify:
    """Keep the turn's result. An agent's written turn gets its number here, in the same transaction."""

    turns: TurnStore

    async def __call__(self, state: TurnState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the public result of the turn."""
        result = result_of(state)
        context = runtime.context or RunContext()
        session = state["session"]
        if state["turn"]["accepted"]:
            owner = context.owner or result["turn_id"]  # a turn that Studio began holds the pen itself
            await self.turns.finish_turn(session["tenant_id"], session["session_id"], result, owner=owner)
            return {"result": result}
        if context.passthrough is None or context.facts is None:
            raise ValueError("a turn that was not accepted needs the run's context")
        receipt = await self.turns.keep_passthrough(context.facts, context.passthrough, result)
        return {"result": receipt.result}


def result_of(state: TurnState) -> TurnResult:
    """Make the public result: the same keys everywhere."""
    session, turn = state["session"], state["turn"]
    return TurnResult(
        session_id=session["session_id"],
        turn_id=turn["turn_id"],
        seq=turn["seq"],
        speaker=turn["speaker"],
        raw_text=state["raw_text"],
        cleaned_text=state.get("cleaned_text") or "",
        function_calls=[function_call(outcome) for outcome in state.get("recorded") or []],
        reply=state.get("reply"),
        dataset_version=state["dataset_version"],
        degraded=sorted(set(state.get("degraded", []))),
        stt=state.get("stt"),
        timings={name: round(ms, 3) for name, ms in state.get("timings", {}).items()},
        processing_time_ms=round((time.perf_counter() - turn["started"]) * 1000, 3),
        usage=state.get("served", {}),
    )


def function_call(outcome: Outcome) -> FunctionCall:
    """Show a call as clients see it."""
    call, status = outcome["call"], CallStatus(outcome["status"])
    shown = FunctionCall(
        id=call["id"],
        function_name=call["name"],
        parameters=call["arguments"],
        status=status.value,
        result={**outcome["result"], "success": status.success},
        success=status.success,
    )
    if outcome.get("error"):
        shown["error"] = outcome["error"]
    return shown
