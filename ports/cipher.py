"""Encryption at rest: what is personal is sealed before it reaches a table, and opened when it is read."""

from typing import Protocol


class Cipher(Protocol):
    """Seals bytes under the key in force, and opens what that key or an earlier one has sealed."""

    def seal(self, data: bytes, bound_to: bytes) -> bytes:
        """Encrypt and authenticate; opened only together with the same `bound_to`."""
        ...

    def blind(self, data: bytes, bound_to: bytes) -> list[bytes]:
        """Digest under each key, the one in force first: equal data, equal digests, and nothing else is told."""
        ...

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Decrypt.

        Raises:
            ConfigError: no configured key opens it.
        """
        ...
