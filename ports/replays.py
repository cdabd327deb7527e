"""Replays of recorded calls: what is asked for, what was recorded, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from domain.conversation import Role
from domain.dataset import Dataset
from domain.session import SessionFacts
from domain.tool_call import Outcome
from domain.turn import Stt, TurnResult


class ReplayStatus(StrEnum):
    """Where a replay stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class NewReplay:
    """A replay to be made; None is the model, or the prompts, of now."""

    tenant_id: str
    replay_id: str
    session_id: str
    from_seq: int
    model: str | None
    prompt_version: int | None


@dataclass(frozen=True)
class ReplayRecord:
    """A replay as it stands, with the differences so far."""

    asked: NewReplay
    status: ReplayStatus
    fault: str | None
    turns: int
    created_at: datetime
    finished_at: datetime | None
    differences: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class RecordedTurn:
    """A turn of the call as it was."""

    seq: int
    turn_id: str
    role: Role
    speaker: str
    accepted_at: datetime
    raw_text: str
    cleaned_text: str
    stt: Stt | None
    answers: dict[str, Any]
    result: TurnResult
    heard: str | None = None
    """What was heard of what was said aloud; None when nothing was."""
    alternatives: Sequence[str] = ()
    """What else its words may have been."""


@dataclass(frozen=True)
class RecordedCall:
    """A ledger row: what was decided for a call and when, seen from the turns."""

    outcome: Outcome
    effect: str
    settled_seq: int
    dataset_version: int
    consent: Mapping[str, Any] | None
    """{consent_id, mode, question, decided_by, decided_after, held_at} of a gated call."""


@dataclass(frozen=True)
class Recording:
    """A whole call as it was."""

    facts: SessionFacts
    first_dataset: Dataset
    patches: Sequence[list[dict[str, Any]]]
    """The patch of each dataset version, from version 1."""
    turns: Sequence[RecordedTurn]
    calls: Sequence[RecordedCall]


@dataclass(frozen=True)
class ReplayedTurn:
    """A turn of the fork: how it differs, and what became of calls in it and in what people decided after it."""

    seq: int
    turn_id: str
    difference: dict[str, Any]
    outcomes: Sequence[Outcome]
    effects: Mapping[str, str]
    dataset_version: int


class ReplayStore(Protocol):
    """Replays on their way."""

    async def recording(self, tenant_id: str, session_id: str) -> Recording | None:
        """Read a call as it was; None when there is no such session."""
        ...

    async def create(self, new: NewReplay, *, queue: bool) -> ReplayRecord:
        """Keep a replay, with its job if `queue`; one that is there already is returned as it is."""
        ...

    async def load(self, tenant_id: str, replay_id: str) -> ReplayRecord | None:
        """Read a replay with its differences so far."""
        ...

    async def answers(self, tenant_id: str, replay_id: str) -> dict[str, Any]:
        """What models answered in this replay, by the digest of the question."""
        ...

    async def keep_answer(
        self, tenant_id: str, replay_id: str, seq: int, turn_id: str, question: str, answer: dict[str, Any]
    ) -> None:
        """Keep what a model answered in a turn of the fork; nothing when the replay was erased."""
        ...

    async def keep_turn(self, tenant_id: str, replay_id: str, turn: ReplayedTurn) -> None:
        """Commit a turn of the fork with its calls (NotFound when the replay was erased)."""
        ...

    async def set_status(self, tenant_id: str, replay_id: str, status: ReplayStatus, fault: str | None) -> None:
        """Say where a replay stands."""
        ...
