"""Events out, and what a WebSocket client may say."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, SecretStr, TypeAdapter

from domain.event import EventType
from server.schemas.fields import Body, Document
from server.schemas.problems import Problem


class Event(Document):
    """Something that happened in a session, numbered from 1 without gaps."""

    n: int
    type: EventType
    session_id: UUID
    turn_id: str | None
    at: datetime
    data: dict[str, Any]


class SocketAuth(Body):
    """The first message of a client that cannot set a header."""

    type: Literal["auth"]
    token: SecretStr


class SocketPing(Body):
    """Are you there? Answered by a pong."""

    type: Literal["ping"]


class SocketError(Document):
    """What was wrong with the last message."""

    type: Literal["error"]
    data: Problem


SOCKET_MESSAGE: TypeAdapter[SocketAuth | SocketPing] = TypeAdapter(
    Annotated[SocketAuth | SocketPing, Field(discriminator="type")]
)
