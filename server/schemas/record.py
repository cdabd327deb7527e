"""What a session has learnt, done and spent."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.tool_call import CallStatus
from server.schemas.fields import Document


class Provenance(Document):
    """Where a value came from: the turn, and the caller's words."""

    path: str
    seq: int
    turn_id: str
    evidence: str


class DatasetView(Document):
    """A version of the dataset."""

    version: int
    dataset: dict[str, Any]
    provenance: list[Provenance]


class DatasetVersion(Document):
    """A change of the dataset, as a JSON Patch (RFC 6902)."""

    version: int
    seq: int
    turn_id: str
    patch: list[dict[str, Any]]
    provenance: list[Provenance]
    at: datetime


class DatasetHistory(Document):
    """Changes, oldest first."""

    items: list[DatasetVersion]
    next: str | None


class ToolCallRecord(Document):
    """A line of the tool-call ledger."""

    id: UUID
    seq: int
    ordinal: int
    function_name: str
    parameters: dict[str, Any]
    evidence: str
    status: CallStatus
    result: dict[str, Any]
    success: bool
    error: str | None
    settled_seq: int
    dataset_version: int
    at: datetime


class ToolCallPage(Document):
    """The ledger, in order."""

    items: list[ToolCallRecord]
    next: str | None


class ModelCost(Document):
    """What one model was asked and answered."""

    model: str
    calls: int
    input_tokens: int
    output_tokens: int


class Costs(Document):
    """What the models of a session reported."""

    session_id: UUID
    turns: int
    models: list[ModelCost]
