"""The worker: every event of a call arrives, in order, also after a worker died."""

import asyncio

from bootstrap.background import run_worker
from bootstrap.settings import Settings
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from sessions.service import Parley
from sessions.tasks import end
from tests.integration.outbox.conftest import Register, entries
from tests.loopback_receiver import open_receiver, status

FACTS = ["our company size is 20 people", "we get 500 visitors a month", "our company size is 30 people"]


async def play(parley: Parley) -> str:
    session_id = str((await parley.create_session("lumen"))["session_id"])
    for words in FACTS:
        await parley.process_turn(session_id, speaker="User", raw_text=words)
    await parley.close_session(session_id)
    return session_id


async def test_every_event_arrives_once_and_in_order(
    parley: Parley, register: Register, database: Database, database_url: str
) -> None:
    async with open_receiver() as receiver, run_worker(database_url, database, Settings()):
        await register(receiver.url)
        calls = [await play(parley) for _ in range(3)]
        told = {call: [event async for event in parley.events(call)] for call in calls}
        total = sum(map(len, told.values()))
        await receiver.wait(lambda it: len(it.events) == total)
        assert len(receiver.came) == total
        for call, events in told.items():
            assert [event for event in receiver.events if event["session_id"] == call] == events


async def test_a_receiver_that_fails_at_first_gets_them_later_in_the_same_order(
    parley: Parley, register: Register, database: Database, database_url: str
) -> None:
    async with open_receiver(lambda came: status(503 if came < 2 else 200)) as receiver:
        await register(receiver.url)
        call = await play(parley)
        told = [event async for event in parley.events(call)]
        async with run_worker(database_url, database, Settings()):
            await receiver.wait(lambda it: len(it.events) == len(told))
        assert receiver.events == told


async def test_what_a_dead_worker_had_begun_another_one_ends(
    parley: Parley, register: Register, outbox: PostgresOutbox, database: Database, database_url: str
) -> None:
    async with open_receiver(lambda came: None if came == 0 else status(200)) as receiver:
        await register(receiver.url)
        call = await play(parley)
        told = [event async for event in parley.events(call)]

        async def die() -> None:
            async with run_worker(database_url, database, Settings()):
                await asyncio.Event().wait()

        dying = asyncio.create_task(die())
        await receiver.wait(lambda it: len(it.came) == 1)
        await end(dying)
        await database.run("demo", "UPDATE outbox SET claimed_at = claimed_at - interval '1 minute'")
        async with run_worker(database_url, database, Settings()):
            await receiver.wait(lambda it: len(it.events) == len(told), seconds=60)
        assert receiver.events == told
        assert all(entry.status == "done" for entry in await entries(outbox))
