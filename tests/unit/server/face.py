"""A face before a scripted service, and a client that talks to it without a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from server.app import create_app
from server.face import Face
from server.metrics import Metrics
from server.security.credentials import LOCAL_CALLER, Credentials
from server.security.keys import KeyReader
from server.security.rate_limit import RateLimiter
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner
from tests.unit.server.memory import KeysInMemory
from tests.unit.server.scripted import ScriptedService

SECRET = "a secret for tests, long enough for HS256"


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    time: datetime = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time."""
        return self.time

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.time += by


@dataclass
class Stage:
    """Everything a test may want to reach."""

    service: ScriptedService = field(default_factory=ScriptedService)
    keys: KeysInMemory = field(default_factory=KeysInMemory)
    clock: HandClock = field(default_factory=HandClock)
    local: bool = True
    per_second: int = 1_000
    per_minute: int = 1_000

    def face(self) -> Face:
        """Build the face."""
        return Face(
            service=self.service,
            credentials=Credentials(
                TokenSigner(SecretStr(SECRET), self.clock), KeyReader(self.keys), LOCAL_CALLER if self.local else None
            ),
            keys=self.keys,
            limiter=RateLimiter(per_second=self.per_second, anonymous_per_minute=self.per_minute),
            metrics=Metrics(),
            version="0.0.0",
        )


@dataclass(frozen=True)
class WithState:
    """Gives an application its lifespan state, as a server would."""

    app: ASGIApp
    face: Face

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self.app({**scope, "state": {"face": self.face}}, receive, send)


@asynccontextmanager
async def open_client(stage: Stage, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Talk to the application in this process."""
    face = stage.face()
    transport = httpx.ASGITransport(WithState(create_app(face, **options), face))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


def bearer(role: AccessRole, tenant_id: str = "demo", clock: HandClock | None = None) -> dict[str, str]:
    """The header of a token that holds."""
    signer = TokenSigner(SecretStr(SECRET), clock or HandClock())
    token = signer.make(Caller(tenant_id, role, "test"), lifetime=timedelta(hours=1))
    return {"Authorization": f"Bearer {token}"}
