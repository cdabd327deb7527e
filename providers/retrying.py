"""A chat model that is asked again when asking again can help."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest, pieces_of

_QUICK = (Fault.RATE_LIMIT, Fault.SERVER, Fault.CONNECTION)
"""Faults that show at once. A time-out has cost the caller enough: the built-in engine takes over."""

Piece = str | ChatAnswer
"""Some text of an answer, or last the whole of it."""


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
            await _pause(attempt)
        return await self.model.ask(request)

    async def stream(self, request: ChatRequest) -> AsyncGenerator[Piece, None]:
        """Answer in pieces, or raise the last attempt's error; what has been heard is not said again."""
        first, pieces = await self._begin(request)
        async with aclosing(pieces):
            yield first
            async for piece in pieces:
                yield piece

    async def _begin(self, request: ChatRequest) -> tuple[Piece, AsyncGenerator[Piece, None]]:
        """Return the first piece, and the stream of those after it."""
        for attempt in range(1, self.attempts):
            pieces = pieces_of(self.model, request)
            try:
                return await anext(pieces), pieces
            except ProviderUnavailable as error:
                if error.fault not in _QUICK:
                    raise
            await _pause(attempt)
        pieces = pieces_of(self.model, request)
        return await anext(pieces), pieces


async def _pause(attempt: int) -> None:
    await asyncio.sleep(random.uniform(0.05, 0.15) * 2 ** (attempt - 1))
