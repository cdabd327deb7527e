"""Who is calling, and the record of every call: from its first moment to its last, however it ends."""

import pytest

from playbooks.hospital.playbook import PLAYBOOK
from tests.integration.hospital.calls import DOCTOR, EMAIL, NAME, PHONE, FrontDesk, booking, moving, slots_of
from tests.integration.hospital.conftest import Rows

RECORD = (
    "SELECT call_type, status, customer_type, customer_name, customer_email, caller_phone, department_enquired,"
    " doctor_enquired, duration_seconds FROM hospital_calls"
)


async def customer_type_of(desk: FrontDesk, phone: str | None) -> str:
    """What the desk takes a caller for before the first word."""
    caller = await desk.call(phone)
    return str((await desk.parley.get_session_state(caller.session_id))["dataset"]["customer_type"])


async def greeting_of(desk: FrontDesk, phone: str) -> str | None:
    caller = await desk.call(phone)
    state = await desk.parley.get_session_state(caller.session_id)
    assert PLAYBOOK.greeting is not None
    return PLAYBOOK.greeting(state["dataset"], PLAYBOOK.context)


async def test_a_record_begins_with_the_call_and_follows_its_tools(desk: FrontDesk, rows: Rows) -> None:
    caller, (slot, other) = await desk.call(), slots_of(DOCTOR, 2)
    (record,) = await rows(RECORD)
    assert record == {
        **dict.fromkeys(record),
        "call_type": "inquiry",
        "status": "in_progress",
        "customer_type": "new",
        "caller_phone": PHONE,
    }
    wish = {name: value for name, value in booking(slot).items() if name not in ("patient_name", "email")}
    await caller.ask("check_appointment_availability", wish)
    (record,) = await rows(RECORD)
    assert (record["doctor_enquired"], record["department_enquired"]) == (DOCTOR, "Dermatology")
    await caller.ask("update_customer_info", {"field_to_update": "name", "new_value": NAME})
    assert (await rows(RECORD))[0]["customer_name"] == NAME
    number = {"appointment_id": (await caller.book(slot))["appointment_id"]}
    (record,) = await rows(RECORD)
    assert (record["call_type"], record["customer_type"]) == ("appointment_booking", "existing")
    assert record["customer_email"] == EMAIL
    await caller.do("reschedule_appointment", moving(other, **number))
    assert (await rows(RECORD))[0]["call_type"] == "rescheduling"
    await caller.do("cancel_appointment", number)
    assert (await rows(RECORD))[0]["call_type"] == "cancellation"


async def test_a_call_that_is_closed_is_completed_and_its_row_leaves(desk: FrontDesk, rows: Rows) -> None:
    caller = await desk.call()
    await caller.say("Where are you?")
    for _ in range(2):
        await desk.parley.close_session(caller.session_id)
    (record,) = await rows(RECORD)
    assert record["status"] == "completed"
    assert record["duration_seconds"] >= 0
    (entry,) = await rows("SELECT payload FROM outbox WHERE kind = 'calls_sheet'")
    assert entry["payload"] == {**entry["payload"], "call_id": caller.session_id, "status": "completed"}
    assert "tenant_id" not in entry["payload"]


async def test_an_erased_session_takes_its_record_along(desk: FrontDesk, rows: Rows) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    await caller.book(slot)
    await desk.parley.close_session(caller.session_id)
    await desk.parley.erase_session(caller.session_id)
    assert await rows(RECORD) == []
    assert await rows("SELECT kind FROM outbox") == []
    assert len(await rows("SELECT status FROM hospital_appointments")) == 1, "the appointment stands"


