"""A patient's last visit: the newest appointment that stands, in the register and in the sheet."""

import asyncio
from datetime import date
from typing import Any

from tests.integration.hospital.calls import DOCTOR, NAME, PHONE, FrontDesk, booking, moving, slots_of
from tests.integration.hospital.conftest import Rows

OTHER_DOCTOR = "Dr. Anil Mehta"
RELATIVE, CHILD = "+919812345670", "Aarav Quixley"


async def last_visit(rows: Rows) -> date | None:
    """What the register says, and, as the last row on its way there, the sheet."""
    (patient,) = await rows("SELECT last_visit FROM hospital_patients")
    left = await rows("SELECT payload FROM outbox WHERE kind = 'patients_sheet' ORDER BY created_at")
    assert left[-1]["payload"]["last_visit"] == (patient["last_visit"] and patient["last_visit"].isoformat())
    visit: date | None = patient["last_visit"]
    return visit


def number_of(details: dict[str, Any]) -> dict[str, str]:
    return {"appointment_id": details["appointment_id"]}


async def test_it_follows_what_is_booked_moved_and_cancelled(desk: FrontDesk, rows: Rows) -> None:
    early, *_, late, later = slots_of(DOCTOR, 60)
    caller = await desk.call()
    second = number_of(await caller.book(late))
    first = number_of(await caller.book(early))
    assert await last_visit(rows) == late.begins.date(), "the newest, not what was booked last"
    await caller.do("reschedule_appointment", moving(later, **second))
    assert await last_visit(rows) == later.begins.date()
    await caller.do("cancel_appointment", second)
    assert await last_visit(rows) == early.begins.date()
    await caller.do("cancel_appointment", first)
    assert await last_visit(rows) is None


async def test_the_sheet_has_the_whole_register(desk: FrontDesk, rows: Rows) -> None:
    await (await desk.call()).book(*slots_of(DOCTOR, 1))
    (entry,) = await rows("SELECT payload FROM outbox WHERE kind = 'patients_sheet'")
    assert set(entry["payload"]) == {
        *("phone", "name", "email", "last_visit", "preferred_doctor", "department"),
        *("language", "customer_type", "notes", "created_at", "updated_at"),
    }
    assert (entry["payload"]["phone"], entry["payload"]["name"]) == (PHONE, NAME)


async def test_of_a_cancellation_and_a_booking_at_once_neither_is_overlooked(desk: FrontDesk, rows: Rows) -> None:
    early, *_, late = slots_of(DOCTOR, 60)
    callers = [await desk.call(), await desk.call()]
    gone = number_of(await callers[0].book(late))
    (other,) = slots_of(OTHER_DOCTOR, 1)
    held = [
        await callers[0].hold("cancel_appointment", gone),
        await callers[1].hold("book_appointment", booking(other)),
    ]
    await asyncio.gather(*(caller.grant(one) for caller, one in zip(callers, held, strict=True)))
    (patient,) = await rows("SELECT last_visit FROM hospital_patients")
    assert patient["last_visit"] == other.begins.date()
    assert early.begins.date() <= other.begins.date() < late.begins.date()


async def test_a_relative_changes_that_of_the_patient_from_their_own_line(desk: FrontDesk, rows: Rows) -> None:
    early, late, later = slots_of(DOCTOR, 60)[::29]
    patient = await desk.call()
    await patient.book(early)
    number = number_of(await patient.book(late))
    relative = await desk.call(RELATIVE)
    await relative.do("reschedule_appointment", moving(later, **number))
    assert await last_visit(rows) == later.begins.date()
    await relative.do("cancel_appointment", number)
    assert await last_visit(rows) == early.begins.date()


async def test_whose_appointment_else_stands_under_the_number_leaves_it(desk: FrontDesk, rows: Rows) -> None:
    early, late, later = slots_of(DOCTOR, 60)[::29]
    patient = await desk.call()
    await patient.book(early)
    await patient.ask("update_customer_info", {"field_to_update": "patient", "new_value": CHILD})
    number = number_of(await patient.book(late, patient_name=CHILD))
    relative = await desk.call(RELATIVE)
    await relative.do("reschedule_appointment", moving(later, **number))
    assert await last_visit(rows) == early.begins.date()
    await relative.do("cancel_appointment", number)
    assert await last_visit(rows) == early.begins.date()
