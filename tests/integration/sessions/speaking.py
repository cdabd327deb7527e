"""A model that speaks for a playbook: it cleans nothing, and is scripted in what it decides and replies."""

import json
from collections.abc import Callable
from typing import Any

from ports.chat_model import ChatAnswer, ChatRequest
from providers.scripted.chat_model import ScriptedChatModel, calls, says

Script = Callable[[ChatRequest], ChatAnswer]


def data_of(request: ChatRequest) -> dict[str, Any]:
    """What a model is told of the call."""
    data: dict[str, Any] = json.loads(request.messages[0].content)
    return data


def nothing(request: ChatRequest) -> ChatAnswer:
    """Call no tool."""
    return calls()


def speaking(replies: Script, decides: Script = nothing, name: str = "scripted:model") -> ScriptedChatModel:
    """A model that replies and decides by scripts, and takes the caller's words as they are."""

    def answer(request: ChatRequest) -> ChatAnswer:
        if request.purpose == "clean":
            return says(data_of(request)["newest_turn"])
        return (replies if request.purpose == "reply" else decides)(request)

    return ScriptedChatModel(answer, name=name)
