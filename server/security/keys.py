"""API keys: `pk_<tenant>_<key id>_<secret>`, kept as a digest only.

The secret has 160 random bits, so a plain SHA-256 is enough: there is nothing to guess and nothing to slow down.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic

from domain.errors import Unauthenticated
from ports.records import ApiKey
from ports.store import KeyStore
from server.security.roles import AccessRole, Caller
from server.security.tokens import tenant_of

_KEY_ID_BYTES = 10
_SECRET_BYTES = 20
_REMEMBERED_SECONDS = 5.0
_REMEMBERED_KEYS = 10_000


@dataclass(frozen=True)
class NewKey:
    """A key just made: `text` is shown once, `kept` is what is stored."""

    text: str
    kept: ApiKey


def build_key(tenant_id: str, role: AccessRole, seed: bytes | None = None) -> NewKey:
    """Make a key; the same 32-byte `seed` makes the same key again."""
    entropy = seed or secrets.token_bytes(_KEY_ID_BYTES + _SECRET_BYTES)
    key_id, secret = _b32(entropy[:_KEY_ID_BYTES]), _b32(entropy[_KEY_ID_BYTES : _KEY_ID_BYTES + _SECRET_BYTES])
    text = f"pk_{_b32(tenant_id.encode())}_{key_id}_{secret}"
    return NewKey(text, ApiKey(tenant_id, key_id, digest_of(text), role.value))


def digest_of(text: str) -> bytes:
    """What is kept of a key."""
    return sha256(text.encode()).digest()


def looks_like_key(text: str) -> bool:
    """Tell a key from a token."""
    return text.startswith("pk_")


def read_key(text: str) -> tuple[str, str]:
    """Take the tenant id and the key id out of a key. Raises Unauthenticated when it is none."""
    try:
        _, tenant, key_id, _ = text.split("_")
        padded = tenant.upper() + "=" * (-len(tenant) % 8)
        return tenant_of(b32decode(padded).decode()), key_id
    except ValueError as error:
        raise Unauthenticated("The API key does not hold.") from error


def _b32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=").lower()


@dataclass
class KeyReader:
    """Checks keys against the store, and remembers a good one for five seconds."""

    store: KeyStore
    now: Callable[[], float] = monotonic
    _remembered: OrderedDict[bytes, tuple[float, Caller]] = field(default_factory=OrderedDict)

    async def read(self, text: str) -> Caller:
        """Say whom a key speaks for. Raises Unauthenticated when it does not hold."""
        digest = digest_of(text)
        until, caller = self._remembered.get(digest, (0.0, None))
        if caller is not None and self.now() < until:
            return caller
        caller = await self._look_up(text, digest)
        self._remember(digest, caller)
        return caller

    async def is_live(self, tenant_id: str, key_id: str) -> bool:
        """Say whether a key has not been revoked."""
        return await self.store.find(tenant_id, key_id) is not None

    def forget(self) -> None:
        """Ask the store again from now on: after a revocation here."""
        self._remembered.clear()

    async def _look_up(self, text: str, digest: bytes) -> Caller:
        tenant_id, key_id = read_key(text)
        kept = await self.store.find(tenant_id, key_id)
        if kept is None or not hmac.compare_digest(kept.digest, digest):
            raise Unauthenticated("The API key does not hold.")
        return Caller(tenant_id, AccessRole(kept.role), f"key:{key_id}")

    def _remember(self, digest: bytes, caller: Caller) -> None:
        self._remembered[digest] = (self.now() + _REMEMBERED_SECONDS, caller)
        self._remembered.move_to_end(digest)
        if len(self._remembered) > _REMEMBERED_KEYS:
            self._remembered.popitem(last=False)
