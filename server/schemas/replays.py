"""Replays: what is asked, and how the fork differs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from server.schemas.fields import Body, Document

TurnName = Annotated[int, Field(ge=1, strict=True)] | Annotated[str, Field(min_length=1, max_length=128)]


class AskReplay(Body):
    """From where, and with what."""

    from_turn: TurnName | None = Field(
        default=None, description="seq or turn_id of a caller's turn; the first if not given."
    )
    model: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="provider:model, or builtin; the one that served each turn if not given."
    )
    prompt_version: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None, description="Version of the playbook's prompts; the newest if not given."
    )


class ComparedCall(Document):
    """A call as it is compared."""

    function_name: str
    parameters: dict[str, Any]
    status: str


class ChangedCall(Document):
    """The same function, called or answered otherwise."""

    recorded: ComparedCall
    replayed: ComparedCall


class CallsDiffer(Document):
    """How the calls of a turn differ; their order is of no matter."""

    added: list[ComparedCall]
    missing: list[ComparedCall]
    changed: list[ChangedCall]


class Difference(Document):
    """A turn; what is equal is null, or empty for the dataset's JSON Patch."""

    seq: int
    turn_id: str
    same: bool
    cleaned_text: dict[str, Any] | None
    function_calls: CallsDiffer | None
    dataset: list[dict[str, Any]]
    reply: dict[str, str | None] | None
    degraded: dict[str, list[str]]
    cost: dict[str, dict[str, int]]
    time_ms: dict[str, float]


class Replay(Document):
    """A replay as it stands."""

    replay_id: UUID
    session_id: UUID
    status: Literal["queued", "running", "done", "failed"]
    fault: str | None
    from_turn: int
    model: str | None
    prompt_version: int | None
    turns: int
    created_at: datetime
    finished_at: datetime | None
    totals: dict[str, Any]
    differences: list[Difference]
