"""Chat models that answer at a time of our choosing."""

import asyncio
from datetime import timedelta

from bench.turns.words import CLEAN
from ports.chat_model import ChatAnswer, ChatRequest
from providers.scripted.chat_model import ScriptedChatModel, calls, says


def answer(request: ChatRequest) -> ChatAnswer:
    """Answer as to words that are clean and hold nothing new."""
    return says(CLEAN) if request.purpose == "clean" else calls()


def build_steady_model(latency: timedelta) -> ScriptedChatModel:
    """Make a model whose every answer takes the same time."""
    return ScriptedChatModel(answer, latency)


class HeldChatModel:
    """Answers nothing until it is released; `asked` is set by the first question."""

    name = "held:model"

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.release = asyncio.Event()

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Wait for the release, then answer."""
        self.asked.set()
        await self.release.wait()
        return answer(request)
