"""Background work: what a worker can do, in the server's process or in one of its own."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bootstrap.database import open_pool_on, open_server, open_store
from bootstrap.office import open_office
from bootstrap.replays import build_replays
from bootstrap.settings import Settings
from ports.chat_model import ChatModel
from ports.clock import SystemClock
from ports.database import Database
from ports.jobs import Tasks
from ports.outbox import OutboxStore
from ports.webhooks import Webhook, WebhookStore
from providers.postgres.jobs.queue import open_job_queue
from providers.postgres.ledger_store import PostgresLedger
from providers.postgres.outbox_store import PostgresOutbox, PostgresWebhooks
from providers.postgres.record_store import PostgresRecordStore
from providers.postgres.retention_store import PostgresRetention
from providers.postgres.session_store import PostgresSessionStore
from providers.tasks import start_task
from providers.webhooks.deliverer import open_webhooks
from providers.webhooks.signature import new_secret
from sessions.delivery import Delivery, Sweep
from sessions.ledger import Ledger
from sessions.retention import Retention, Spans
from sessions.webhooks import webhook_given

EVERY_MINUTE = "* * * * *"
EVERY_QUARTER = "*/15 * * * *"
EVERY_HOUR = "17 * * * *"


@dataclass(frozen=True)
class OutboxStores:
    """What the command line looks into."""

    outbox: OutboxStore
    webhooks: WebhookStore


@asynccontextmanager
async def open_outbox(settings: Settings) -> AsyncIterator[OutboxStores]:
    """Open the outbox and the webhooks alone: nothing is delivered here."""
    async with open_store(settings) as database:
        yield OutboxStores(PostgresOutbox(database), PostgresWebhooks(database))


@asynccontextmanager
async def open_ledger(settings: Settings) -> AsyncIterator[Ledger]:
    """Open the ledger of consents alone."""
    async with open_store(settings) as database:
        yield build_ledger(database)


def build_ledger(database: Database) -> Ledger:
    """Make the ledger of a database."""
    return Ledger(PostgresLedger(database), PostgresSessionStore(database))


def build_retention(database: Database, settings: Settings) -> Retention:
    """Make what lets go of the past, as long after as the settings say."""
    kept = settings.retention
    spans = Spans(kept.sessions, kept.answers, kept.deliveries)
    return Retention(PostgresRetention(database), PostgresSessionStore(database), SystemClock(), spans)


def new_webhook(tenant_id: str, url: str, types: Collection[str] | None) -> Webhook:
    """Make a webhook with a secret of its own (InvalidInput naming what is wrong)."""
    return webhook_given(tenant_id, url, types, new_secret)


@asynccontextmanager
async def open_worker(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    """Run a worker alone, without turns and without a face; yields its work."""
    async with (
        open_server(settings) as dsn,
        open_pool_on(dsn, settings) as database,
        run_worker(dsn, database, settings) as working,
    ):
        yield working


@asynccontextmanager
async def run_worker(
    dsn: str, database: Database, settings: Settings, model: ChatModel | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """Work jobs off until the end of the block; what then runs is let to end, or is taken up by another worker.

    Yields the work, which does not end by itself: that it broke is in the log.
    """
    clock = SystemClock()
    records, webhooks = PostgresRecordStore(database), PostgresWebhooks(database)
    async with open_webhooks(webhooks, records, clock) as poster, open_office(settings) as office:
        delivery = Delivery(PostgresOutbox(database), clock, [poster, *office])
        tasks = Tasks(
            jobs={"deliver": delivery.deliver, "replay": build_replays(database, settings, model=model).make},
            by_clock={
                "sweep": (EVERY_MINUTE, Sweep(PostgresOutbox(database), PostgresSessionStore(database)).sweep),
                "seal": (EVERY_QUARTER, build_ledger(database).seal_all),
                "retain": (EVERY_HOUR, build_retention(database, settings).retain),
            },
        )
        async with open_job_queue(dsn, tasks) as queue:
            working = start_task(queue.work(settings.worker.concurrency), "worker")
            try:
                yield working
            finally:
                working.cancel()  # once: it lets what it has begun end
                await asyncio.wait({working})
