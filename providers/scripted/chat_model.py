"""A chat model that answers by a function, after a chosen time."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from domain.errors import ProviderError
from ports.chat_model import ChatAnswer, ChatRequest, ChatToolCall, Finish, Usage

_WORD = re.compile(r"\s*\S+\s*$|\s*\S+")
"""A word with the space before it; the last one with the space after it too."""


def says(text: str, *, finish: Finish = Finish.STOP) -> ChatAnswer:
    """An answer in words."""
    return ChatAnswer(text, (), finish, Usage(10, 5), "scripted:model")


def calls(*wanted: tuple[str, dict[str, Any]]) -> ChatAnswer:
    """An answer that calls tools."""
    made = tuple(ChatToolCall(name, arguments) for name, arguments in wanted)
    return ChatAnswer("", made, Finish.STOP, Usage(10, 5), "scripted:model")


class BrokenOff(Exception):
    """What a script raises to say some words and then fail."""

    def __init__(self, text: str, error: ProviderError) -> None:
        super().__init__(text)
        self.text = text
        self.error = error


@dataclass
class ScriptedChatModel:
    """Answers with `script(request)` after `latency`, word by word each `pause` where it is streamed.

    `requests` holds what it was asked.
    """

    script: Callable[[ChatRequest], ChatAnswer]
    latency: timedelta = timedelta(0)
    pause: timedelta = timedelta(0)
    requests: list[ChatRequest] = field(default_factory=list)
    name: str = "scripted:model"

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, or raise what the script raises."""
        self.requests.append(request)
        await asyncio.sleep(self.latency.total_seconds())
        try:
            return self.script(request)
        except BrokenOff as ending:
            raise ending.error from None

    async def stream(self, request: ChatRequest) -> AsyncGenerator[str | ChatAnswer, None]:
        """Answer word by word, then as a whole; or raise what the script raises."""
        self.requests.append(request)
        await asyncio.sleep(self.latency.total_seconds())
        try:
            answer: ChatAnswer | None = self.script(request)
            text, error = answer.text if answer else "", None
        except BrokenOff as ending:
            answer, text, error = None, ending.text, ending.error
        for word in _WORD.findall(text):
            yield word
            await asyncio.sleep(self.pause.total_seconds())
        if error is not None:
            raise error
        if answer is not None:
            yield answer
