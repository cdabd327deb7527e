"""Deliveries: claimed, sent, settled; what a receiver answers decides what comes next."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from domain.errors import NotDelivered
from ports.outbox import Entry, EntryStatus, Receipt
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox, PostgresWebhooks
from sessions.delivery import LEASE, MOST_ATTEMPTS, Delivery
from sessions.service import Parley
from tests.integration.outbox.conftest import Register, delivery_by, entries
from tests.loopback_receiver import open_receiver, status


async def open_session(parley: Parley) -> str:
    return str((await parley.create_session("lumen"))["session_id"])


async def test_an_event_is_posted_signed_and_settled(
    parley: Parley, register: Register, outbox: PostgresOutbox, delivery: Delivery
) -> None:
    async with open_receiver() as receiver:
        webhook = await register(receiver.url)
        session_id = await open_session(parley)
        (entry,) = await entries(outbox, EntryStatus.INTENDED)
        assert await delivery.deliver("demo", entry.lane) is None
        assert await delivery.deliver("demo", entry.lane) is None, "it is settled: nothing is sent again"
        ((headers, body),) = receiver.came
    message = Verifier(webhook.secret).verify(body, headers)
    assert (message["type"], message["n"], message["session_id"]) == ("session_created", 1, session_id)
    assert headers["webhook-id"] == entry.key
    assert [each.status for each in await entries(outbox)] == [EntryStatus.DONE]


@pytest.mark.parametrize(
    ("code", "after", "fault"),
    [
        (301, EntryStatus.DEAD, "301: redirects are not followed; register the new address"),
        (400, EntryStatus.DEAD, "the receiver answered 400"),
        (410, EntryStatus.DEAD, "410: the receiver is gone; the webhook is disabled"),
        (429, EntryStatus.INTENDED, "the receiver answered 429"),
        (500, EntryStatus.INTENDED, "the receiver answered 500"),
    ],
)
async def test_what_an_answer_means(
    parley: Parley, register: Register, outbox: PostgresOutbox, delivery: Delivery, code: int, after: str, fault: str
) -> None:
    async with open_receiver(lambda _: status(code, "location: http://127.0.0.1:9/")) as receiver:
        await register(receiver.url)
        await open_session(parley)
        (entry,) = await entries(outbox)
        again = await delivery.deliver("demo", entry.lane)
    (entry,) = await entries(outbox)
    assert (entry.status, entry.fault) == (after, fault)
    assert (again is not None) == (after == EntryStatus.INTENDED)


async def test_a_receiver_that_is_gone_gets_no_more(
    parley: Parley, register: Register, outbox: PostgresOutbox, webhooks: PostgresWebhooks, delivery: Delivery
) -> None:
    async with open_receiver(lambda _: status(410)) as receiver:
        webhook = await register(receiver.url)
        await open_session(parley)
        await delivery.deliver("demo", (await entries(outbox))[0].lane)
    await open_session(parley)
    assert len(await entries(outbox)) == 1
    found = await webhooks.find("demo", webhook.webhook_id)
    assert found is not None
    assert found.disabled_why == "its address answered 410 Gone"


async def test_of_a_long_answer_nothing_is_read(
    parley: Parley, register: Register, outbox: PostgresOutbox, delivery: Delivery
) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n"
    async with open_receiver(lambda _: head + b"x" * 65_536) as receiver:
        await register(receiver.url)
        await open_session(parley)
        await delivery.deliver("demo", (await entries(outbox))[0].lane)
    assert [each.status for each in await entries(outbox)] == [EntryStatus.DONE]


async def test_no_receiver_is_tried_again_later_and_in_the_end_dead(
    parley: Parley, register: Register, outbox: PostgresOutbox, delivery: Delivery, database: Database
) -> None:
    await register("http://127.0.0.1:9/nobody")
    await open_session(parley)
    (entry,) = await entries(outbox)
    waits = []  # from the try's begin, and from its end: the pause lies between
    begun = datetime.now(UTC)
    while (again := await delivery.deliver("demo", entry.lane)) is not None:
        waits.append((again - begun, again - datetime.now(UTC)))
        assert await delivery.deliver("demo", entry.lane) is None, "it is not due"
        await database.run("demo", "UPDATE outbox SET next_at = now()")
        begun = datetime.now(UTC)
    assert len(waits) == MOST_ATTEMPTS - 1
    assert waits[0][0] >= timedelta(seconds=0.5)
    assert waits[0][1] <= timedelta(seconds=1)
    assert waits[-1][0] >= timedelta(minutes=30)
    assert waits[-1][1] <= timedelta(hours=1)
    (entry,) = await entries(outbox, EntryStatus.DEAD)
    assert entry.fault == "no connection (ConnectError)"
    assert await outbox.revive("demo", None) == [entry.key]
    assert [each.status for each in await entries(outbox)] == [EntryStatus.INTENDED]


async def test_a_service_asks_for_time_and_gets_it(outbox: PostgresOutbox, delivery: Delivery) -> None:
    assert delivery.pause_after(1, 120.0) == timedelta(minutes=2)
    assert delivery.pause_after(1, 1e9) == timedelta(hours=1)
    assert delivery.pause_after(1, 1e30) == timedelta(hours=1)


class Mail:
    """A service that knows no key: what it was given, and what it says when asked."""

    kind = "webhook"
    idempotent = False

    def __init__(self, *, asked: Receipt | NotDelivered | None, given: NotDelivered | None = None) -> None:
        self.asked, self.given = asked, given
        self.sent: list[str] = []

    async def deliver(self, entry: Entry) -> Receipt:
        self.sent.append(entry.key)
        if self.given:
            raise self.given
        return Receipt({"id": "new"})

    async def read_back(self, entry: Entry) -> Receipt | None:
        if isinstance(self.asked, NotDelivered):
            raise self.asked
        return self.asked


CANNOT_BE_ASKED = NotDelivered("mail cannot be asked", again=True)


@pytest.mark.parametrize(
    ("asked", "sent", "after"),
    [
        (Receipt({"id": "old"}), 0, EntryStatus.DONE),
        (None, 1, EntryStatus.DONE),
        (CANNOT_BE_ASKED, 0, EntryStatus.UNKNOWN),
    ],
)
async def test_after_a_worker_died_in_mid_send_the_service_is_asked_first(
    parley: Parley,
    register: Register,
    outbox: PostgresOutbox,
    database: Database,
    asked: Receipt,
    sent: int,
    after: str,
) -> None:
    await register("http://127.0.0.1:9/nobody")
    await open_session(parley)
    (entry,) = await entries(outbox)
    await outbox.claim("demo", entry.lane, LEASE)  # and never heard of again
    mail = Mail(asked=asked)
    assert await delivery_by(outbox, mail).deliver("demo", entry.lane) is not None, "the worker may be at it still"
    await database.run("demo", "UPDATE outbox SET claimed_at = claimed_at - interval '1 minute'")
    assert await delivery_by(outbox, mail).deliver("demo", entry.lane) is None
    assert len(mail.sent) == sent
    assert [each.status for each in await entries(outbox)] == [after]


async def test_an_unknown_outcome_is_not_sent_again_until_a_person_says(
    parley: Parley, register: Register, outbox: PostgresOutbox
) -> None:
    await register("http://127.0.0.1:9/nobody")
    await open_session(parley)
    (entry,) = await entries(outbox)
    mail = Mail(asked=None, given=NotDelivered("the line broke", again=True, sent=True))
    assert await delivery_by(outbox, mail).deliver("demo", entry.lane) is None
    assert await delivery_by(outbox, mail).deliver("demo", entry.lane) is None
    assert mail.sent == [entry.key]
    assert await outbox.revive("demo", None) == [], "unknown is not dead"
    assert await outbox.decide("demo", entry.key, EntryStatus.DONE)
    assert not await outbox.decide("demo", entry.key, EntryStatus.DONE)


async def test_entries_of_one_transaction_leave_in_the_order_they_were_made(
    parley: Parley, outbox: PostgresOutbox, database: Database
) -> None:
    made = "INSERT INTO outbox (entry_key, session_id, kind, lane) VALUES ('{}', %(session_id)s, 'row', 'sheet');"
    twice = made.format("second by name") + made.format("first by name")
    await database.run("demo", twice, {"session_id": await open_session(parley)})
    entry = await outbox.claim("demo", "sheet", LEASE)
    assert isinstance(entry, Entry)
    assert entry.key == "second by name"


async def test_erasing_a_session_takes_its_entries_along(
    parley: Parley, register: Register, outbox: PostgresOutbox, delivery: Delivery
) -> None:
    await register("http://127.0.0.1:9/nobody")
    session_id = await open_session(parley)
    (entry,) = await entries(outbox)
    await parley.erase_session(session_id)
    assert await entries(outbox) == []
    assert await delivery.deliver("demo", entry.lane) is None
