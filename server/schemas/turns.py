"""Turns in and out."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from domain.tool_call import CallStatus
from server.schemas.fields import Body, ClientKey, Document, Moment, Name, Share, Text

MAX_TEXT_CHARS = 8_000


class SttIn(Body):
    """What the client's own recogniser says about the text."""

    confidence: Share | None = None
    language: Name | None = Field(default=None, description="BCP 47, for example en-GB.")
    language_probability: Share | None = None


class PostTurn(Body):
    """One utterance. `raw_text` is left out when the sound is sent along."""

    speaker: Name = Field(description="A name of the playbook, in upper or lower case.")
    raw_text: Text | None = Field(default=None, description="What recognition heard; at most 8,000 characters.")
    turn_id: ClientKey | None = Field(default=None, description="Your key: the same again does nothing twice.")
    timestamp: Moment | None = Field(default=None, description="When it was spoken, with a zone.")
    stt: SttIn | None = None


class FunctionCall(Document):
    """A tool call of a turn."""

    id: str
    function_name: str
    parameters: dict[str, Any]
    status: CallStatus
    result: dict[str, Any]
    success: bool
    error: str | None = None


class Stt(Document):
    """How sure recognition was."""

    confidence: float | None = None
    language: str | None = None
    language_probability: float | None = None


class TurnResult(Document):
    """What came of a turn."""

    session_id: UUID
    turn_id: str
    seq: int
    speaker: str
    raw_text: str
    cleaned_text: str
    function_calls: list[FunctionCall]
    reply: str | None
    dataset_version: int
    degraded: list[str]
    stt: Stt | None = None
    timings: dict[str, float]
    processing_time_ms: float
    usage: dict[str, dict[str, Any]] = Field(default_factory=dict)


class TurnReceipt(Document):
    """A turn that is accepted and not finished."""

    session_id: UUID
    turn_id: str
    seq: int
    status: Literal["open"]


class TurnRecord(Document):
    """A line of the transcript."""

    seq: int
    turn_id: str
    speaker: str
    role: Literal["caller", "agent"]
    status: Literal["open", "done"]
    raw_text: str | None
    cleaned_text: str | None
    stt: Stt | None
    spoken_at: datetime | None
    accepted_at: datetime
    finished_at: datetime | None
    heard: str | None
    result: TurnResult | None


class TurnPage(Document):
    """The transcript, in order."""

    items: list[TurnRecord]
    next: str | None
