"""Telephone calls that are placed, and where they stand."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.session import SessionStatus
from server.schemas.fields import Body, Document, Json, Name
from server.schemas.sessions import Context

Phone = Annotated[str, StringConstraints(pattern=r"^\+[1-9][0-9]{6,14}$")]


class PlaceCall(Body):
    """Whom to call, and in which business's name."""

    playbook: Name = Field(description="The business that calls.")
    to: Phone = Field(description="The number to call, as E.164.")
    from_: Phone | None = Field(
        default=None, alias="from", description="One of your numbers; the playbook's if not given."
    )
    call_context: Context | None = Field(default=None, description="What is known about the call.")
    customer_profile: Json | None = Field(default=None, description="Dataset fields known beforehand.")


class Call(Document):
    """A telephone call as it stands; its id is its session's."""

    call_id: UUID
    session_id: UUID
    playbook: str
    direction: Literal["inbound", "outbound"]
    state: str
    answered_by: Literal["human", "machine", "fax", "unknown"] | None
    seconds: int | None
    carrier_call_id: str | None
    to: str | None
    from_: str | None = Field(alias="from")
    opened_at: datetime
    session_status: SessionStatus
