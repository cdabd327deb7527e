"""A chat model that answers by a function, after a chosen time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ports.chat_model import ChatAnswer, ChatRequest, ChatToolCall, Finish, Usage


def says(text: str, *, finish: Finish = Finish.STOP) -> ChatAnswer:
    """An answer in words."""
    return ChatAnswer(text, (), finish, Usage(10, 5), "scripted:model")


def calls(*wanted: tuple[str, dict[str, Any]]) -> ChatAnswer:
    """An answer that calls tools."""
    made = tuple(ChatToolCall(name, arguments) for name, arguments in wanted)
    return ChatAnswer("", made, Finish.STOP, Usage(10, 5), "scripted:model")


@dataclass
class ScriptedChatModel:
    """Answers with `script(request)` after `latency`; `requests` holds what it was asked."""

    script: Callable[[ChatRequest], ChatAnswer]
    latency: timedelta = timedelta(0)
    requests: list[ChatRequest] = field(default_factory=list)
    name: str = "scripted:model"

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, or raise what the script raises."""
        self.requests.append(request)
        await asyncio.sleep(self.latency.total_seconds())
        return self.script(request)
