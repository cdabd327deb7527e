"""Questions to a model. The prompt file is the system's; everything a caller said travels as JSON data."""

import json
from collections.abc import Sequence
from typing import Any

from domain.playbook import BusinessTool, Playbook
from nodes.reading import context_of, history_of
from nodes.state import TurnState
from ports.chat_model import ChatMessage, ChatRequest, ToolSchema


def clean_request(playbook: Playbook, state: TurnState) -> ChatRequest:
    """Ask what the speaker meant to say."""
    data = {"call_context": _context(state), "history": _history(state), "newest_turn": state["raw_text"]}
    return _request("clean", playbook, data)


def decide_request(playbook: Playbook, state: TurnState, words: str) -> ChatRequest:
    """Ask which tools the newest turn calls for."""
    data = {
        "call_context": _context(state),
        "history": _history(state),
        "dataset": state["dataset"],
        "earlier_calls": state.get("recent_calls", []),
        "newest_turn": words,
    }
    return _request("decide", playbook, data, playbook.tools)


def _request(purpose: str, playbook: Playbook, data: dict[str, Any], tools: Sequence[BusinessTool] = ()) -> ChatRequest:
    """Make the same request of the same data, in whatever order its keys come out of a table."""
    schemas = tuple(ToolSchema(tool.name, tool.description, tool.parameters) for tool in tools)
    message = ChatMessage(role="user", content=json.dumps(data, ensure_ascii=False, sort_keys=True))
    system = playbook.prompt(purpose).text
    return ChatRequest(purpose, system, (message,), schemas)


def _context(state: TurnState) -> dict[str, Any]:
    return context_of(state).model_dump(mode="json")


def _history(state: TurnState) -> list[dict[str, str]]:
    return [{"speaker": item.speaker, "text": item.text} for item in history_of(state)]
