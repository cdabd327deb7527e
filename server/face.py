"""What every route can reach: built before the server starts, handed out by the application's state."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated

from fastapi import Depends
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection
from structlog.contextvars import bind_contextvars
from typing_extensions import TypedDict

from domain.errors import InvalidInput, Unauthenticated
from ports.store import KeyStore
from server.call.desk import CallDesk
from server.metrics import Metrics
from server.schemas.fields import is_uuid
from server.security.credentials import Credentials
from server.security.rate_limit import RateLimiter
from server.security.roles import Caller, Right
from server.service import TurnService
from sessions.outbound import Outbound


@dataclass(frozen=True)
class Patience:
    """How long the face waits for whom."""

    turn: timedelta = timedelta(seconds=30)
    body: timedelta = timedelta(seconds=60)
    health: timedelta = timedelta(seconds=3)
    keep_alive: timedelta = timedelta(seconds=15)
    slow_reader: timedelta = timedelta(seconds=30)
    first_message: timedelta = timedelta(seconds=5)


@dataclass(frozen=True)
class Face:
    """The service, and who guards it; `stopping` is set when streams must end for a shutdown."""

    service: TurnService
    credentials: Credentials
    keys: KeyStore
    limiter: RateLimiter
    metrics: Metrics
    version: str
    desk: CallDesk | None = None
    """Where calls are taken; without a voice, nowhere."""
    outbound: Outbound | None = None
    """Who places calls."""
    patience: Patience = Patience()
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


class State(TypedDict):
    """The application's lifespan state."""

    face: Face


def face_of(connection: HTTPConnection) -> Face:
    """Find the face that serves a connection."""
    face: Face = connection.scope["state"]["face"]
    return face


async def reachable_face(connection: HTTPConnection) -> Face:
    """A dependency: the face. Dependencies are coroutines, since others run in threads."""
    return face_of(connection)


def caller_of(connection: HTTPConnection) -> Caller:
    """Say who sent a request. Raises Unauthenticated when nobody is known."""
    caller: Caller | None = connection.scope["state"].get("caller")
    if caller is None:
        raise Unauthenticated("Send a credential: Authorization: Bearer <token or API key>")
    return caller


class Needs(SecurityBase):
    """A dependency: the caller, who must hold a right."""

    def __init__(self, right: Right) -> None:
        self.right = right
        self.scheme_name = "credential"
        self.model = HTTPBearer(description="A token or an API key; none is needed on your own machine.")

    async def __call__(self, connection: HTTPConnection) -> Caller:
        """Return the caller. Raises Unauthenticated or Forbidden."""
        caller = caller_of(connection)
        caller.require(self.right)
        return caller


async def session_id_in_path(session_id: str) -> str:
    """Read the session id of a path, and name it in the logs. Raises InvalidInput."""
    if not is_uuid(session_id):
        raise InvalidInput("session_id must be a UUID, for example from uuidgen.", field="session_id")
    read = session_id.lower()
    bind_contextvars(session_id=read)
    return read


FaceDep = Annotated[Face, Depends(reachable_face)]
Reader = Annotated[Caller, Depends(Needs(Right.READ))]
Converser = Annotated[Caller, Depends(Needs(Right.CONVERSE))]
Operator = Annotated[Caller, Depends(Needs(Right.OPERATE))]
Administrator = Annotated[Caller, Depends(Needs(Right.ADMINISTER))]
SessionId = Annotated[str, Depends(session_id_in_path)]
