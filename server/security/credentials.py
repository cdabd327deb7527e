"""From an Authorization header to a caller."""

from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Unauthenticated
from server.security.keys import KeyReader, looks_like_key
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner

LOCAL_CALLER = Caller("demo", AccessRole.ADMIN, "local")
TOKEN_LIFETIME = timedelta(hours=1)
REFRESH_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class Credentials:
    """Checks what a client shows; `local` speaks for one that shows nothing, while no secret is configured."""

    signer: TokenSigner
    keys: KeyReader
    local: Caller | None = None

    async def check(self, secret: str) -> Caller:
        """Say whom a token or an API key speaks for. Raises Unauthenticated."""
        if looks_like_key(secret):
            return await self.keys.read(secret)
        return self.signer.read(secret).caller

    async def refresh(self, token: str) -> tuple[Caller, str]:
        """Make the token that follows this one.

        Raises:
            Unauthenticated: it does not hold, its line is too old, or the key behind it was revoked.
        """
        held = self.signer.read(token)
        if self.signer.clock.now() - held.first_made > REFRESH_FOR:
            raise Unauthenticated("This token has been refreshed for long enough; show the API key again.")
        kind, _, key_id = held.caller.subject.partition(":")
        if kind == "key" and not await self.keys.is_live(held.caller.tenant_id, key_id):
            raise Unauthenticated("The API key behind this token has been revoked.")
        return held.caller, self.signer.make(held.caller, lifetime=TOKEN_LIFETIME, first_made=held.first_made)


def bearer_of(header: str | None) -> str | None:
    """Take the secret out of an Authorization header; None without one. Raises Unauthenticated for other schemes."""
    if header is None:
        return None
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("Send the header as: Authorization: Bearer <token or API key>")
    return secret.strip()
