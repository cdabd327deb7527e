"""Erasing leaves nothing, however late a run of the session is."""

import asyncio

from providers.postgres.database import Database
from tests.integration.sessions.conftest import Run

SESSIONS = 40
AT_ONCE = 4


async def test_a_run_that_is_late_leaves_no_checkpoint(run: Run, database: Database) -> None:
    async with run() as parley:

        async def live() -> None:
            session_id = (await parley.create_session("lumen"))["session_id"]
            await parley.process_turn(session_id, speaker="User", raw_text="we are 20 people")
            await parley.erase_session(session_id)

        for _ in range(SESSIONS // AT_ONCE):
            await asyncio.gather(*(live() for _ in range(AT_ONCE)))
    left = await database.run(
        "demo", "SELECT (SELECT count(*) FROM checkpoints) + (SELECT count(*) FROM turns) AS rows"
    )
    assert left == [{"rows": 0}]
