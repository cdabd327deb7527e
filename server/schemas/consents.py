"""Decisions about held calls."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from server.schemas.fields import Body, Document, Printable
from server.schemas.turns import FunctionCall
from sessions.decisions import Decision


class DecideConsent(Body):
    """Who decides, and how."""

    decision: Decision
    by: Annotated[Printable, StringConstraints(min_length=1, max_length=200)]


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
