"""The pen of a session: whoever finds no turn to run has not taken it, not even for a moment that others would wait."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from providers.postgres.database import Database
from providers.postgres.inbox import PostgresInbox
from tests.integration.locks import open_rival, someone_waits
from tests.integration.sessions.reading import TENANT, rows_of
from tests.integration.sessions.test_recovery import accepted

LEASE = timedelta(seconds=60)


async def test_a_claim_that_waits_for_the_turns_end_leaves_no_pen(
    left_alone: str, database: Database, database_url: str
) -> None:
    inbox = PostgresInbox(database)
    await accepted(database, left_alone)
    assert await inbox.claim(TENANT, left_alone, owner=str(uuid4()), lease=LEASE) is not None
    async with open_rival(database_url) as ending:  # as the turn's end does it
        await ending.execute("UPDATE turns SET done = true, result = '{}'")
        await ending.execute("DELETE FROM session_leases")
        late = asyncio.create_task(inbox.claim(TENANT, left_alone, owner=str(uuid4()), lease=LEASE))
        await someone_waits(database_url)
        await ending.commit()
        assert await late is None

    assert (await rows_of(database, left_alone)).pens == 0
