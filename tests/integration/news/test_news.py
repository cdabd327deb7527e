"""What every way of telling news must do, and what it survives."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest

from ports.news import News
from providers.postgres.news import open_postgres_news
from providers.redis.news import open_redis_news
from tests.eventually import eventually
from tests.loopback_redis import LoopbackRedis, open_loopback_redis


@dataclass
class Wire:
    """How to join, and how to lose the connection of everybody."""

    join: Callable[[], AbstractAsyncContextManager[News]]
    cut: Callable[[], None]


@pytest.fixture
async def redis() -> AsyncIterator[LoopbackRedis]:
    async with open_loopback_redis() as loopback:
        yield loopback


@pytest.fixture(params=["postgres", "redis"])
def wire(request: pytest.FixtureRequest, database_url: str, redis: LoopbackRedis, server: psycopg.Connection) -> Wire:
    if request.param == "redis":
        return Wire(lambda: open_redis_news(redis.url), redis.cut)
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    name = database_url.partition("?")[0].rpartition("/")[2]

    def cut() -> None:
        server.execute(others, [name])

    return Wire(lambda: open_postgres_news(database_url), cut)


async def connected(*all_news: News) -> None:
    await eventually(lambda: all(news.connected for news in all_news))


async def heard(heard_here: list[str], session_id: str, tell: Callable[[str], None]) -> None:
    """Tell again and again until it is heard: a hint may be lost while a connection is made anew."""

    def was_heard() -> bool:
        tell(session_id)
        return session_id in heard_here

    await eventually(was_heard)


async def test_others_hear_each_session_once_and_the_teller_does_not(wire: Wire) -> None:
    async with AsyncExitStack() as stack:
        here, there = [await stack.enter_async_context(wire.join()) for _ in range(2)]
        await connected(here, there)
        own: list[str] = []
        others: list[str] = []
        here.listen(own.append)
        there.listen(others.append)
        sessions = [str(uuid4()) for _ in range(450)]
        for session_id in [*sessions, sessions[0]]:
            here.tell(session_id)
        await eventually(lambda: len(others) >= len(sessions))
        assert others == sessions
        assert own == []


async def test_a_lost_connection_is_made_again(wire: Wire) -> None:
    async with wire.join() as here, wire.join() as there:
        others: list[str] = []
        there.listen(others.append)
        await connected(here, there)
        wire.cut()
        await heard(others, str(uuid4()), here.tell)
        assert there.connected


async def test_what_redis_refuses_is_dropped_and_the_next_is_told(redis: LoopbackRedis) -> None:
    async with open_redis_news(redis.url) as here, open_redis_news(redis.url) as there:
        others: list[str] = []
        there.listen(others.append)
        await connected(there)
        redis.refuses = {b"PUBLISH"}
        here.tell("lost")
        await eventually(lambda: b"PUBLISH" in {command[0] for command in redis.commands})
        redis.refuses = set()
        await heard(others, "next", here.tell)
        assert "lost" not in others
