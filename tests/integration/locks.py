"""Two who want the same row at the same moment: a test holds them up until it has seen them wait for each other."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg

WAITS = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@asynccontextmanager
async def open_rival(database_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """A superuser's connection of the demo tenant, whose transaction is open until the test ends it."""
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        await connection.execute("SELECT set_config('app.tenant', 'demo', false)")
        yield connection


async def someone_waits(database_url: str, *, many: int = 1) -> None:
    """Wait until so many connections wait for a lock (TimeoutError)."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking:
        async with asyncio.timeout(60):
            while len(await (await looking.execute(WAITS)).fetchall()) < many:  # noqa: ASYNC110  (rows)
                await asyncio.sleep(0.01)


async def one_after_the_other(database_url: str, lock: LiteralString, *works: Coroutine[Any, Any, Any]) -> list[Any]:
    """Have each begin and wait for the lock, in this order, then let go; returns what each returned or raised."""
    tasks = []
    async with open_rival(database_url) as rival:
        await rival.execute(lock)
        for work in works:
            tasks.append(asyncio.create_task(work))
            await someone_waits(database_url, many=len(tasks))
    return await asyncio.gather(*tasks, return_exceptions=True)
