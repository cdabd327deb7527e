"""A tool call on its way from a proposal to its outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, NotRequired

from typing_extensions import TypedDict


class Effect(StrEnum):
    """What running the tool leaves behind."""

    READ = "read"  # nothing
    REVERSIBLE = "reversible"  # what a later call can correct
    COMMIT = "commit"  # what stands: the same call again is answered with its first result


class ConsentMode(StrEnum):
    """What a gated tool needs before it may run."""

    ASK = "ask"  # an explicit yes to the question
    READ_BACK = "read_back"  # a yes after its arguments were said to the caller


class CallStatus(StrEnum):
    """What became of a tool call; success is `done` and `unchanged` only."""

    DONE = "done"
    UNCHANGED = "unchanged"  # the fact was known already
    DECLINED = "declined"  # a business rule said no
    HELD = "held"  # waits for the caller's consent
    REFUSED = "refused"  # the caller said no
    INVALID = "invalid"  # unknown tool, bad argument or a value nobody said
    FAILED = "failed"  # the tool broke or took too long

    @property
    def success(self) -> bool:
        """True when the effect stands."""
        return self in (CallStatus.DONE, CallStatus.UNCHANGED)


class ErrorType(StrEnum):
    """Why a call came to nothing, as its result says it."""

    VALIDATION = "validation"  # what was asked for cannot be
    SERVICE = "service"  # somebody outside, or time
    UNKNOWN = "unknown"  # we ourselves; nothing of the inside is told


@dataclass(frozen=True)
class ToolPolicy:
    """How a tool may be run.

    An interrupted caller stops a READ or a REVERSIBLE tool, of which nothing is kept; a COMMIT runs to its end.
    """

    effect: Effect
    consent: ConsentMode | None = None
    subject: tuple[str, ...] = ()
    """Words that name what the gated act is done to, so that a yes can be matched to its question."""
    acts: tuple[str, ...] = ()
    """The verbs of the gated act ("create", "set up"): a question proposes it by one of them and the subject."""
    timeout: timedelta = timedelta(seconds=8)
    dry: bool = True
    """Whether running it touches nothing outside, so that a replay may run it; what it changes is in its answer."""


@dataclass(frozen=True)
class ProposedCall:
    """A call that a model or an analyst asks for; `evidence` is the caller's words behind it."""

    name: str
    arguments: Mapping[str, Any]
    evidence: str = ""


class PlannedCall(TypedDict):
    """A call of a stored plan. (seq, ordinal) is its key, whoever proposed it and however often."""

    id: str
    seq: int
    ordinal: int
    name: str
    arguments: dict[str, Any]
    evidence: str
    status: NotRequired[str]
    result: NotRequired[dict[str, Any]]
    error: NotRequired[str]
    consent_id: NotRequired[str]
    replaced: NotRequired[bool]
    """True when a newer call of the same tool took its place before anybody decided it."""


class Post(TypedDict):
    """Something that is to leave for the outside once the call's effect is committed: a mail, say."""

    kind: str
    payload: dict[str, Any]
    lane: NotRequired[str]
    """Posts of one lane leave in order, one at a time; a session's posts of one kind share one unless it is named."""
    supersedes: NotRequired[bool]
    """True where what waits in its lane, or has failed there, is not to leave any more."""


class Statement(TypedDict):
    """A statement of the playbook's own `queries.sql`, run in the transaction that commits the call: all or nothing."""

    name: str
    params: dict[str, Any]
    personal: NotRequired[list[str]]
    """Parameters that quote a caller: sealed where there is a key."""
    blind: NotRequired[list[str]]
    """Parameters that rows are found by, though they quote a caller: `name_key` and `name_keys` are their digests."""


class Outcome(TypedDict):
    """What running a planned call brought: its answer, and the change it asks of the dataset."""

    call: PlannedCall
    status: str
    result: dict[str, Any]
    change: list[dict[str, Any]]
    error: NotRequired[str]
    posts: NotRequired[list[Post]]
    statements: NotRequired[list[Statement]]
    ends: NotRequired[list[str]]
    """Ids of calls whose standing effect this one takes back or replaces."""


class FunctionCall(TypedDict):
    """A tool call as clients see it."""

    id: str
    function_name: str
    parameters: dict[str, Any]
    status: str
    result: dict[str, Any]
    success: bool
    error: NotRequired[str]
