"""What is stored of a session, as the invariants look at it."""

from collections.abc import Sequence
from typing import LiteralString

from providers.postgres.database import Database
from tests.invariants import Row, Rows, load_rows

TENANT = "demo"


async def rows_of(database: Database, session_id: str) -> Rows:
    """Read a session's rows through a pool of the service."""

    async def read(query: LiteralString, session_id: str) -> Sequence[Row]:
        return await database.run(TENANT, query, {"session_id": session_id})

    return await load_rows(read, session_id)
