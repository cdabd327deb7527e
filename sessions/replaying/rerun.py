"""One replay, from its first turn to its last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.playbook import Playbook
from domain.tool_call import CallStatus, Outcome
from domain.turn import TurnResult
from graph.turn import TurnGraph
from nodes.execute_tools import ExecuteTools
from nodes.state import RunContext, session_of
from nodes.update_dataset import UpdateDataset
from ports.replays import NewReplay, RecordedTurn, ReplayedTurn, ReplayStore
from ports.store import TurnStore
from sessions.replaying.difference import difference_of
from sessions.replaying.fork import Fork
from sessions.replaying.past import Past, Settled
from sessions.replaying.rehearsal import Recorded, RehearseTools
from sessions.replaying.store import ForkStore

BuildGraph = Callable[[Mapping[str, Playbook], TurnStore, ExecuteTools], TurnGraph]
"""Draws the turn graph, unchecked by any checkpointer, for playbooks, a store and a way to run tools."""


@dataclass
class Rerun:
    """A replay that is being made; made again from the start, it comes to the same."""

    asked: NewReplay
    past: Past
    playbook: Playbook
    replays: ReplayStore
    build: BuildGraph
    _recorded: Recorded = field(default_factory=Recorded)

    async def run(self, told: Callable[[Mapping[str, Any]], None] = lambda _: None) -> None:
        """Follow the recording up to the first turn, then run each caller's turn and keep how it differs."""
        fork = Fork(self.past.recording.facts, self.past.recording.first_dataset)
        fresh = await self.replays.answers(self.asked.tenant_id, self.asked.replay_id)
        store = ForkStore(self.replays, self.asked.replay_id)
        books = {self.playbook.name: self.playbook}
        graph = self.build(books, store, RehearseTools(books, self._recorded))
        update = UpdateDataset(store, books)
        before = 0
        for turn in self.past.caller_turns(0):
            self._listen(fork, before, turn.seq)
            if turn.seq < self.asked.from_seq:
                self._follow(fork, turn)
            else:
                told(await self._replay(fork, turn, graph, store, fresh))
                await self._decide(fork, turn, update, store)
            before = turn.seq

    def _listen(self, fork: Fork, after_seq: int, before_seq: int) -> None:
        """The agent's words stand as they were said."""
        for turn in self.past.between(after_seq, before_seq):
            fork.said(turn, turn.cleaned_text)

    def _follow(self, fork: Fork, turn: RecordedTurn) -> None:
        """Take a turn as it was recorded, with what people decided after it."""
        settled = [*self.past.settled_in(turn.seq), *self.past.decided_by_people(turn.seq)]
        for each in settled:
            question = each.recorded.consent["question"] if each.recorded.consent else None
            fork.settle([each.outcome], {each.outcome["call"]["name"]: each.recorded.effect}, question)
        fork.version = max([turn.result["dataset_version"], *(each.recorded.dataset_version for each in settled)])
        fork.dataset = self.past.dataset_at(fork.version)
        fork.said(turn, turn.cleaned_text)

    async def _replay(
        self, fork: Fork, turn: RecordedTurn, graph: TurnGraph, store: ForkStore, fresh: dict[str, Any]
    ) -> dict[str, Any]:
        store.begin(turn.turn_id, fork.texts)
        self._recorded.outcomes = [each.outcome for each in self.past.settled_in(turn.seq)]
        opened = fork.open(turn, {**fresh, **turn.answers})
        state = await graph.ainvoke({}, context=RunContext(open_turn=opened, facts=opened.facts))
        result: TurnResult = state["result"]
        self._take_in(fork, store)
        fork.said(turn, result["cleaned_text"])
        recorded = self.past.dataset_at(turn.result["dataset_version"])
        difference = difference_of(turn, recorded, result, fork.dataset, asked=store.asked)
        outcomes = store.learnt.outcomes if store.learnt else []
        kept = ReplayedTurn(turn.seq, turn.turn_id, difference, outcomes, self._effects, fork.version)
        await self.replays.keep_turn(self.asked.tenant_id, self.asked.replay_id, kept)
        return difference

    async def _decide(self, fork: Fork, turn: RecordedTurn, update: UpdateDataset, store: ForkStore) -> None:
        """Let people decide what they decided then, if it waits here too."""
        for settled in self.past.decided_by_people(turn.seq):
            if fork.holds(settled.outcome):
                store.begin(turn.turn_id, fork.texts)
                await update(self._decided(fork, turn, settled))
                self._take_in(fork, store)

    def _decided(self, fork: Fork, turn: RecordedTurn, settled: Settled) -> Any:
        outcome: Outcome = {**settled.outcome}
        if outcome["status"] == CallStatus.UNCHANGED:
            outcome["status"] = CallStatus.DONE.value  # whether it changes something is seen again
        now = self.past.dataset_at(settled.recorded.dataset_version)["updated_at"]
        return {
            "session": session_of(self.past.recording.facts),
            "turn": {"turn_id": turn.turn_id, "seq": outcome["call"]["seq"], "at": now},
            "dataset": fork.dataset,
            "dataset_version": fork.version,
            "outcomes": [outcome],
        }

    def _take_in(self, fork: Fork, store: ForkStore) -> None:
        learnt = store.learnt
        if learnt is None:
            return
        fork.dataset, fork.version = learnt.dataset, learnt.version
        questions = {verdict.call["id"]: verdict.question for verdict in learnt.verdicts}
        for outcome in learnt.outcomes:
            fork.settle([outcome], self._effects, questions.get(outcome["call"]["id"]))

    @property
    def _effects(self) -> dict[str, str]:
        return {tool.name: tool.policy.effect.value for tool in self.playbook.tools}
