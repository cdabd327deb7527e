"""What is too old goes, and nothing else does."""

from bootstrap.background import build_ledger, build_retention
from bootstrap.settings import Settings
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from sessions.delivery import Delivery
from sessions.service import Parley
from tests.integration.outbox.conftest import Register, entries
from tests.loopback_receiver import open_receiver

DAY = 24 * 3600
AGE = "UPDATE sessions SET closed_at = closed_at - interval '2 days' WHERE session_id = %(session_id)s"
COUNT = "SELECT count(*) AS found FROM turns WHERE session_id = %(session_id)s"


async def call(parley: Parley) -> str:
    session_id = str((await parley.create_session("lumen"))["session_id"])
    await parley.process_turn(session_id, speaker="User", raw_text="we get 500 visitors a month")
    return session_id


async def test_only_sessions_that_ended_long_ago_are_erased(parley: Parley, database: Database) -> None:
    old, fresh, active = [await call(parley) for _ in range(3)]
    for session_id in (old, fresh):
        await parley.close_session(session_id)
    await database.run("demo", AGE, {"session_id": old})
    await build_retention(database, Settings(retention={"sessions": DAY})).retain()
    left = {
        session: (await database.run("demo", COUNT, {"session_id": session}))[0]["found"]
        for session in (old, fresh, active)
    }
    assert left == {old: 0, fresh: 1, active: 1}
    assert (await build_ledger(database).verify("demo")).findings == []


async def test_answers_and_done_deliveries_go_after_their_time(
    parley: Parley, database: Database, register: Register, outbox: PostgresOutbox, delivery: Delivery
) -> None:
    async with open_receiver() as receiver:
        await register(receiver.url)
        await call(parley)
        (first, *_) = await entries(outbox)
        await delivery.deliver("demo", first.lane)
    await database.run("demo", "UPDATE turns SET answers = jsonb_build_object('question', 'answer')")
    young = Settings(retention={"answers": DAY, "deliveries": DAY})
    await build_retention(database, young).retain()
    assert await database.run("demo", "SELECT seq FROM turns WHERE answers <> '{}'") != []
    assert len(await entries(outbox)) > 0
    await build_retention(database, Settings(retention={"answers": 0, "deliveries": 0})).retain()
    assert await database.run("demo", "SELECT seq FROM turns WHERE answers <> '{}'") == []
    assert await entries(outbox) == []


async def test_by_default_calls_are_kept_for_ever(parley: Parley, database: Database) -> None:
    session_id = await call(parley)
    await parley.close_session(session_id)
    await database.run("demo", "UPDATE sessions SET closed_at = closed_at - interval '900 days'")
    await build_retention(database, Settings()).retain()
    assert (await parley.get_session_state(session_id))["status"] == "closed"
