"""A process that dies in the middle of a turn."""

import asyncio
from typing import Any

from providers.postgres.database import Database
from sessions.service import Parley
from tests.eventually import eventually


async def die_when_answered(parley: Parley, database: Database, turn: "asyncio.Task[Any]") -> None:
    """Stop the service's work at once when a model has answered in the open turn; its pen is free for others."""
    while not await database.run("demo", "SELECT seq FROM turns WHERE NOT done AND answers <> '{}'"):
        pass  # each look is a query
    turn.cancel()
    parley._runner._tasks._tasks.copy().pop().cancel()
    await eventually(lambda: not parley._runner._draining)
    await database.run("demo", "DELETE FROM session_leases")
