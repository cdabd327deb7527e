"""From settings to a face: who guards it, and how patient it is."""

import secrets

from pydantic import SecretStr

from bootstrap.settings import Settings
from ports.clock import SystemClock
from ports.store import KeyStore
from server.call.desk import CallDesk
from server.face import Face, Patience
from server.metrics import Metrics
from server.security.credentials import LOCAL_CALLER, Credentials
from server.security.keys import KeyReader
from server.security.rate_limit import RateLimiter
from server.security.tokens import TokenSigner
from server.service import TurnService
from sessions.outbound import Outbound


def build_face(
    settings: Settings,
    service: TurnService,
    keys: KeyStore,
    *,
    version: str,
    desk: CallDesk | None = None,
    outbound: Outbound | None = None,
) -> Face:
    """Put a guarded face before a running service, and before the desk where it takes and places calls.

    Without a secret, everybody is the local caller, and tokens are signed with a secret of this process alone.
    """
    secret = settings.secret or SecretStr(secrets.token_urlsafe(48))
    local = None if settings.secret else LOCAL_CALLER
    part = settings.server
    return Face(
        service=service,
        credentials=Credentials(TokenSigner(secret, SystemClock()), KeyReader(keys), local),
        keys=keys,
        limiter=RateLimiter(per_second=part.key_rate_per_second, anonymous_per_minute=part.open_rate_per_minute),
        metrics=Metrics(),
        version=version,
        desk=desk,
        outbound=outbound,
        patience=Patience(turn=part.turn_wait),
    )