async def test_new_then_existing_then_returning_and_greeted_by_name(desk: FrontDesk, rows: Rows) -> None:
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    assert await greeting_of(desk, PHONE) is None
    await caller.book(slot)
    (record, *_) = await rows("SELECT customer_type FROM hospital_calls WHERE customer_name IS NOT NULL")
    assert record["customer_type"] == "existing"
    assert await greeting_of(desk, PHONE) == f"Hello {NAME}, this is Renova Hospitals. How can I help you?"
    again = await desk.call(PHONE)
    dataset = (await desk.parley.get_session_state(again.session_id))["dataset"]
    assert (dataset["customer_type"], dataset["preferred_doctor"]) == ("returning", DOCTOR)
    assert dataset["customer"] == {"name": NAME, "email": EMAIL, "phone": PHONE}
    assert dataset["last_visit"] == slot.begins.date().isoformat()
    kept = await rows("SELECT customer_name FROM hospital_calls WHERE customer_type = 'returning'")
    assert kept == [{"customer_name": NAME}] * 2


@pytest.mark.parametrize("line", ["09812345678", "919812345678", "+91 98123 45678"])
async def test_a_number_is_the_same_however_the_line_writes_it(desk: FrontDesk, line: str) -> None:
    await (await desk.call()).book(*slots_of(DOCTOR, 1))
    assert await customer_type_of(desk, line) == "returning"


@pytest.mark.parametrize("line", [None, "anonymous", "+919812345679"])
async def test_nobody_else_is_taken_for_the_patient(desk: FrontDesk, line: str | None) -> None:
    await (await desk.call()).book(*slots_of(DOCTOR, 1))
    assert await customer_type_of(desk, line) == "new"


async def test_the_register_follows_the_last_booking(desk: FrontDesk, rows: Rows) -> None:
    await (await desk.call()).book(*slots_of(DOCTOR, 1))
    (later,) = slots_of("Dr. Anil Mehta", 1)
    await (await desk.call()).book(later, email="new@wumpus.example")
    assert await rows("SELECT name, email, preferred_doctor, department FROM hospital_patients") == [
        {"name": NAME, "email": "new@wumpus.example", "preferred_doctor": "Dr. Anil Mehta", "department": "Cardiology"}
    ]


async def test_tenants_do_not_see_each_others_patients_or_times(desk: FrontDesk, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    ours, theirs = await desk.call(), await desk.call(tenant_id="other")
    booked = await ours.book(slot)
    missing = await theirs.do("cancel_appointment", {"appointment_id": booked["appointment_id"]})
    assert missing["status"] == "declined"
    assert missing["error"].startswith("I cannot find such an appointment.")
    assert (await theirs.book(slot))["appointment_id"] != booked["appointment_id"], "their doctor is another one"
    for table in ("hospital_appointments", "hospital_calls", "hospital_patients"):
        assert len(await rows(f"SELECT tenant_id FROM {table}")) == 1


PATIENTS = "SELECT name, phone, last_visit FROM hospital_patients ORDER BY created_at"


async def test_an_appointment_for_another_leaves_the_callers_row_theirs(desk: FrontDesk, rows: Rows) -> None:
    first, second = slots_of(DOCTOR, 2)
    await (await desk.call()).book(first)
    kept = await rows(PATIENTS)
    caller = await desk.call()
    await caller.ask("update_customer_info", {"field_to_update": "patient", "new_value": "Sunita Rao"})
    booked = await caller.book(second, patient_name="Sunita Rao", email="sunita@wumpus.example")
    assert await rows(PATIENTS) == kept
    await (await desk.call()).do("cancel_appointment", {"appointment_id": booked["appointment_id"]})
    assert await rows(PATIENTS) == kept
    assert await greeting_of(desk, PHONE) == f"Hello {NAME}, this is Renova Hospitals. How can I help you?"


async def test_whom_a_new_caller_books_for_is_kept_under_their_own_number_alone(desk: FrontDesk, rows: Rows) -> None:
    first, second = slots_of(DOCTOR, 2)
    caller = await desk.call()
    await caller.ask("update_customer_info", {"field_to_update": "patient", "new_value": "Sunita Rao"})
    await caller.book(first, patient_name="Sunita Rao")
    assert await rows(PATIENTS) == []
    await caller.book(second, patient_name="Sunita Rao", phone="+919800000001")
    assert [(row["name"], row["phone"]) for row in await rows(PATIENTS)] == [("Sunita Rao", "+919800000001")]
    assert await customer_type_of(desk, PHONE) == "new"
