"""How many sessions a tenant may have open in writing: so many and no more, however many are opened at once."""

import asyncio
from uuid import uuid4

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import RateLimited
from providers.postgres.database import Database
from providers.scripted.speech_to_text import silence
from sessions.service import Parley
from tests.integration.locks import open_rival, someone_waits

MOST, AT_ONCE = 5, 40
SAME_ID = """
INSERT INTO sessions (session_id, playbook, channel, call_context, profile, digest, first_dataset, dataset, created_at)
VALUES (%s, 'lumen', 'api', '{}', '{}', '', '{}', '{}', now())
"""


def up_to(most: int) -> Settings:
    """Settings under which a tenant may have so many sessions open."""
    return Settings(sessions={"most_active": most})


async def tried(parley: Parley) -> bool:
    """Open a session in writing, if there is room."""
    try:
        await parley.create_session("lumen")
    except RateLimited:
        return False
    return True


async def test_who_opens_the_last_session_is_waited_for(database: Database, database_url: str) -> None:
    async with run_parley(Ports(database, silence(), None), up_to(1)) as parley, open_rival(database_url) as rival:
        held_up = str(uuid4())
        await rival.execute(SAME_ID, [held_up])
        first = asyncio.create_task(parley.create_session("lumen", session_id=held_up))
        await someone_waits(database_url)
        second = asyncio.create_task(tried(parley))
        await someone_waits(database_url, many=2)
        await rival.rollback()
        assert (await first)["session_id"] == held_up
        assert not await second


async def test_where_there_is_room_for_all_nobody_waits(database: Database, database_url: str) -> None:
    async with run_parley(Ports(database, silence(), None), up_to(1_000)) as parley, open_rival(database_url) as rival:
        held_up = str(uuid4())
        await rival.execute(SAME_ID, [held_up])
        first = asyncio.create_task(parley.create_session("lumen", session_id=held_up))
        await someone_waits(database_url)
        assert await tried(parley)
        assert not first.done()
        await rival.rollback()
        await first


async def test_two_replicas_open_no_more_than_the_limit(database: Database, second_database: Database) -> None:
    one, other = (run_parley(Ports(each, silence(), None), up_to(MOST)) for each in (database, second_database))
    async with one as first, other as second:
        opened = await asyncio.gather(*(tried(parley) for parley in (first, second) for _ in range(AT_ONCE // 2)))
        assert sum(opened) == MOST
        assert len((await first.list_sessions()).items) == MOST
