"""The question to a model what to reply. What was said, found and done travels as data."""

from collections.abc import Sequence
from typing import Any

from domain.playbook import HeldCall, Playbook
from domain.tool_call import FunctionCall
from nodes.data_block import data_message
from nodes.prompting import call_data
from nodes.state import TurnState
from ports.chat_model import ChatRequest

REPLY = "reply"
MOST_TOKENS = 400
"""Of an answer that is to be spoken in some twenty-five seconds, with room for a model's own thoughts."""


def reply_request(
    playbook: Playbook, state: TurnState, calls: Sequence[FunctionCall], held: Sequence[HeldCall]
) -> ChatRequest:
    """Ask what to say to the newest turn, given what became of its calls."""
    data = {
        **call_data(state, playbook),
        "dataset": state["dataset"],
        "earlier_calls": state.get("recent_calls", []),
        "standing": [_effect(call) for call in state.get("standing", [])],
        "calls_now": [_shown(call) for call in calls],
        "awaiting_yes": [{"function_name": call.name, "parameters": call.arguments} for call in held],
        "newest_turn": state.get("cleaned_text") or "",
    }
    return ChatRequest(REPLY, playbook.prompt(REPLY).text, (data_message(data),), max_output_tokens=MOST_TOKENS)


def _shown(call: FunctionCall) -> dict[str, Any]:
    return {key: call.get(key) for key in ("function_name", "parameters", "status", "result")}


def _effect(call: dict[str, Any]) -> dict[str, Any]:
    return {"function_name": call["name"], "parameters": call["arguments"], "result": call["result"]}
