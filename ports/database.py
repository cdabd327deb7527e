"""Postgres as our own tables and the checkpointer see it: one statement list, one round trip, one tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, Protocol


@dataclass(frozen=True)
class Personal:
    """A value that quotes a caller: sealed on its way to the tables where there is a key. None stays None."""

    value: Any


@dataclass(frozen=True)
class Blind:
    """A digest that rows with this value are found by: keyed where there is a key, so that it tells nobody the value.

    `every` gives a list: the digest under each key that rows may have been written with.
    """

    value: Any
    every: bool = False


def personal(value: Any) -> Personal:
    """Mark a value as personal."""
    return Personal(value)


@dataclass(frozen=True)
class JsonParameter:
    """A value for a json column: jsonb, or json where the order of its keys is to be kept.

    What in it is personal may stand at any depth.
    """

    value: Any
    ordered: bool = False


class Database(Protocol):
    """A pool of connections that own nothing and see one tenant at a time."""

    async def run(
        self,
        tenant_id: str,
        statement: LiteralString,
        params: Mapping[str, Any] | None = None,
        *,
        retry: bool = False,
    ) -> list[dict[str, Any]]:
        """Run `;`-separated statements as one transaction and return the last one's rows.

        `retry` says that the statements may be sent again after a lost connection.

        Raises:
            Unavailable: no connection in time, connection lost, or the server takes no more.
        """
        ...
