"""What a session tells the outside, in order and numbered."""

from enum import StrEnum
from typing import Any

from typing_extensions import TypedDict


class EventType(StrEnum):
    """Every kind of event; a kind that nothing emits yet is not listed."""

    SESSION_CREATED = "session_created"
    TURN_PROCESSED = "turn_processed"
    FUNCTION_CALLED = "function_called"
    DATASET_UPDATED = "dataset_updated"
    CONSENT_REQUIRED = "consent_required"
    CONSENT_DECIDED = "consent_decided"
    REPLY_STARTED = "reply_started"
    REPLY_FINISHED = "reply_finished"
    SESSION_CLOSED = "session_closed"


class NewEvent(TypedDict):
    """An event to be numbered; `data` holds references (ordinal, version) that delivery renders."""

    type: str
    data: dict[str, Any]


class Envelope(TypedDict):
    """An event as a subscriber gets it."""

    n: int
    type: str
    session_id: str
    turn_id: str | None
    at: str
    data: dict[str, Any]
