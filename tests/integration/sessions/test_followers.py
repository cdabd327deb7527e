"""Following a session: from other processes without looking, many at the cost of one, clear when asked for too much."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, LiteralString

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import InvalidInput
from domain.event import Envelope
from ports.news import News
from providers.postgres.database import Database
from providers.postgres.news import open_postgres_news
from providers.scripted.speech_to_text import silence
from sessions import hub
from sessions.service import Parley
from tests.eventually import eventually

FACT = "our company size is 20 people"


class Counted(Database):
    """A database that counts what it is asked."""

    def __init__(self, database: Database) -> None:
        vars(self).update(vars(database))
        self.asked: list[str] = []

    async def run(self, tenant_id: str, statement: LiteralString, *args: Any, **more: Any) -> list[dict[str, Any]]:
        self.asked.append(statement)
        return await super().run(tenant_id, statement, *args, **more)


def service(database: Database, news: News) -> Any:
    return run_parley(Ports(database, silence(), None, None, news), Settings())


async def follow(parley: Parley, session_id: str, after: int = 0) -> list[Envelope]:
    return [event async for event in parley.events(session_id, after=after)]


async def connected(*all_news: News) -> None:
    await eventually(lambda: all(news.connected for news in all_news))


@pytest.fixture
async def replicas(
    database: Database, second_database: Database, database_url: str
) -> AsyncIterator[tuple[Parley, Parley]]:
    async with (
        open_postgres_news(database_url) as one,
        open_postgres_news(database_url) as two,
        service(database, one) as here,
        service(second_database, two) as there,
    ):
        await connected(one, two)
        yield here, there


async def test_a_follower_at_another_replica_need_not_look(
    replicas: tuple[Parley, Parley], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "RARE_POLL_SECONDS", 1_000.0)
    here, there = replicas
    session_id = str((await here.create_session("lumen"))["session_id"])
    following = asyncio.create_task(follow(there, session_id))
    await here.process_turn(session_id, speaker="User", raw_text=FACT)
    await here.close_session(session_id)
    async with asyncio.timeout(60):
        events = await following
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["type"] == "session_closed"
    assert events == await follow(here, session_id)


async def test_many_followers_cost_as_much_as_one(database: Database) -> None:
    counted = Counted(database)
    async with run_parley(Ports(counted, silence(), None), Settings()) as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
        following = [asyncio.create_task(follow(parley, session_id)) for _ in range(200)]
        await parley.process_turn(session_id, speaker="User", raw_text=FACT)
        counted.asked.clear()
        for number in range(5):
            await parley.process_turn(session_id, speaker="lumen", raw_text=f"I see. {number}")
        await parley.close_session(session_id)
        told = await asyncio.gather(*following)
        looked = [statement for statement in counted.asked if "FROM events e" in statement]
    assert all(events == told[0] for events in told)
    assert len(looked) <= 14, "about one look for each of six nudges"


async def test_a_follower_who_is_far_behind_gets_everything(parley: Parley, session_id: str) -> None:
    ahead = asyncio.create_task(follow(parley, session_id))
    for number in range(300):
        await parley.process_turn(session_id, speaker="lumen", raw_text=f"I see. {number}")
    behind = asyncio.create_task(follow(parley, session_id))
    half_way = asyncio.create_task(follow(parley, session_id, after=150))
    await parley.close_session(session_id)
    everything = await ahead
    assert [event["n"] for event in everything] == list(range(1, 303))
    assert await behind == everything
    assert await half_way == everything[150:]


async def test_a_number_that_was_never_given_is_refused(parley: Parley, session_id: str) -> None:
    with pytest.raises(InvalidInput, match="The newest event of this session is 1"):
        await follow(parley, session_id, after=10**9)


async def test_erasing_a_session_ends_its_followers(replicas: tuple[Parley, Parley]) -> None:
    here, there = replicas
    session_id = str((await here.create_session("lumen"))["session_id"])
    first = there.events(session_id)
    assert (await anext(first))["n"] == 1
    await here.erase_session(session_id)
    async with asyncio.timeout(60):
        assert [event async for event in first] == []
