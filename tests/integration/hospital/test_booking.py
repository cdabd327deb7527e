"""Booking, cancelling and moving: what is committed together, and what a second try finds."""

import asyncio

import pytest
from psycopg import errors

from providers.postgres.database import Database
from tests.integration.hospital.calls import DOCTOR, EMAIL, NAME, PHONE, FrontDesk, booking, moving, slots_of
from tests.integration.hospital.conftest import Break, Rows, open_desk

BOOKED = "SELECT appointment_id, lower(during) AS begins FROM hospital_appointments WHERE status = 'booked'"


async def test_a_booking_is_there_with_its_call_and_all_that_leaves(desk: FrontDesk, rows: Rows) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    details = await caller.book(slot)
    (kept,) = await rows("SELECT * FROM hospital_appointments")
    assert (kept["appointment_id"], kept["doctor"], kept["patient_name"], kept["phone"]) == (
        details["appointment_id"],
        DOCTOR,
        NAME,
        PHONE,
    )
    assert (kept["during"].lower, kept["during"].upper) == (slot.begins, slot.ends)
    (call,) = await rows("SELECT status, result FROM tool_calls WHERE name = 'book_appointment'")
    assert (call["status"], call["result"]["appointment_details"]) == ("done", details)
    left = await rows("SELECT kind, status FROM outbox ORDER BY kind")
    assert [(each["kind"], each["status"]) for each in left] == [
        (kind, "intended") for kind in ("calendar", "mail", "patients_sheet")
    ]


