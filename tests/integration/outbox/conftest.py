"""A session whose events go to a webhook, and the worker that brings them there."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bootstrap.background import new_webhook
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from ports.clock import SystemClock
from ports.outbox import Deliverer, Entry, EntryStatus
from ports.webhooks import Webhook
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox, PostgresWebhooks
from providers.postgres.record_store import PostgresRecordStore
from providers.scripted.speech_to_text import silence
from providers.webhooks.deliverer import open_webhooks
from sessions.delivery import Delivery
from sessions.service import Parley

Register = Callable[[str], Awaitable[Webhook]]


@pytest.fixture
async def parley(database: Database) -> AsyncIterator[Parley]:
    """A service without a worker: a test delivers by itself."""
    async with run_parley(Ports(database, silence(), None), Settings()) as running:
        yield running


@pytest.fixture
def outbox(database: Database) -> PostgresOutbox:
    return PostgresOutbox(database)


@pytest.fixture
def webhooks(database: Database) -> PostgresWebhooks:
    return PostgresWebhooks(database)


@pytest.fixture
def register(webhooks: PostgresWebhooks) -> Register:
    """Register a webhook of the demo tenant."""

    async def add(url: str) -> Webhook:
        webhook = new_webhook("demo", url, None)
        await webhooks.add(webhook)
        return webhook

    return add


@pytest.fixture
async def delivery(database: Database, outbox: PostgresOutbox, webhooks: PostgresWebhooks) -> AsyncIterator[Delivery]:
    """Delivery by HTTP."""
    async with open_webhooks(webhooks, PostgresRecordStore(database), SystemClock()) as poster:
        yield delivery_by(outbox, poster)


def delivery_by(outbox: PostgresOutbox, deliverer: Deliverer) -> Delivery:
    return Delivery(outbox, SystemClock(), [deliverer], random.Random(1))


async def entries(outbox: PostgresOutbox, *statuses: EntryStatus) -> list[Entry]:
    """All entries of these statuses, in order of their events."""
    found = [entry for status in statuses or EntryStatus for entry in await outbox.page_of("demo", status, 1_000)]
    return sorted(found, key=lambda entry: entry.event_n or 0)
