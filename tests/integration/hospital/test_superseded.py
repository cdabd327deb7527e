"""What has not arrived of an appointment when it is moved or cancelled is not to arrive any more."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from ports.outbox import Busy, Entry, EntryStatus
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from sessions.delivery import LEASE, Delivery
from tests import loopback_google_workspace as google
from tests.contract.workspace import PATIENT
from tests.integration.hospital.calls import DOCTOR, Caller, FrontDesk, moving, slots_of
from tests.integration.hospital.conftest import Rows
from tests.integration.hospital.test_delivered import deliver_all, office_at
from tests.loopback_google_workspace import Workspace, open_loopback_google

CALENDAR = "SELECT status FROM outbox WHERE kind = 'calendar' ORDER BY created_at, entry_key"


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A Google that forbids the first letter and the first entry in the calendar."""
    async with open_loopback_google() as workspace:
        for on in ("POST /gmail", "POST /calendar"):
            workspace.meet(google.FORBIDDEN, on)
        yield workspace


@pytest.fixture
async def delivery(workspace: Workspace, database: Database) -> AsyncIterator[Delivery]:
    async with office_at(workspace, database, PATIENT) as delivery:
        yield delivery


@pytest.fixture
async def caller(desk: FrontDesk) -> Caller:
    return await desk.call()


async def booked(caller: Caller) -> dict[str, Any]:
    """Book, and return the appointment's number."""
    return {"appointment_id": (await caller.book(*slots_of(DOCTOR, 1)))["appointment_id"]}


async def statuses(rows: Rows) -> list[str]:
    return [row["status"] for row in await rows(CALENDAR)]


async def test_what_was_dead_when_it_was_cancelled_cannot_be_sent_again(
    caller: Caller, workspace: Workspace, delivery: Delivery, database: Database, rows: Rows
) -> None:
    number = await booked(caller)
    await deliver_all(delivery, database)
    assert await statuses(rows) == ["dead"]
    await caller.do("cancel_appointment", number)
    await deliver_all(delivery, database)
    assert await PostgresOutbox(database).revive("demo", None) == []
    await deliver_all(delivery, database)
    assert workspace.events.shown == []
    assert [letter["Subject"] for letter in workspace.letters.sent] == [
        "Your appointment at Renova Hospitals was cancelled"
    ]
    assert await statuses(rows) == ["superseded", "done"]


async def test_sent_again_before_it_was_moved_it_arrives_as_it_then_is(
    caller: Caller, workspace: Workspace, delivery: Delivery, database: Database, rows: Rows
) -> None:
    number, (*_, new) = await booked(caller), slots_of(DOCTOR, 4)
    await deliver_all(delivery, database)
    await PostgresOutbox(database).revive("demo", None)
    await caller.do("reschedule_appointment", moving(new, **number))
    await deliver_all(delivery, database)
    (letter,) = workspace.letters.sent
    assert "has been moved" in str(letter.get_body(("plain",)))
    (event,) = workspace.events.shown
    assert event["start"]["dateTime"] == new.begins.isoformat()
    assert await statuses(rows) == ["superseded", "done"]


async def test_a_confirmation_asked_for_again_supersedes_nothing(
    caller: Caller, workspace: Workspace, delivery: Delivery, database: Database
) -> None:
    number = await booked(caller)
    await caller.ask("send_appointment_email", number)
    workspace.troubles.clear()
    await deliver_all(delivery, database)
    assert len(workspace.letters.sent) == 2


@pytest.mark.parametrize(
    ("settled", "becomes"),
    [
        (EntryStatus.DONE, "done"),
        (EntryStatus.INTENDED, "superseded"),
        (EntryStatus.UNKNOWN, "superseded"),
        (EntryStatus.DEAD, "superseded"),
    ],
)
async def test_what_is_on_its_way_when_it_is_cancelled_ends_first(
    caller: Caller, database: Database, rows: Rows, settled: EntryStatus, becomes: str
) -> None:
    number, outbox = await booked(caller), PostgresOutbox(database)
    lane = f"hospital/calendar/{number['appointment_id']}"
    entry = await outbox.claim("demo", lane, LEASE)
    assert isinstance(entry, Entry)
    await caller.do("cancel_appointment", number)
    assert isinstance(await outbox.claim("demo", lane, LEASE), Busy), "its removal waits for it"
    await outbox.settle(entry, settled)
    assert await statuses(rows) == [becomes, "intended"]
    removal = await outbox.claim("demo", lane, LEASE)
    assert isinstance(removal, Entry)
    assert removal.payload == {"remove": number["appointment_id"]}


async def test_what_a_dead_worker_had_begun_is_not_sent_again_once_it_is_cancelled(
    caller: Caller, database: Database, rows: Rows
) -> None:
    number, outbox = await booked(caller), PostgresOutbox(database)
    lane = f"hospital/calendar/{number['appointment_id']}"
    assert isinstance(await outbox.claim("demo", lane, LEASE), Entry)
    await caller.do("cancel_appointment", number)
    removal = await outbox.claim("demo", lane, timedelta(0))
    assert isinstance(removal, Entry)
    assert removal.payload == {"remove": number["appointment_id"]}
    assert await statuses(rows) == ["superseded", "claimed"]
