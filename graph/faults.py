"""What happens when a node breaks in a way nobody foresaw: the turn goes on without its work, and says so.

LangGraph's own error handlers would stand in the drawn graph as nodes of their own, so the handler is this wrapper.
What can help by being tried again (a lost database, say) is raised: the run ends and the turn stays in the inbox.
"""

from collections.abc import Callable
from typing import Any

import structlog

from domain.errors import ParleyError, place_of
from domain.tool_call import Outcome
from graph.timing import Node
from nodes.execute_tools import failed
from nodes.state import call_state

Fallback = Callable[[Any], dict[str, Any]]

log = structlog.get_logger(__name__)


def _unkept(state: Any) -> list[Outcome]:
    """What is told of calls that were run and could not be committed: nothing of them has happened."""
    return [failed(call_state(state, each["call"]), "it could not be kept") for each in state.get("outcomes", ())]


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


def guarded(name: str, node: Node) -> Node:
    """Let a node break without breaking the turn; `degraded` gets `<node>:failed`."""
    fallback = FALLBACKS.get(name)
    if fallback is None:
        return node

    async def run(state: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        try:
            return await node(state, *args, **kwargs)
        except Exception as error:
            if is_retryable(error):
                raise
            log.error("node_broke", node=name, session_id=state["session"]["session_id"], error=place_of(error))
            return {**fallback(state), "degraded": [f"{name}:failed"]}

    return run
