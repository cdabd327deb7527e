"""The pen of a session: whoever finds no turn to run has not taken it, not even for a moment that others would wait."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import psycopg

from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from sessions.service import Parley
from tests.integration.sessions.reading import TENANT, rows_of
from tests.integration.sessions.test_recovery import accepted

LEASE = timedelta(seconds=60)
WAITS = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def test_a_claim_that_waits_for_the_turns_end_leaves_no_pen(
    parley: Parley, session_id: str, database: Database, database_url: str
) -> None:
    inbox = PostgresInbox(database)
    await accepted(database, session_id)
    assert await inbox.claim(TENANT, session_id, owner=str(uuid4()), lease=LEASE) is not None
    async with await psycopg.AsyncConnection.connect(database_url) as ending:  # as the turn's end does it
        await ending.execute("UPDATE turns SET done = true, result = '{}'")
        await ending.execute("DELETE FROM session_leases")
        late = asyncio.create_task(inbox.claim(TENANT, session_id, owner=str(uuid4()), lease=LEASE))
        async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as looking:
            async with asyncio.timeout(30):
                while not await (await looking.execute(WAITS)).fetchall():  # noqa: ASYNC110  (rows)
                    await asyncio.sleep(0.01)
        await ending.commit()
        assert await late is None

    assert (await rows_of(database, session_id)).pens == 0
