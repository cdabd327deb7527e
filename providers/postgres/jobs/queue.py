"""The queue and its worker, on connections of their own under the role that owns nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from domain.errors import ParleyError, place_of
from ports.jobs import Task, Tasks
from providers.postgres.connections import Connection, build_set_up, connection_parameters

QUEUE = "outbox"
"""One queue for all: what matters is that a worker takes any job."""

CONNECTIONS = 3
STATEMENT_SECONDS = 15.0
POLL_SECONDS = 1.0
HEARTBEAT_SECONDS = 3.0
STALLED_SECONDS = 10.0
"""How long a worker may be silent before its jobs are taken up by others."""
AFTER_A_FAULT_SECONDS = 5
AFTER_A_BREAK_SECONDS = 30
MOST_ATTEMPTS = 20
"""How often a job is run that breaks in a way nobody foresaw: what broke it may be mended meanwhile."""

log = structlog.get_logger(__name__)


class _Later(Exception):
    """A job asks to be run again at a time."""

    def __init__(self, at: datetime) -> None:
        self.at = at


class _Again(procrastinate.BaseRetryStrategy):
    """When the job says; after a fault that waiting can mend, soon; after any other, later, and not for ever."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> procrastinate.RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):  # this worker leaves: another one goes on
            return procrastinate.RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, _Later):
            return procrastinate.RetryDecision(retry_at=exception.at)
        if isinstance(exception, ParleyError) and exception.retryable:
            return procrastinate.RetryDecision(retry_in={"seconds": AFTER_A_FAULT_SECONDS})
        log.error("job_broke", job=job.task_name, attempts=job.attempts, error=place_of(exception))
        if job.attempts < MOST_ATTEMPTS:
            return procrastinate.RetryDecision(retry_in={"seconds": AFTER_A_BREAK_SECONDS})
        return None


class JobQueue:
    """Jobs that the tables' triggers put in, done here."""

    def __init__(self, app: procrastinate.App) -> None:
        self._app = app

    async def work(self, concurrency: int) -> None:
        """Work jobs off until cancelled; what is cut off then is taken up again by another worker."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._run(concurrency), name="worker")
            group.create_task(self._revive(), name="stalled jobs")

    async def _run(self, concurrency: int) -> None:
        while True:
            try:
                await self._app.run_worker_async(
                    concurrency=concurrency,
                    fetch_job_polling_interval=POLL_SECONDS,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                    shutdown_graceful_timeout=STALLED_SECONDS,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                )
            except (ConnectorException, psycopg.Error) as error:
                log.warning("worker_lost_its_database", error=type(error).__name__)
            await asyncio.sleep(1)

    async def _revive(self) -> None:
        """Queue the jobs of workers that fell silent again."""
        while True:
            try:
                for job in await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                    await self._app.job_manager.retry_job(job)
            except (ConnectorException, psycopg.Error) as error:
                log.warning("stalled_jobs_not_seen_to", error=type(error).__name__)
            await asyncio.sleep(STALLED_SECONDS / 2)


@asynccontextmanager
async def open_job_queue(dsn: str, tasks: Tasks) -> AsyncIterator[JobQueue]:
    """Open the queue of a migrated database."""
    connector = procrastinate.PsycopgConnector(
        kwargs=connection_parameters(dsn),
        configure=_set_up,
        min_size=1,
        max_size=CONNECTIONS,
    )
    app = procrastinate.App(connector=connector)
    for name, body in tasks.jobs.items():
        _add(app, name, body)
    for name, (cron, body) in tasks.by_clock.items():
        app.periodic(cron=cron)(_add(app, name, _by_clock(body)))
    async with app.open_async():
        yield JobQueue(app)


async def _set_up(connection: Connection) -> None:
    """Each statement of the queue is a transaction of its own, under the role that owns nothing."""
    await connection.set_autocommit(True)
    await build_set_up(STATEMENT_SECONDS)(connection)


def _add(app: procrastinate.App, name: str, body: Task) -> Any:
    async def run(**ids: Any) -> None:
        at = await body(**ids)
        if at is not None:
            raise _Later(at)

    return app.task(name=name, queue=QUEUE, retry=_Again(), pass_context=False)(run)


def _by_clock(body: Callable[[], Awaitable[None]]) -> Task:
    async def run(timestamp: int) -> None:
        await body()

    return run
