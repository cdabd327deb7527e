"""Postgres as our own tables and the checkpointer see it: one statement list, one round trip, one tenant."""

from collections.abc import Mapping
from typing import Any, LiteralString, Protocol


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
