"""A Postgres server of our own from the binaries of a wheel, shared by every process that opens its directory."""

from providers.postgres.embedded.attach import open_embedded

__all__ = ["open_embedded"]
