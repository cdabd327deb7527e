"""One replay, from its first turn to its last."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.playbook import Playbook
from domain.tool_call import CallStatus, Outcome
from domain.turn import TurnResult
from graph.turn import TurnGraph
from nodes.execute_tools import ExecuteTools
from nodes.state import RunContext, TurnState, session_of
from nodes.update_dataset import UpdateDataset
from ports.chat_model import ChatModel
from ports.playbook_data import PlaybookData
from ports.replays import RecordedTurn, ReplayedTurn, ReplayRecord, ReplayStore
from ports.store import TurnStore
from sessions.replaying.difference import difference_of
from sessions.replaying.fork import Fork
from sessions.replaying.models import OpenModel, TurnModel
from sessions.replaying.past import Past, Settled, agent_words, heard_reply
from sessions.replaying.rehearsal import Recorded, RehearseTools
from sessions.replaying.store import ForkStore

BuildGraph = Callable[[Mapping[str, Playbook], TurnStore, ExecuteTools, ChatModel | None], TurnGraph]
"""Draws the turn graph, unchecked by any checkpointer: for playbooks, a store, a way to run tools, and a model."""


@dataclass(frozen=True)
class Means:
    """What replays are made with; without `data`, no tool can ask the playbooks' tables."""

    open_model: OpenModel
    build: BuildGraph
    data: PlaybookData | None = None


Told = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Graphs:
    """The turn graph as it is with a model and on the built-in engine, and the steps that are taken outside of it."""

    served: TurnGraph
    builtin: TurnGraph
    update: UpdateDataset


@dataclass(frozen=True)
class Rerun:
    """A replay that is being made; made again from the start, it comes to the same."""

    record: ReplayRecord
    past: Past
    fork: Fork
    replays: ReplayStore
    store: ForkStore
    recorded: Recorded
    model: TurnModel
    graphs: Graphs
    effects: Mapping[str, str]
    fresh: Mapping[str, Any]
    """What models answered in this replay before it was interrupted."""

    async def run(self, told: Told) -> None:
        """Follow the recording up to the first turn, then run each caller's turn and keep how it differs.

        Raises:
            ConfigError: the model that was asked for cannot be had.
            NotFound: the replay was erased.
        """
        before, first = 0, self.record.asked.from_seq
        for turn in self.past.caller_turns(first, self.record.turns):
            self._listen(before, turn.seq)
            if turn.seq < first:
                self._follow(turn)
            else:
                told(await self._replay(turn))
            before = turn.seq

    def _listen(self, after_seq: int, before_seq: int) -> None:
        """The agent's words stand as they were said."""
        for turn in self.past.between(after_seq, before_seq):
            self.fork.said(turn, agent_words(turn))

    def _follow(self, turn: RecordedTurn) -> None:
        """Take a turn as it was recorded, with what people decided after it."""
        settled = [*self.past.settled_in(turn.seq), *self.past.decided_by_people(turn.seq)]
        for each in settled:
            question = each.recorded.consent["question"] if each.recorded.consent else None
            self.fork.settle([each.outcome], {each.outcome["call"]["name"]: each.recorded.effect}, question)
        self.fork.version = max([turn.result["dataset_version"], *(each.recorded.dataset_version for each in settled)])
        self.fork.dataset = self.past.dataset_at(self.fork.version)
        self.fork.said(turn, turn.cleaned_text, heard_reply(turn, turn.result["reply"]))

    async def _replay(self, turn: RecordedTurn) -> dict[str, Any]:
        asked = self.record.asked
        result = await self._run(turn)
        made = self._take_in()
        self.fork.said(turn, result["cleaned_text"], heard_reply(turn, result["reply"]))
        recorded = self.past.dataset_at(turn.result["dataset_version"])
        difference = difference_of(turn, recorded, result, self.fork.dataset, asked=self.model.asked)
        for settled in self.past.decided_by_people(turn.seq):
            made |= await self._decide(turn, settled)
        outcomes = list(made.values())
        kept = ReplayedTurn(turn.seq, turn.turn_id, difference, outcomes, self.effects, self.fork.version)
        await self.replays.keep_turn(asked.tenant_id, asked.replay_id, kept)
        return difference

    async def _run(self, turn: RecordedTurn) -> TurnResult:
        self.store.begin(turn.turn_id, self.fork.texts)
        self.recorded.outcomes = [each.outcome for each in self.past.settled_in(turn.seq)]
        graph = self.graphs.served if await self.model.begin(turn) else self.graphs.builtin
        opened = self.fork.open(turn, {**self.fresh, **turn.answers})
        state = await graph.ainvoke({}, context=RunContext(open_turn=opened, facts=opened.facts))
        result: TurnResult = state["result"]
        return result

    async def _decide(self, turn: RecordedTurn, settled: Settled) -> dict[str, Outcome]:
        """Let a person decide what was decided then, if the same waits here too."""
        if not self.fork.holds(settled.outcome):
            return {}
        self.store.begin(turn.turn_id, self.fork.texts)
        await self.graphs.update(self._decided(turn, settled))
        return self._take_in()

    def _decided(self, turn: RecordedTurn, settled: Settled) -> TurnState:
        outcome: Outcome = {**settled.outcome}
        if outcome["status"] == CallStatus.UNCHANGED:
            outcome["status"] = CallStatus.DONE.value  # whether it changes something is seen again
        now = self.past.dataset_at(settled.recorded.dataset_version)["updated_at"]
        return {
            "session": session_of(self.past.recording.facts),
            "turn": {"turn_id": turn.turn_id, "seq": outcome["call"]["seq"], "at": now},
            "dataset": self.fork.dataset,
            "dataset_version": self.fork.version,
            "outcomes": [outcome],
        }

    def _take_in(self) -> dict[str, Outcome]:
        """Let the fork know what was just learnt; return the calls by their ids."""
        learnt = self.store.learnt
        if learnt is None:
            return {}
        self.fork.dataset, self.fork.version = learnt.dataset, learnt.version
        questions = {verdict.call["id"]: verdict.question for verdict in learnt.verdicts}
        for outcome in learnt.outcomes:
            self.fork.settle([outcome], self.effects, questions.get(outcome["call"]["id"]))
        return {outcome["call"]["id"]: outcome for outcome in learnt.outcomes}


@asynccontextmanager
async def open_rerun(
    record: ReplayRecord, past: Past, playbook: Playbook, replays: ReplayStore, means: Means
) -> AsyncIterator[Rerun]:
    """Set a fork up at the beginning of the call; models that it opens are closed at the end of the block."""
    asked, facts = record.asked, past.recording.facts
    store, books = ForkStore(replays, asked.replay_id), {playbook.name: playbook}
    tools, build = RehearseTools(books, means.data), means.build
    async with AsyncExitStack() as stack:
        model = TurnModel(means.open_model, stack, asked.model)
        yield Rerun(
            record=record,
            past=past,
            fork=Fork(facts, past.recording.first_dataset),
            replays=replays,
            store=store,
            recorded=tools.recorded,
            model=model,
            graphs=Graphs(
                build(books, store, tools, model), build(books, store, tools, None), UpdateDataset(store, books, tools)
            ),
            effects={tool.name: tool.policy.effect.value for tool in playbook.tools},
            fresh=await replays.answers(asked.tenant_id, asked.replay_id),
        )