async def test_two_replicas_and_one_slot(desk: FrontDesk, database: Database, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    async with open_desk(database) as other:
        callers = [await desk.call("+919812345670"), await other.call("+919812345671")]
        held = [await caller.hold("book_appointment", booking(slot)) for caller in callers]
        made = await asyncio.gather(*(caller.grant(one) for caller, one in zip(callers, held, strict=True)))
    assert sorted(call["status"] for call in made) == ["declined", "done"]
    (lost,) = [call for call in made if call["status"] == "declined"]
    assert len(lost["result"]["alternatives"]) >= 3
    assert lost["result"]["message"].endswith("has just been taken.")
    assert len(await rows(BOOKED)) == 1


async def test_a_cancelled_slot_is_free_again(desk: FrontDesk, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    first, second = await desk.call("+919812345670"), await desk.call("+919812345671")
    details = await first.book(slot)
    number = {"appointment_id": details["appointment_id"]}
    assert (await first.do("cancel_appointment", number))["status"] == "done"
    again = await second.book(slot)
    assert again["appointment_id"] != details["appointment_id"]
    assert [row["appointment_id"] for row in await rows(BOOKED)] == [again["appointment_id"]]


async def test_booked_again_after_it_was_cancelled_it_is_a_new_one(desk: FrontDesk) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    first = await caller.book(slot)
    await caller.do("cancel_appointment", {"appointment_id": first["appointment_id"]})
    assert (await caller.book(slot))["appointment_id"] != first["appointment_id"]


async def test_asked_for_twice_it_is_booked_once(desk: FrontDesk, rows: Rows) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    details = await caller.book(slot)
    again = await caller.ask("book_appointment", booking(slot))
    assert (again["status"], again["result"]["appointment_details"]) == ("unchanged", details)
    assert len(await rows(BOOKED)) == 1


async def test_of_two_who_cancel_at_once_one_finds_it_gone(desk: FrontDesk, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    first, second = await desk.call("+919812345670"), await desk.call("+919812345671")
    number = {"appointment_id": (await first.book(slot))["appointment_id"]}
    held = [(caller, await caller.hold("cancel_appointment", number)) for caller in (first, second)]
    made = await asyncio.gather(*(caller.grant(one) for caller, one in held))
    assert sorted(call["status"] for call in made) == ["declined", "done"]
    assert await rows("SELECT sequence FROM hospital_appointments") == [{"sequence": 1}]
    letters = await rows("SELECT 1 FROM outbox WHERE kind = 'mail'")
    assert len(letters) == 2, "one that confirms, one that takes it back"


async def test_moved_it_leaves_its_old_time_to_others(desk: FrontDesk, rows: Rows) -> None:
    old, new = slots_of(DOCTOR, 2)
    first, second = await desk.call("+919812345670"), await desk.call("+919812345671")
    number = {"appointment_id": (await first.book(old))["appointment_id"]}
    moved = await first.do("reschedule_appointment", moving(new, **number))
    assert moved["result"]["appointment_details"]["time"] == f"{new.begins:%I:%M %p}"
    await second.book(old)
    assert sorted(row["begins"] for row in await rows(BOOKED)) == [old.begins, new.begins]


async def test_of_two_who_move_to_one_time_the_slower_keeps_the_old(desk: FrontDesk, rows: Rows) -> None:
    one, two, wanted = slots_of(DOCTOR, 3)
    callers = [await desk.call("+919812345670"), await desk.call("+919812345671")]
    booked = [await caller.book(slot) for caller, slot in zip(callers, (one, two), strict=True)]
    held = [
        await caller.hold("reschedule_appointment", moving(wanted, appointment_id=each["appointment_id"]))
        for caller, each in zip(callers, booked, strict=True)
    ]
    made = await asyncio.gather(*(caller.grant(each) for caller, each in zip(callers, held, strict=True)))
    assert sorted(call["status"] for call in made) == ["declined", "done"]
    slower = [call["status"] for call in made].index("declined")
    assert {row["begins"] for row in await rows(BOOKED)} == {wanted.begins, (one, two)[slower].begins}
    assert len(made[slower]["result"]["alternatives"]) >= 3


@pytest.mark.parametrize("broken", ["book", "note_call", "keep_patient", "keep_visit"])
async def test_where_one_statement_breaks_nothing_is_written(
    desk: FrontDesk, rows: Rows, breaks: Break, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    held = await caller.hold("book_appointment", booking(slot))
    breaks(broken)
    with pytest.raises(errors.DivisionByZero):
        await caller.grant(held)
    assert await rows(
        "SELECT (SELECT count(*) FROM hospital_appointments) AS booked, "
        "(SELECT count(*) FROM hospital_patients) AS known, (SELECT count(*) FROM outbox) AS leaving"
    ) == [{"booked": 0, "known": 0, "leaving": 0}]
    assert await rows("SELECT status FROM tool_calls WHERE name = 'book_appointment'") == [{"status": "held"}]
    assert await rows("SELECT customer_email FROM hospital_calls") == [{"customer_email": None}]
    monkeypatch.undo()
    assert (await caller.grant(held))["status"] == "done"
    assert len(await rows(BOOKED)) == 1


async def test_the_database_itself_refuses_what_overlaps(desk: FrontDesk, database: Database, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    await (await desk.call()).book(slot)
    with pytest.raises(errors.ExclusionViolation):
        await database.run(
            "demo",
            "INSERT INTO hospital_appointments (appointment_id, doctor, department, patient_name, name_key, email,"
            " during) SELECT 'RHOTHER', doctor, department, patient_name, name_key, email,"
            " tstzrange(upper(during) - interval '1 minute', upper(during)) FROM hospital_appointments",
        )
    assert len(await rows(BOOKED)) == 1
    assert EMAIL in str(await rows("SELECT email FROM hospital_appointments"))


async def test_nor_does_it_let_one_be_moved_onto_another(desk: FrontDesk, database: Database) -> None:
    caller, (first, second) = await desk.call(), slots_of(DOCTOR, 2)
    for slot in (first, second):
        await caller.book(slot)
    with pytest.raises(errors.ExclusionViolation):
        await database.run("demo", "UPDATE hospital_appointments SET during = tstzrange('2030-01-01', '2030-01-02')")


async def test_of_two_replicas_that_move_to_one_time_one_wins(desk: FrontDesk, database: Database, rows: Rows) -> None:
    one, two, wanted = slots_of(DOCTOR, 3)
    async with open_desk(database) as other:
        callers = [await desk.call("+919812345670"), await other.call("+919812345671")]
        booked = [await caller.book(slot) for caller, slot in zip(callers, (one, two), strict=True)]
        held = [
            await caller.hold("reschedule_appointment", moving(wanted, appointment_id=each["appointment_id"]))
            for caller, each in zip(callers, booked, strict=True)
        ]
        made = await asyncio.gather(*(caller.grant(each) for caller, each in zip(callers, held, strict=True)))
    assert sorted(call["status"] for call in made) == ["declined", "done"]
    assert len({row["begins"] for row in await rows(BOOKED)}) == 2


async def test_an_appointment_takes_as_long_as_was_asked_for(desk: FrontDesk) -> None:
    caller, (first, second, third) = await desk.call(), slots_of(DOCTOR, 3)
    details = await caller.book(first, duration_minutes=60)
    assert details["duration_minutes"] == 60
    taken = await caller.do("book_appointment", booking(second))
    assert (taken["status"], len(taken["result"]["alternatives"]) >= 3) == ("declined", True)
    await caller.book(third)


async def test_it_does_not_go_on_after_the_doctor_has_left(desk: FrontDesk) -> None:
    caller = await desk.call()
    last = next(
        slot for slot in slots_of(DOCTOR, 20) if slot.ends not in {each.begins for each in slots_of(DOCTOR, 21)}
    )
    late = await caller.do("book_appointment", booking(last, duration_minutes=60))
    assert (late["status"], late["result"]["error_type"]) == ("declined", "validation")
    assert "sees patients from" in late["result"]["message"]
    await caller.book(last)
