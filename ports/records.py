"""What the store takes and gives: rows of our own tables as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.conversation import Role
from domain.dataset import Dataset
from domain.event import NewEvent
from domain.session import SessionFacts, SessionStatus
from domain.tool_call import Outcome, PlannedCall
from domain.turn import Stt, TurnResult

WINDOW = 10
"""Turns, calls and held consents that an OpenTurn shows of its session, however long that lasts."""


@dataclass(frozen=True)
class Written:
    """A statement on a playbook's own tables, with its values; those in `personal` quote a caller."""

    text: str
    params: Mapping[str, Any]
    personal: frozenset[str] = frozenset()
    blind: frozenset[str] = frozenset()
    """Personal values that rows are found by (see `PlaybookData.rows`)."""


@dataclass(frozen=True)
class NewSession:
    """A session to be opened; `digest` tells a repeated request from another one with the same id."""

    facts: SessionFacts
    dataset: Dataset
    profile: dict[str, Any]
    digest: bytes
    statements: Sequence[Written] = ()
    """What is written into the playbook's tables with it."""


@dataclass(frozen=True)
class SessionRecord:
    """A session as it stands."""

    facts: SessionFacts
    status: SessionStatus
    last_activity: datetime
    closed_at: datetime | None
    dataset: Dataset
    dataset_version: int
    profile: dict[str, Any]
    digest: bytes
    turns: int = 0
    tool_calls: int = 0
    last_event: int = 0


@dataclass(frozen=True)
class NewTurn:
    """A turn as it came in. Exactly one of `raw_text` and `audio` is given."""

    turn_id: str
    speaker: str
    role: Role
    digest: bytes
    raw_text: str | None = None
    audio: bytes | None = None
    audio_type: str | None = None
    stt: Stt | None = None
    spoken_at: datetime | None = None
    aloud: bool = False
    """Whether what is said to the other side is spoken: then only what was heard of it counts."""


@dataclass(frozen=True)
class TurnReceipt:
    """Proof that a turn is kept; `result` is there once it is done. `created` is False for a repeated request."""

    seq: int
    turn_id: str
    created: bool
    result: TurnResult | None = None


@dataclass(frozen=True)
class OpenTurn:
    """A turn to be worked on, with everything the run may read: the tables are the truth."""

    facts: SessionFacts
    seq: int
    turn_id: str
    speaker: str
    role: Role
    accepted_at: datetime
    raw_text: str | None
    audio: bytes | None
    audio_type: str | None
    stt: Stt | None
    cleaned_text: str | None
    plan: list[PlannedCall] | None
    recorded: list[Outcome]
    dataset: Dataset
    dataset_version: int
    window: list[dict[str, Any]] = field(default_factory=list)
    recent_calls: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    standing: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    """What models answered in an earlier run of this turn, by the digest of the question."""
    served: dict[str, Any] = field(default_factory=dict)
    """Which models made its plan in an earlier run."""
    alternatives: Sequence[str] = ()
    """What else its words may have been, as an earlier run heard them."""


@dataclass(frozen=True)
class Words:
    """What a run has made of a turn's words so far, so that a second run need not ask again."""

    raw_text: str
    stt: Stt | None = None
    cleaned_text: str | None = None
    served: dict[str, Any] = field(default_factory=dict)
    alternatives: Sequence[str] = ()


@dataclass(frozen=True)
class Verdict:
    """A decision about a gated call, or its being held for want of one."""

    consent_id: str
    call: PlannedCall
    mode: str
    status: str
    question: str | None
    quote: str
    decided_by: str


@dataclass(frozen=True)
class ConsentRecord:
    """A gated call with the turn that proposed it, what was decided, and what became of it."""

    consent_id: str
    call: PlannedCall
    turn_id: str
    words: str
    mode: str
    question: str | None
    status: str
    decided_by: str | None
    decided_at: datetime | None
    outcome: Outcome
    dataset_version: int
    standing: list[dict[str, Any]]
    """COMMIT effects of the session that still stand."""


@dataclass(frozen=True)
class Learnt:
    """What a turn changed, to be committed as one: calls, verdicts, the dataset and the events that report them."""

    seq: int
    settled_seq: int
    """The turn in which the calls were settled; negative for a decision made outside of any turn."""
    turn_id: str
    outcomes: Sequence[Outcome]
    effects: Mapping[str, str]
    verdicts: Sequence[Verdict]
    dataset: Dataset
    from_version: int
    patch: list[dict[str, Any]]
    provenance: list[dict[str, Any]]
    events: Sequence[NewEvent]
    statements: Sequence[Written] = ()

    @property
    def version(self) -> int:
        """The dataset version after this change."""
        return self.from_version + bool(self.patch)


@dataclass(frozen=True)
class Page:
    """A cursor's worth of rows; `next` is None on the last page."""

    items: list[Any]
    next: str | None


@dataclass(frozen=True)
class ApiKey:
    """What is kept of an API key: never the key."""

    tenant_id: str
    key_id: str
    digest: bytes
    role: str
    created_at: datetime | None = None
