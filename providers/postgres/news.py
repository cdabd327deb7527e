"""News over LISTEN and NOTIFY, on two connections of their own.

A NOTIFY takes a lock that all commits of the server share (src/backend/commands/async.c), so it is never part of a
turn's transaction: it is sent after it, for many sessions at once. What that loses, when a process dies in between, is
found by whoever looks at the rows.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import structlog

from providers.gathering import Gathering
from providers.postgres.connections import Connection, build_set_up, connection_parameters
from providers.tasks import end_task, start_task

CHANNEL = "parley_news"
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
SEND_SECONDS = 5.0
SET_UP = build_set_up(SEND_SECONDS)

log = structlog.get_logger(__name__)


class PostgresNews:
    """News between the processes that share a database."""

    def __init__(self, dsn: str) -> None:
        self._parameters = connection_parameters(dsn)
        self._gathering = Gathering()
        self.tell = self._gathering.tell
        self.listen = self._gathering.listen
        self.ready = asyncio.Event()

    @property
    def connected(self) -> bool:
        """False while others cannot be heard."""
        return self.ready.is_set()

    async def run(self) -> None:
        """Tell and hear until cancelled; a lost connection is made again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._persist(self._send), name="news out")
            group.create_task(self._persist(self._hear), name="news in")

    async def _persist(self, work: Callable[[Connection], Awaitable[None]]) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with await Connection.connect(**self._parameters, autocommit=True) as connection:
                    await SET_UP(connection)
                    pause = FIRST_PAUSE
                    await work(connection)
            except (psycopg.Error, TimeoutError) as error:
                log.warning("news_interrupted", error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _send(self, connection: Connection) -> None:
        while True:
            message = await self._gathering.take()
            async with asyncio.timeout(SEND_SECONDS):
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, message), prepare=False)

    async def _hear(self, connection: Connection) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        self.ready.set()
        try:
            async for notice in connection.notifies():
                self._gathering.hear(notice.payload)
        finally:
            self.ready.clear()


@asynccontextmanager
async def open_postgres_news(dsn: str) -> AsyncIterator[PostgresNews]:
    """Tell and hear news until the end of the block."""
    news = PostgresNews(dsn)
    running = start_task(news.run(), "news")
    try:
        yield news
    finally:
        await end_task(running)
