"""What happens when a node breaks in a way nobody foresaw, or takes too long: the turn goes on without its work.

LangGraph's own error handlers would stand in the drawn graph as nodes of their own, so the handler is this wrapper; and
its own time-out strikes from outside of it, which would end the run.
What can help by being tried again (a lost database, say) is raised: the run ends and the turn stays in the inbox.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from domain.errors import Fault, ParleyError, place_of
from domain.tool_call import CallStatus, Outcome
from graph.timing import Node
from nodes.execute_tools import failed
from nodes.state import call_state

Fallback = Callable[[Any], dict[str, Any]]

_ANSWERS = (CallStatus.UNCHANGED, CallStatus.DECLINED, CallStatus.INVALID, CallStatus.FAILED)
_LASTING = ("change", "posts", "statements", "ends")
"""What of an outcome is committed with it."""

log = structlog.get_logger(__name__)


def _unkept(state: Any) -> list[Outcome]:
    """What is told of calls that could not be committed: what was to last has not happened, a mere answer stands."""
    outcomes: list[Outcome] = state.get("outcomes", [])
    return [each if _is_mere_answer(each) else _lost(state, each) for each in outcomes]


def _is_mere_answer(outcome: Outcome) -> bool:
    return outcome["status"] in _ANSWERS and not any(outcome.get(lasting) for lasting in _LASTING)


def _lost(state: Any, outcome: Outcome) -> Outcome:
    return failed(call_state(state, outcome["call"]), "it could not be kept")


FALLBACKS: dict[str, Fallback] = {
    "transcode": lambda _: {"pcm": None},
    "transcribe": lambda _: {"raw_text": "", "pcm": None},
    "clean": lambda state: {"cleaned_text": state["raw_text"]},
    "decide_tools": lambda _: {"plan": []},
    "consent": lambda _: {"plan": []},
    "execute_tools": lambda state: {"outcomes": [failed(state, "the tool broke")]},
    "update_dataset": lambda state: {"recorded": _unkept(state)},
    "reply": lambda _: {"reply": None},
}
"""What a broken node leaves; the nodes that are not here cannot be done without."""


def is_retryable(error: BaseException) -> bool:
    """Say whether running the node again can help: a property of the error, decided where it was raised."""
    return isinstance(error, ParleyError) and error.retryable


def guarded(name: str, node: Node, limit: timedelta | None = None) -> Node:
    """Let a node break, or take longer than `limit`, without breaking the turn.

    `degraded` gets `<node>:failed` or `<node>:timeout`. What cannot be done without raises what broke it.
    """
    fallback, seconds = FALLBACKS.get(name), None if limit is None else limit.total_seconds()

    async def run(state: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            async with asyncio.timeout(seconds) as patience:
                return await node(state, *args, **kwargs)
        except Exception as error:
            if fallback is None or is_retryable(error):
                raise
            fault = Fault.TIMEOUT.value if patience.expired() else "failed"
            session_id = state["session"]["session_id"]
            log.error("node_broke", node=name, fault=fault, session_id=session_id, error=place_of(error))
            return {**fallback(state), "degraded": [f"{name}:{fault}"]}

    return run
