"""JSON Web Tokens, HS256: made and read with one secret."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from pydantic import SecretStr

from domain.errors import ConfigError, Unauthenticated
from ports.clock import Clock
from server.security.roles import AccessRole, Caller

_ALGORITHM = "HS256"
_MIN_SECRET_BYTES = 32  # RFC 7518, 3.2: a key at least as long as the hash
_CLAIMS = ["sub", "tenant_id", "role", "exp"]
_STARTS = ("nbf", "iat")
_SKEW = timedelta(minutes=1)  # how far the clock of whoever signs may be ahead


@dataclass(frozen=True)
class ReadToken:
    """A token that holds: whom it speaks for, and when the first of its line was made."""

    caller: Caller
    first_made: datetime


@dataclass(frozen=True)
class TokenSigner:
    """Makes and reads tokens."""

    secret: SecretStr
    clock: Clock

    def __post_init__(self) -> None:
        if len(self.secret.get_secret_value().encode()) < _MIN_SECRET_BYTES:
            raise ConfigError(
                f"The secret is shorter than {_MIN_SECRET_BYTES} bytes. Make one with: "
                "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )

    def make(self, caller: Caller, *, lifetime: timedelta, first_made: datetime | None = None) -> str:
        """Make a token for a caller; `first_made` is that of the token it follows."""
        now = self.clock.now()
        claims = {
            "sub": caller.subject,
            "tenant_id": caller.tenant_id,
            "role": caller.role.value,
            "iat": int(now.timestamp()),
            "exp": int((now + lifetime).timestamp()),
            "auth_time": int((first_made or now).timestamp()),
        }
        return jwt.encode(claims, self.secret.get_secret_value(), _ALGORITHM)

    def derive(self, purpose: str) -> bytes:
        """Derive 32 bytes that only the holder of the secret can, the same for the same purpose."""
        return hmac.digest(self.secret.get_secret_value().encode(), purpose.encode(), "sha256")

    def read(self, token: str) -> ReadToken:
        """Check a token. Raises Unauthenticated when it does not hold, without saying why."""
        try:
            claims = jwt.decode(
                token,
                self.secret.get_secret_value(),
                [_ALGORITHM],
                options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
            )
            return self._check(claims)
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError) as error:
            raise Unauthenticated("The token does not hold; it may have expired.") from error

    def _check(self, claims: dict[str, Any]) -> ReadToken:
        now = self.clock.now()
        if now >= datetime.fromtimestamp(float(claims["exp"]), now.tzinfo):
            raise ValueError("expired")
        if any(now + _SKEW < datetime.fromtimestamp(float(claims.get(name) or 0), now.tzinfo) for name in _STARTS):
            raise ValueError("not yet valid")
        caller = Caller(tenant_of(claims["tenant_id"]), AccessRole(claims["role"]), str(claims["sub"]))
        made = float(claims.get("auth_time") or claims.get("iat") or now.timestamp())
        return ReadToken(caller, datetime.fromtimestamp(made, now.tzinfo))


def tenant_of(value: object) -> str:
    """Read a tenant id: 1 to 63 printable characters. Raises ValueError."""
    if isinstance(value, str) and 0 < len(value) <= 63 and value.isprintable():
        return value
    raise ValueError("a tenant id is 1 to 63 printable characters")
