"""Where next? Pure functions of the state; an edge shows where the run goes, never does anything."""

from collections.abc import Callable, Mapping, Sequence

from langgraph.types import Send

from domain.conversation import Role
from domain.playbook import Playbook
from domain.tool_call import PlannedCall
from nodes.consent import is_gated
from nodes.holding import GRANTED
from nodes.state import TurnState, call_state

Route = str | list[Send]


def after_receive(state: TurnState) -> str:
    """Sound is decoded first; written words go straight to their side's path."""
    return "transcode" if state["turn"]["sound"] else after_transcribe(state)


def after_transcribe(state: TurnState) -> str:
    """The agent's own words pass through; the caller's are cleaned."""
    return "passthrough" if state["turn"]["role"] == Role.AGENT else "clean"


def build_after_decide(playbooks: Mapping[str, Playbook]) -> Callable[[TurnState], Route]:
    """Make the edge out of decide_tools: gated calls meet the gate, others run, nothing goes on."""

    def after_decide(state: TurnState) -> Route:
        playbook = playbooks[state["session"]["playbook"]]
        plan = state.get("plan") or []
        if state.get("recorded"):
            return "update_dataset"
        if any(is_gated(call, playbook.tool(call["name"])) for call in plan):
            return "consent"
        return _sends(state, plan) or "update_dataset"

    return after_decide


def after_consent(state: TurnState) -> Route:
    """What the gate let through runs, each call as a task of its own."""
    return _sends(state, state.get("plan") or []) or "update_dataset"


def build_after_update(playbooks: Mapping[str, Playbook]) -> Callable[[TurnState], str]:
    """Make the edge out of update_dataset: only a playbook that speaks has a reply."""

    def after_update(state: TurnState) -> str:
        return "reply" if playbooks[state["session"]["playbook"]].replies else "notify"

    return after_update


def _sends(state: TurnState, plan: Sequence[PlannedCall]) -> list[Send]:
    runnable = (call for call in plan if call.get("status") in (None, GRANTED))
    return [Send("execute_tools", call_state(state, call)) for call in runnable]
