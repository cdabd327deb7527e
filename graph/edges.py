"""Where next? Pure functions of the state; an edge shows where the run goes, never does anything.

Each names the keys it looks at, so that LangGraph reads no others for it; and each is a coroutine, because LangGraph
would send a plain function through a thread.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from langgraph.types import Send
from typing_extensions import TypedDict

from domain.conversation import Role
from domain.playbook import Playbook
from domain.tool_call import PlannedCall
from nodes.consent import is_gated
from nodes.holding import GRANTED
from nodes.state import Planned, call_state

Route = str | list[Send]


class Heard(TypedDict):
    """Who spoke, and how it came."""

    turn: dict[str, Any]


class Updated(TypedDict):
    """Whose playbook it is."""

    session: dict[str, Any]


async def after_receive(state: Heard) -> str:
    """Sound is decoded first; written words go straight to their side's path."""
    return "transcode" if state["turn"]["sound"] else _side(state)


async def after_transcribe(state: Heard) -> str:
    """The agent's own words pass through; the caller's are cleaned."""
    return _side(state)


def _side(state: Heard) -> str:
    return "passthrough" if state["turn"]["role"] == Role.AGENT else "clean"


def build_after_decide(playbooks: Mapping[str, Playbook]) -> Callable[[Planned], Awaitable[Route]]:
    """Make the edge out of decide_tools: gated calls meet the gate, others run, nothing goes on."""

    async def after_decide(state: Planned) -> Route:
        playbook = playbooks[state["session"]["playbook"]]
        plan = state.get("plan") or []
        if state.get("recorded"):
            return "update_dataset"
        if any(is_gated(call, playbook.tool(call["name"])) for call in plan):
            return "consent"
        return _sends(state, plan) or "update_dataset"

    return after_decide


async def after_consent(state: Planned) -> Route:
    """What the gate let through runs, each call as a task of its own."""
    return _sends(state, state.get("plan") or []) or "update_dataset"


def build_after_update(playbooks: Mapping[str, Playbook]) -> Callable[[Updated], Awaitable[str]]:
    """Make the edge out of update_dataset: only a playbook that speaks has a reply."""

    async def after_update(state: Updated) -> str:
        return "reply" if playbooks[state["session"]["playbook"]].replies else "notify"

    return after_update


def _sends(state: Planned, plan: Sequence[PlannedCall]) -> list[Send]:
    runnable = (call for call in plan if call.get("status") in (None, GRANTED))
    return [Send("execute_tools", call_state(state, call)) for call in runnable]
