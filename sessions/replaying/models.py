"""Which model a replayed turn is asked of: the one that served the recorded turn, or one that was asked for."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field

import structlog

from domain.errors import ConfigError, Fault, ProviderRejected
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest
from ports.replays import RecordedTurn

OpenModel = Callable[[str | None], AbstractAsyncContextManager[ChatModel | None]]
"""Opens a model by its name, or (None) the one in force; ConfigError when it cannot be had."""

log = structlog.get_logger(__name__)


@dataclass
class TurnModel:
    """Bears the name under which a turn's answers were kept; it is opened only when a question is not among them.

    A model that served the call and cannot be had any more fails as one that is away does in a call (`absent`); one
    that was asked for must be there.
    """

    open_model: OpenModel
    stack: AsyncExitStack
    wanted: str | None = None
    name: str = ""
    asked: int = 0
    _opened: dict[str | None, ChatModel | None] = field(default_factory=dict)

    async def begin(self, turn: RecordedTurn) -> bool:
        """Stand for the model of a turn; False when that is the built-in engine.

        Raises:
            ConfigError: the model that was asked for, or the one in force, cannot be had.
        """
        self.asked = 0
        if self.wanted is None and (known := _asked_in(turn)):
            self.name = known
            return True
        if self.wanted is None and not _was_served(turn):
            return False
        model = await self._open(self.wanted)
        if model is not None:
            self.name = model.name
            self._opened[self.name] = model
        return model is not None

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Ask the model itself.

        Raises:
            ProviderError: as the model says, or it cannot be had here (`absent`).
        """
        model = await self._open_if_there_is()
        if model is None:
            raise ProviderRejected(self.name, Fault.ABSENT)
        self.asked += 1
        return await model.ask(request)

    async def _open_if_there_is(self) -> ChatModel | None:
        try:
            return await self._open(self.name)
        except ConfigError as error:
            log.warning("replay_without_its_model", model=self.name, why=error.message)
            self._opened[self.name] = None
            return None

    async def _open(self, name: str | None) -> ChatModel | None:
        if name not in self._opened:
            self._opened[name] = await self.stack.enter_async_context(self.open_model(name))
        return self._opened[name]


def _asked_in(turn: RecordedTurn) -> str | None:
    """The model that the turn's answers are kept from; None when there are none."""
    return next((answer["asked"] for answer in turn.answers.values() if "asked" in answer), None)


def _was_served(turn: RecordedTurn) -> bool:
    """True when a model had a part in the turn, though its answers are not kept any more."""
    return bool(turn.result.get("usage")) or any(reason.endswith(":fallback") for reason in turn.result["degraded"])
