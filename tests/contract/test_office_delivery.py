"""What the outbox promises of letters, appointments and rows, whoever takes them in the end."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Fault, InvalidInput, NotDelivered, ProviderRejected, ProviderUnavailable
from playbooks.hospital.desk import Booked
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.letters import cancellation, confirmation, entry, removal
from playbooks.hospital.slots import Slot
from ports.calendar import Calendar
from ports.effects import OutcomeUnknown
from ports.mail import MailMessage
from ports.outbox import Deliverer, Entry, EntryStatus, Receipt
from ports.sheet import Sheet
from providers.office_delivery import CalendarDeliverer, MailDeliverer, SheetDeliverer
from providers.tenant_sheets import TenantSheets
from tests.contract.appointments import EVENT
from tests.contract.workspace import (
    Office,
    csv_sheet,
    gmail_office,
    google_calendar,
    google_sheet,
    ics_calendar,
    mailbox_office,
    rows_with,
    smtp_office,
)

SLOT = Slot("Dr. Anil Mehta", "Cardiology", EVENT.start, 30)
BOOKED = Booked("RHABCD2345", SLOT, "Asha Rao", "asha@example.com", "+919812345678", 0)


def given(kind: str, payload: dict[str, Any] | None, tenant_id: str = "demo", **changed: Any) -> Entry:
    """An entry that is sent for the first time."""
    made = Entry(tenant_id, "s/1/0//mail", "s", kind, "lane", EntryStatus.CLAIMED, 1, payload=payload)
    return replace(made, **changed)


LETTER = given("mail", confirmation(DIRECTORY, BOOKED)["payload"])
PUT = given("calendar", entry(DIRECTORY, BOOKED)["payload"])
ROW = given("patients_sheet", {"name": "Asha Rao", "phone": "+919812345678", "preferred_doctor": "Dr. Anil Mehta"})


@pytest.fixture(params=[mailbox_office, smtp_office, gmail_office], ids=["mailbox", "smtp", "gmail"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    opened: Callable[[Path], AbstractAsyncContextManager[Office]] = request.param
    async with opened(tmp_path / "post") as office:
        yield office


@pytest.fixture(params=[ics_calendar, google_calendar], ids=["ics", "google"])
async def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Calendar]:
    opened: Callable[[Path], AbstractAsyncContextManager[Calendar]] = request.param
    async with opened(tmp_path / "calendar") as calendar:
        yield calendar


@pytest.fixture(params=[csv_sheet, google_sheet], ids=["csv", "google"])
async def sheet(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sheet]:
    opened: Callable[[Path], AbstractAsyncContextManager[Sheet]] = request.param
    async with opened(tmp_path / "sheets") as sheet:
        yield sheet


async def test_a_confirmation_arrives_with_its_invitation(office: Office) -> None:
    receipt = await MailDeliverer(office.mail).deliver(LETTER)
    assert receipt.proof["provider"] == office.mail.name
    (letter,) = office.arrived()
    assert (letter["To"], letter["Subject"]) == ("asha@example.com", "Your appointment at Renova Hospitals")
    types = {part.get_content_type() for part in letter.walk()}
    assert {"text/plain", "text/html", "text/calendar"} <= types


async def test_tried_again_it_is_looked_for_first_where_that_is_possible(office: Office) -> None:
    deliverer = MailDeliverer(office.mail)
    assert deliverer.idempotent is office.mail.can_look
    first = await deliverer.deliver(LETTER)
    if deliverer.idempotent:
        assert (await deliverer.deliver(replace(LETTER, attempts=2))).proof == first.proof
        assert (await deliverer.deliver(replace(LETTER, interrupted=True))).proof == first.proof
        assert await deliverer.read_back(LETTER) is not None
    assert len(office.arrived()) == 1


async def test_letters_of_two_tenants_are_two(office: Office) -> None:
    deliverer = MailDeliverer(office.mail)
    for tenant_id in ("demo", "other"):
        await deliverer.deliver(replace(LETTER, tenant_id=tenant_id, attempts=2 if office.mail.can_look else 1))
    assert len(office.arrived()) == 2


async def test_a_cancellation_takes_the_invitation_back(office: Office) -> None:
    gone = replace(BOOKED, sequence=1)
    await MailDeliverer(office.mail).deliver(given("mail", cancellation(DIRECTORY, gone)["payload"]))
    (part,) = [each for each in office.arrived()[0].walk() if each.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params["method"] == "CANCEL"


async def test_an_appointment_is_entered_moved_and_taken_out(calendar: Calendar) -> None:
    deliverer = CalendarDeliverer(calendar)
    hour = SLOT.begins.replace(hour=10)
    moved = replace(BOOKED, slot=replace(SLOT, begins=hour), sequence=1)
    for _ in range(2):
        await deliverer.deliver(PUT)
    assert [taken.start for taken in await calendar.busy(SLOT.begins.replace(hour=0), SLOT.ends)] == [SLOT.begins]
    await deliverer.deliver(given("calendar", entry(DIRECTORY, moved)["payload"]))
    await deliverer.deliver(PUT)  # an older one that comes late
    assert [taken.start for taken in await calendar.busy(SLOT.begins.replace(hour=0), SLOT.ends)] == [hour]
    for _ in range(2):
        await deliverer.deliver(given("calendar", removal(moved)["payload"]))
    assert await calendar.busy(SLOT.begins.replace(hour=0), SLOT.ends) == []


async def test_appointments_of_two_tenants_are_two(calendar: Calendar) -> None:
    deliverer = CalendarDeliverer(calendar)
    for tenant_id in ("demo", "other"):
        await deliverer.deliver(replace(PUT, tenant_id=tenant_id))
    await deliverer.deliver(given("calendar", removal(BOOKED)["payload"], "other"))
    assert len(await calendar.busy(SLOT.begins, SLOT.ends)) == 1


async def test_a_row_put_twice_is_there_once(sheet: Sheet) -> None:
    deliverer = SheetDeliverer(TenantSheets(sheet), "patients_sheet", "patients", "phone")
    assert [(await deliverer.deliver(ROW)).proof["done"] for _ in range(2)] == ["added", "updated"]
    (row,) = await rows_with(sheet, "patients", "phone", "+919812345678")
    assert next(iter(row)) == "phone"
    assert (row["name"], row["preferred_doctor"]) == ("Asha Rao", "Dr. Anil Mehta")


async def test_a_row_may_be_the_payload_itself_and_hold_what_json_holds(sheet: Sheet) -> None:
    deliverer = SheetDeliverer(TenantSheets(sheet), "calls_sheet", "calls", "call_id")
    payload = {"call_id": "one", "summary": None, "known": True, "seconds": 12, "tags": ["a"]}
    await deliverer.deliver(given("calls_sheet", payload))
    (row,) = await rows_with(sheet, "calls", "call_id", "one")
    assert {**row, "summary": row.get("summary", "")} == {
        "call_id": "one",
        "summary": "",
        "known": "true",
        "seconds": "12",
        "tags": "['a']",
    }


@dataclass
class BrokenMail:
    """A way of sending that always fails."""

    error: Exception
    name: str = "broken"
    can_look: bool = True

    async def send(self, message: MailMessage) -> Receipt:
        """Fail."""
        raise self.error

    async def look_for(self, message: MailMessage) -> Receipt | None:
        """Fail."""
        raise self.error


@pytest.mark.parametrize(
    ("error", "again", "sent"),
    [
        (OutcomeUnknown("x", Fault.TIMEOUT), True, True),
        (ProviderUnavailable("x", Fault.SERVER), True, False),
        (ProviderRejected("x", Fault.CREDENTIALS), False, False),
        (InvalidInput("to must be an address", field="to"), False, False),
    ],
    ids=["unknown", "unavailable", "rejected", "invalid"],
)
async def test_a_failure_says_whether_it_can_have_arrived(error: Exception, again: bool, sent: bool) -> None:
    deliverer = MailDeliverer(BrokenMail(error))
    with pytest.raises(NotDelivered) as sending:
        await deliverer.deliver(LETTER)
    with pytest.raises(NotDelivered) as asking:
        await deliverer.read_back(LETTER)
    assert (sending.value.again, sending.value.sent) == (again, sent)
    assert (asking.value.again, asking.value.sent) == (again, True), "nobody can tell, so it may have been"


@pytest.mark.parametrize("kind", ["mail", "calendar", "patients_sheet"])
async def test_of_nothing_nothing_is_delivered(tmp_path: Path, kind: str) -> None:
    async with ics_calendar(tmp_path / "c") as calendar, csv_sheet(tmp_path / "s") as sheet:
        deliverers: dict[str, Deliverer] = {
            "mail": MailDeliverer(BrokenMail(AssertionError())),
            "calendar": CalendarDeliverer(calendar),
            "patients_sheet": SheetDeliverer(TenantSheets(sheet), "patients_sheet", "patients", "phone"),
        }
        assert deliverers[kind].kind == kind
        with pytest.raises(NotDelivered) as raised:
            await deliverers[kind].deliver(given(kind, None))
    assert not raised.value.again
