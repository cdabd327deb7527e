"""AES-256-GCM (NIST SP 800-38D) under named keys: the first seals, all of them open, so that keys can be changed."""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import ConfigError

KEY_BYTES = 32
NONCE_BYTES = 12
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


class AesCipher:
    """Seals to: length of the key's name (1 byte), name, nonce (12 bytes), ciphertext with its tag."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._keys = {name.encode(): AESGCM(key) for name, key in keys.items()}
        self._sealing = next(iter(self._keys))
        self._blinding = [hmac.digest(key, b"blind index", "sha256") for key in keys.values()]

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """Encrypt and authenticate under the first key; opened only together with the same `bound_to`."""
        nonce = token_bytes(NONCE_BYTES)
        sealed = self._keys[self._sealing].encrypt(nonce, data, bound_to)
        return bytes([len(self._sealing)]) + self._sealing + nonce + sealed

    def blind(self, data: bytes, bound_to: bytes) -> list[bytes]:
        """HMAC-SHA256 under a key derived from each key (RFC 2104), the one in force first."""
        return [hmac.digest(key, bound_to + b"\0" + data, "sha256") for key in self._blinding]

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Decrypt (ConfigError when no configured key opens it)."""
        end = 1 + sealed[0]
        key = self._keys.get(sealed[1:end])
        if key is None:
            name = sealed[1:end].decode("ascii", "replace")
            raise ConfigError(f"Data was sealed under the key {name!r}, which PARLEY_ENCRYPTION__KEYS does not have.")
        try:
            return key.decrypt(sealed[end : end + NONCE_BYTES], sealed[end + NONCE_BYTES :], bound_to)
        except InvalidTag as error:
            raise ConfigError("Sealed data does not open: the key is another one, or the data was changed.") from error


def new_key(name: str) -> str:
    """Make a key as the settings take it: `name:` and 32 random bytes in base64."""
    return f"{name}:{base64.b64encode(token_bytes(KEY_BYTES)).decode()}"


def build_cipher(setting: str) -> AesCipher:
    """Read keys written `name:base64`, with commas between them.

    Raises:
        ConfigError: naming the key that cannot be used; never with its value.
    """
    keys: dict[str, bytes] = {}
    for place, text in enumerate(setting.split(","), start=1):
        name, _, value = text.strip().partition(":")
        if not _NAME.fullmatch(name) or name in keys:
            raise ConfigError(f"PARLEY_ENCRYPTION__KEYS: key {place} needs a name of its own, as in 2026:...")
        keys[name] = _key(name, value)
    return AesCipher(keys)


def _key(name: str, value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(
            f"PARLEY_ENCRYPTION__KEYS: {name} is not 32 bytes in base64; parley encryption-key makes one."
        )
    return key
