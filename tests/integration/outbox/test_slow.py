"""A service that is slow: nobody else sends meanwhile, and a try ends while the entry is still its worker's."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from ports.outbox import Entry, EntryStatus, Receipt
from providers import whole_files
from providers.google_account import wire
from providers.postgres.outbox_store import PostgresOutbox
from providers.smtp import adapter as smtp
from providers.webhooks import deliverer
from sessions import delivery as delivering
from sessions.delivery import LEASE, LONGEST_TRY
from sessions.service import Parley
from tests.integration.outbox.conftest import Register, delivery_by, entries
from tests.integration.outbox.test_delivery import Mail, open_session


class Slow(Mail):
    """A service that does not answer before it is let to; without a key it takes the same letter twice."""

    def __init__(self) -> None:
        super().__init__(asked=None)
        self.begun, self.answers = asyncio.Event(), asyncio.Event()

    async def deliver(self, entry: Entry) -> Receipt:
        self.sent.append(entry.key)
        self.begun.set()
        await self.answers.wait()
        return Receipt({"id": "new"})


async def test_nobody_else_sends_what_a_worker_is_slow_to_send(
    parley: Parley, register: Register, outbox: PostgresOutbox
) -> None:
    await register("http://127.0.0.1:9/nobody")
    await open_session(parley)
    (entry,) = await entries(outbox)
    mail = Slow()
    sending = asyncio.create_task(delivery_by(outbox, mail).deliver("demo", entry.lane))
    await mail.begun.wait()
    come_back = await delivery_by(outbox, mail).deliver("demo", entry.lane)
    assert come_back is not None
    assert come_back > datetime.now(UTC) + LONGEST_TRY, "not before the first has given up"
    mail.answers.set()
    assert await sending is None
    assert mail.sent == [entry.key]
    assert [each.status for each in await entries(outbox)] == [EntryStatus.DONE]


@pytest.mark.parametrize(("idempotent", "after"), [(True, EntryStatus.INTENDED), (False, EntryStatus.UNKNOWN)])
async def test_a_try_ends_within_its_lease_whatever_it_waits_for(
    parley: Parley,
    register: Register,
    outbox: PostgresOutbox,
    monkeypatch: pytest.MonkeyPatch,
    idempotent: bool,
    after: EntryStatus,
) -> None:
    monkeypatch.setattr(delivering, "LONGEST_TRY", timedelta(seconds=0.05))
    await register("http://127.0.0.1:9/nobody")
    await open_session(parley)
    mail = Slow()
    mail.idempotent = idempotent
    await delivery_by(outbox, mail).deliver("demo", (await entries(outbox))[0].lane)
    (entry,) = await entries(outbox)
    assert (entry.status, entry.fault) == (after, "it took too long")


def test_one_call_of_a_service_is_given_up_before_a_try_and_a_try_before_the_lease() -> None:
    longest = timedelta(seconds=deliverer.TIMEOUT_SECONDS)
    assert max(longest, wire.TIME_LIMIT, smtp.TIME_LIMIT, whole_files.TIME_LIMIT) < LONGEST_TRY < LEASE
