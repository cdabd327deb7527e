"""The recorded call, turn by turn: what was settled when, and what the dataset was."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import jsonpatch

from domain.conversation import Role
from domain.dataset import Dataset
from domain.tool_call import CallStatus, Outcome
from ports.replays import RecordedCall, RecordedTurn, Recording


@dataclass(frozen=True)
class Settled:
    """A call as a turn, or a person after a turn, left it."""

    outcome: Outcome
    recorded: RecordedCall


@dataclass(frozen=True)
class Past:
    """A recording that can be asked."""

    recording: Recording

    def caller_turns(self, first_seq: int, count: int) -> list[RecordedTurn]:
        """The caller's turns up to a first one, and so many from there on: a call that goes on is not followed."""
        turns = [turn for turn in self.recording.turns if turn.role is Role.CALLER]
        before = sum(turn.seq < first_seq for turn in turns)
        return turns[: before + count]

    def between(self, after_seq: int, before_seq: int) -> list[RecordedTurn]:
        """The turns of both sides after one number and before another."""
        return [turn for turn in self.recording.turns if after_seq < turn.seq < before_seq]

    def settled_in(self, seq: int) -> list[Settled]:
        """What a turn settled: its own calls, held ones among them, and earlier ones that its words decided."""
        return list(self._settled_in(seq))

    def _settled_in(self, seq: int) -> Iterator[Settled]:
        for call in self.recording.calls:
            if call.settled_seq == seq:
                yield Settled(call.outcome, call)
            elif call.outcome["call"]["seq"] == seq:
                held = Outcome(call=call.outcome["call"], status=CallStatus.HELD.value, result={}, change=[])
                yield Settled(held, call)

    def decided_by_people(self, after_seq: int) -> list[Settled]:
        """What people decided after a caller's turn and before the next one."""
        return [
            Settled(call.outcome, call)
            for call in self.recording.calls
            if call.settled_seq < 0 and call.consent and call.consent["decided_after"] == after_seq
        ]

    def dataset_at(self, version: int) -> Dataset:
        """The dataset as a version left it."""
        return self._datasets[version]

    @cached_property
    def _datasets(self) -> list[Dataset]:
        return list(accumulate(self.recording.patches, jsonpatch.apply_patch, initial=self.recording.first_dataset))


def agent_words(turn: RecordedTurn) -> str:
    """What the other side knows of an agent's turn: aloud, no more than was heard of it."""
    return turn.cleaned_text if turn.heard is None else turn.heard


def heard_reply(turn: RecordedTurn, reply: str | None) -> str | None:
    """What the caller knows of a reply: of the one of then what was heard then, of another one all."""
    return turn.heard if turn.heard is not None and reply == turn.result["reply"] else reply
