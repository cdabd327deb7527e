"""Jobs that are cut off or lost: their work is taken up all the same."""

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from ports.jobs import Tasks
from providers.postgres.database import Database
from providers.postgres.jobs import queue
from providers.postgres.outbox_store import PostgresOutbox

DEFER = """
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ROW('outbox', 'long', 0, NULL, NULL, '{}', NULL)::procrastinate_job_to_defer_v1])
"""
ENTRY = """
INSERT INTO sessions (session_id, playbook, channel, call_context, dataset, first_dataset, profile, digest, created_at)
VALUES (%(session_id)s, 'lumen', 'api', '{}', '{}', '{}', '{}', ''::bytea, now());
INSERT INTO outbox (entry_key, session_id, kind, lane, created_at, next_at)
VALUES ('key', %(session_id)s, 'webhook', 'lane', now() - interval '1 hour', %(next_at)s::timestamptz);
DELETE FROM procrastinate_jobs
"""
SESSION = "7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11"


async def test_a_job_that_is_cut_off_at_shutdown_is_taken_up(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "STALLED_SECONDS", 0.5)
    began, runs = asyncio.Event(), list[int]()

    async def long(**ids: Any) -> None:
        runs.append(1)
        began.set()
        if len(runs) == 1:
            await asyncio.Event().wait()

    await _defer_a_job(database_url)
    for _ in range(2):
        began.clear()
        await _work_until(began, database_url, Tasks(jobs={"long": long}))
    assert len(runs) == 2


async def _defer_a_job(database_url: str) -> None:
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        await connection.execute(DEFER)


async def _work_until(began: asyncio.Event, database_url: str, tasks: Tasks) -> None:
    """Be a worker until its job has begun, then leave in the middle of it."""
    async with queue.open_job_queue(database_url, tasks) as jobs:
        working = asyncio.create_task(jobs.work(1))
        async with asyncio.timeout(60):
            await began.wait()
        working.cancel()
        await asyncio.wait({working})


@pytest.mark.parametrize(("next_at", "jobs"), [(None, 1), ("2000-01-01", 1), ("2100-01-01", 0)])
async def test_a_lane_without_a_job_gets_one(database: Database, next_at: str | None, jobs: int) -> None:
    await database.run("demo", ENTRY, {"session_id": SESSION, "next_at": next_at})
    await PostgresOutbox(database).sweep("demo", timedelta(minutes=1))
    rows = await database.run("demo", "SELECT task_name, args FROM procrastinate_jobs")
    assert rows == [{"task_name": "deliver", "args": {"tenant_id": "demo", "lane": "lane"}}] * jobs
