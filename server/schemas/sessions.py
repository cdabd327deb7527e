"""Sessions in and out."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema

from domain.conversation import MAX_NOTES, CallContext
from domain.session import SessionStatus
from server.schemas.fields import Body, Document, Json, Name, Uuid, Word, check_json


def read_context(value: Any) -> Any:
    """Take plain text as a call context's notes."""
    check_json(value)
    return {"notes": value} if isinstance(value, str) else value


Context = Annotated[
    CallContext,
    BeforeValidator(read_context),
    WithJsonSchema({"anyOf": [CallContext.model_json_schema(), {"type": "string", "maxLength": MAX_NOTES}]}),
]


class CreateSession(Body):
    """A session to be opened."""

    playbook: Name | None = Field(default=None, description="The business that this call is for.")
    agent_id: Name | None = Field(default=None, description="Another name for `playbook`.")
    session_id: Uuid | None = Field(default=None, description="Chosen by you, or made here.")
    call_context: Context | None = Field(default=None, description="What is known about the call.")
    customer_profile: Json | None = Field(default=None, description="Dataset fields known beforehand.")
    caller_phone: Name | None = Field(default=None, description="As the carrier gives it, best as E.164.")
    channel: Word = "api"
    prompt_version: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        default=None, description="Version of the playbook's prompts; always the newest if not given."
    )


class Totals(Document):
    """How much there is of a session."""

    turns: int
    tool_calls: int
    events: int


class Session(Document):
    """A session as it stands."""

    session_id: UUID
    tenant_id: str
    playbook: str
    channel: str
    status: SessionStatus
    caller_phone: str | None
    call_context: dict[str, Any]
    customer_profile: dict[str, Any]
    created_at: datetime
    last_activity: datetime
    closed_at: datetime | None
    totals: Totals
    dataset_version: int
    dataset: dict[str, Any]


class RecentTurn(Document):
    """One of the newest utterances."""

    seq: int
    role: Literal["caller", "agent"]
    speaker: str
    text: str


class HeldConsent(Document):
    """A gated call that waits for a yes or a no."""

    consent_id: UUID
    function_name: str
    parameters: dict[str, Any]
    mode: Literal["ask", "read_back"]
    question: str | None
    seq: int
    held_at: datetime


class SessionState(Session):
    """A session with what is going on in it."""

    active_agent: str | None
    recent_turns: list[RecentTurn]
    held_consents: list[HeldConsent]


class SessionPage(Document):
    """Sessions, newest first."""

    items: list[Session]
    next: str | None
