"""Questions to a model. The prompt file is the system's; everything a caller said travels as data, newest last."""

from typing import Any

from domain.playbook import Playbook
from nodes.data_block import data_message
from nodes.reading import context_of, history_of
from nodes.state import TurnState
from ports.chat_model import ChatRequest, ToolSchema

CLEAN, DECIDE = "clean", "decide"


def clean_request(playbook: Playbook, state: TurnState) -> ChatRequest:
    """Ask what the speaker meant to say."""
    data = {**call_data(state), "newest_turn": state["raw_text"]}
    return ChatRequest(CLEAN, playbook.prompt(CLEAN).text, (data_message(data),))


def decide_request(playbook: Playbook, state: TurnState, words: str) -> ChatRequest:
    """Ask which tools the newest turn calls for."""
    data = {
        **call_data(state, playbook),
        "dataset": state["dataset"],
        "earlier_calls": state.get("recent_calls", []),
        "newest_turn": words,
    }
    tools = tuple(ToolSchema(tool.name, tool.description, tool.parameters) for tool in playbook.tools)
    return ChatRequest(DECIDE, playbook.prompt(DECIDE).text, (data_message(data),), tools)


def call_data(state: TurnState, playbook: Playbook | None = None) -> dict[str, Any]:
    """What a call is about and what was said so far; with the day, where the business of a playbook has a clock."""
    data: dict[str, Any] = {"call_context": context_of(state).model_dump(mode="json")}
    if playbook is not None and playbook.local_time is not None:
        data["today"] = f"{playbook.local_time(state['turn']['at']):%A %Y-%m-%d}"
    data["history"] = [{"speaker": item.speaker, "text": item.text} for item in history_of(state)]
    return data
