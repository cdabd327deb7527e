"""Decisions about held calls."""

from uuid import UUID

from server.schemas.fields import Body, Document, Person
from server.schemas.turns import FunctionCall
from sessions.decisions import Decision


class DecideConsent(Body):
    """Who decides, and how."""

    decision: Decision
    by: Person


class Consent(Document):
    """A consent as it was decided."""

    consent_id: UUID
    status: str
    decided_by: str | None


class ConsentDecision(Document):
    """What became of the held call."""

    consent: Consent
    function_call: FunctionCall | None
    dataset_version: int
