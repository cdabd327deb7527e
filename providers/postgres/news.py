"""News over LISTEN and NOTIFY, on two connections of their own.

A NOTIFY takes a lock that all commits of the server share (src/backend/commands/async.c), so it is never part of a
turn's transaction: it is sent after it, for many sessions at once. What that loses, when a process dies in between, is
found by whoever looks at the rows.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

import psycopg
import structlog

from ports.news import Listener
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
        self._me = uuid4().hex
        self._gathering = Gathering()
        self._listeners: list[Listener] = []
        self.ready = asyncio.Event()

    @property
    def connected(self) -> bool:
        """False while others cannot be heard."""
        return self.ready.is_set()

    def tell(self, session_id: str) -> None:
        """Say that a session has news: soon, together with others, and without waiting."""
        self._gathering.add(session_id)

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every session of which another process has told."""
        self._listeners.append(listener)

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
            batch = await self._gathering.take()
            payload = ",".join([self._me, *batch])
            async with asyncio.timeout(SEND_SECONDS):
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload), prepare=False)

    async def _hear(self, connection: Connection) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        self.ready.set()
        try:
            async for notice in connection.notifies():
                sender, *sessions = notice.payload.split(",")
                if sender != self._me:
                    self._pass_on(sessions)
        finally:
            self.ready.clear()

    def _pass_on(self, sessions: list[str]) -> None:
        for session_id in sessions:
            for listener in self._listeners:
                listener(session_id)


@asynccontextmanager
async def open_postgres_news(dsn: str) -> AsyncIterator[PostgresNews]:
    """Tell and hear news until the end of the block."""
    news = PostgresNews(dsn)
    running = start_task(news.run(), "news")
    try:
        yield news
    finally:
        await end_task(running)
