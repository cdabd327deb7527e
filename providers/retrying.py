"""A chat model that is asked again when asking again can help."""

import asyncio
import random
from dataclasses import dataclass

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest

_QUICK = (Fault.RATE_LIMIT, Fault.SERVER, Fault.CONNECTION)
"""Faults that show at once. A time-out has cost the caller enough: the built-in engine takes over."""


@dataclass(frozen=True)
class RetryingChatModel:
    """Ask up to `attempts` times, with a pause of 50 to 150 ms doubled each time."""

    model: ChatModel
    attempts: int = 2

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, or raise the last attempt's error (see ports.chat_model)."""
        for attempt in range(1, self.attempts):
            try:
                return await self.model.ask(request)
            except ProviderUnavailable as error:
                if error.fault not in _QUICK:
                    raise
            await asyncio.sleep(random.uniform(0.05, 0.15) * 2 ** (attempt - 1))
        return await self.model.ask(request)
