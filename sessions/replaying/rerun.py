"""One replay, from its first turn to its last."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from domain.playbook import Playbook
from domain.tool_call import CallStatus, Outcome
from domain.turn import TurnResult
from graph.turn import TurnGraph
from nodes.execute_tools import ExecuteTools
from nodes.state import RunContext, session_of
from nodes.update_dataset import UpdateDataset
from ports.chat_model import ChatModel
from ports.replays import NewReplay, RecordedTurn, ReplayedTurn, ReplayStore
from ports.store import TurnStore
from sessions.replaying.difference import difference_of
from sessions.replaying.fork import Fork
from sessions.replaying.models import OpenModel, TurnModel
from sessions.replaying.past import Past, Settled
from sessions.replaying.rehearsal import Recorded, RehearseTools
from sessions.replaying.store import ForkStore

BuildGraph = Callable[[Mapping[str, Playbook], TurnStore, ExecuteTools, ChatModel | None], TurnGraph]
"""Draws the turn graph, unchecked by any checkpointer: for playbooks, a store, a way to run tools, and a model."""

Told = Callable[[Mapping[str, Any]], None]


@dataclass
class Rerun:
    """A replay that is being made; made again from the start, it comes to the same."""

    asked: NewReplay
    turns: int
    past: Past
    playbook: Playbook
    replays: ReplayStore
    open_model: OpenModel
    build: BuildGraph
    _recorded: Recorded = field(default_factory=Recorded)

    async def run(self, told: Told = lambda _: None) -> None:
        """Follow the recording up to the first turn, then run each caller's turn and keep how it differs.

        Raises:
            ConfigError: the model that was asked for cannot be had.
            NotFound: the replay was erased.
        """
        fresh = await self.replays.answers(self.asked.tenant_id, self.asked.replay_id)
        async with AsyncExitStack() as stack:
            stage = self._stage(TurnModel(self.open_model, stack, self.asked.model), fresh)
            for turn in self._until_first(stage.fork):
                told(await self._replay(stage, turn))

    def _stage(self, model: TurnModel, fresh: Mapping[str, Any]) -> "_Stage":
        store = ForkStore(self.replays, self.asked.replay_id)
        books = {self.playbook.name: self.playbook}
        tools = RehearseTools(books, self._recorded)
        return _Stage(
            fork=Fork(self.past.recording.facts, self.past.recording.first_dataset),
            store=store,
            model=model,
            fresh=fresh,
            served=self.build(books, store, tools, model),
            builtin=self.build(books, store, tools, None),
            update=UpdateDataset(store, books),
        )
