"""Asking and booking: what the tools answer, write and send, and what they refuse."""

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import InvalidInput
from domain.tool_call import ConsentMode, Effect
from playbooks.hospital.playbook import PLAYBOOK
from tests.unit.playbooks.hospital.at_the_desk import BOOKING, CHECKED, NOW, SHARMA, Desk

SLOT = {
    "date": "2026-11-19",
    "time": "11:00 AM",
    "doctor_name": SHARMA,
    "department": "Dermatology",
    "duration_minutes": 30,
}
LONG = {"notes": "x" * 2_001}


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_free_slot(desk: Desk) -> None:
    answer = await desk.ask("check_appointment_availability", CHECKED)
    assert answer.result == {
        "success": True,
        "available": True,
        "message": "Thursday, 19 November at 11:00 AM with Dr. Priya Sharma is free.",
        "requested_slot": SLOT,
    }
    assert desk.dataset["requested"] == {**SLOT, "available": True}
    assert [each["name"] for each in answer.statements] == ["note_call"]


async def test_a_taken_slot_has_three_others_and_says_who_is_in_the_way(desk: Desk) -> None:
    desk.take(19, 11)
    result = (await desk.ask("check_appointment_availability", CHECKED)).result
    assert result["available"] is False
    assert [each["time"] for each in result["alternatives"]] == ["10:30 AM", "11:30 AM", "10:00 AM"]
    assert result["conflicts"] == [
        {"doctor_name": SHARMA, "from": "2026-11-19T11:00:00+05:30", "to": "2026-11-19T11:30:00+05:30"}
    ]
    assert desk.dataset["alternatives"] == result["alternatives"]


async def test_a_department_has_time_where_one_of_its_doctors_has(desk: Desk) -> None:
    begins = NOW.replace(day=19, hour=14)
    desk.tables.add("Dr. Imran Khan", "General Medicine", begins, begins + timedelta(minutes=30))
    wish = {"appointment_date": "2026-11-19", "appointment_time": "2:00 PM", "department": "fever"}
    result = (await desk.ask("check_appointment_availability", wish)).result
    assert (result["available"], result["requested_slot"]["doctor_name"]) == (True, "Dr. Neha Gupta")


INVALID = {
    "past": ({"appointment_date": "2026-11-16"}, "That time has already passed."),
    "an hour ago": ({"appointment_date": "2026-11-17", "appointment_time": "10:00 AM"}, "That time has already"),
    "closed": ({"appointment_date": "2026-11-22"}, "Dr. Priya Sharma does not see patients on Sundays."),
    "holiday": ({"appointment_date": "2026-12-25"}, "We are closed on Friday, 25 December for Christmas Day."),
    "hours": ({"appointment_time": "8:00 PM"}, "Dr. Priya Sharma sees patients from 10:00 AM to 1:00 PM and 3:00 PM"),
    "too long for the morning": ({"duration_minutes": 150}, "Dr. Priya Sharma sees patients from 10:00 AM"),
    "far": ({"appointment_date": "2027-02-16"}, "We book up to 90 days ahead."),
    "doctor": ({"doctor_name": "Dr. House"}, "We have no doctor of that name."),
    "department": ({"department": "Astrology"}, "We have no department of that name."),
    "other department": ({"department": "Cardiology"}, "Dr. Priya Sharma works in Dermatology."),
    "31 February": ({"appointment_date": "2027-02-31"}, "I am afraid there is no such date."),
    "25 o'clock": ({"appointment_time": "25:00"}, "There is no such time."),
    "length": ({"duration_minutes": 5}, "An appointment takes 10 to 240 minutes."),
}
PERSON = {
    "e-mail": ({"email": "asha at example"}, "That does not sound like an e-mail address."),
    "header": ({"email": "asha@example.com\r\nBcc: all@example.com"}, "That does not sound like an e-mail address."),
    "phone": ({"phone": "12345"}, "That does not sound like a telephone number."),
    "name": ({"patient_name": "..."}, "I did not catch the name."),
    "control characters": ({"patient_name": "Asha\x00"}, "I did not catch the name."),
}


@pytest.mark.parametrize(("changed", "sentence"), (INVALID | PERSON).values(), ids=(INVALID | PERSON).keys())
async def test_what_cannot_be_booked_is_said_in_a_sentence(desk: Desk, changed: dict[str, Any], sentence: str) -> None:
    refusal = await desk.refusal("book_appointment", BOOKING | changed)
    assert refusal.message.startswith(sentence)
    assert refusal.result["error_type"] == "validation"
    assert desk.tables.rows == []


@pytest.mark.parametrize(("changed", "sentence"), INVALID.values(), ids=INVALID.keys())
async def test_nor_can_it_be_asked_about(desk: Desk, changed: dict[str, Any], sentence: str) -> None:
    refusal = await desk.refusal("check_appointment_availability", CHECKED | changed)
    assert refusal.message.startswith(sentence)
    assert refusal.result["error_type"] == "validation"


async def test_a_booking_is_written_and_what_is_due_leaves(desk: Desk) -> None:
    answer = await desk.ask("book_appointment", BOOKING)
    details = answer.result["appointment_details"]
    assert answer.result["message"] == "Booked: Thursday, 19 November at 11:00 AM with Dr. Priya Sharma."
    assert (answer.result["email_sent"], answer.result["email_status"]) == (False, "queued")
    assert details["phone"] == "+919812345678"
    assert [post["kind"] for post in answer.posts] == ["mail", "calendar"]
    assert [each["name"] for each in answer.statements] == ["book", "note_call", "keep_patient", "keep_visit"]
    assert desk.dataset["appointments"] == [details]


@pytest.mark.parametrize("line", [None, "anonymous", "client:web", "+266696687"])
async def test_a_withheld_number_stands_in_nobodys_way(desk: Desk, line: str | None) -> None:
    desk.caller_phone = line
    answer = await desk.ask("book_appointment", BOOKING)
    assert answer.result["appointment_details"]["phone"] is None
    assert [post["kind"] for post in answer.posts] == ["mail", "calendar"]


async def test_a_slot_that_was_just_taken_is_declined_with_others(desk: Desk) -> None:
    desk.take(19, 11)
    answer = await desk.ask("book_appointment", BOOKING)
    assert answer.declined == (
        "I am sorry, Thursday, 19 November at 11:00 AM with Dr. Priya Sharma has just been taken."
    )
    assert answer.result["available"] is False
    assert len(answer.result["alternatives"]) >= 3
    assert answer.posts == ()
    (noted,) = answer.statements
    assert (noted["name"], noted["params"]["doctor"]) == ("note_call", SHARMA), "the call was about them all the same"


async def test_the_same_call_gives_the_same_number_and_another_call_another() -> None:
    first, same, other = Desk(), Desk(), Desk(made=1)
    numbers = [(await each.book())["appointment_id"] for each in (first, same, other)]
    assert numbers[0] == numbers[1] != numbers[2]
    assert all(len(number) == 10 and number.isalnum() for number in numbers)


async def test_what_the_call_is_about_is_noted(desk: Desk) -> None:
    answer = await desk.ask("log_call_information", {"call_type": "inquiry", "notes": "asked about parking"})
    assert (desk.dataset["call_type"], desk.dataset["notes"]) == ("inquiry", "asked about parking")
    (statement,) = answer.statements
    assert statement["params"]["call_type"] == "inquiry"
    assert statement["params"]["summary"] is None


async def test_a_note_without_end_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="notes"):
        await desk.ask("log_call_information", LONG)


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("name", "  Asha   Pillai ", "Asha Pillai"),
        ("email", "asha@EXAMPLE.com", "asha@example.com"),
        ("phone", "98123 45678", "+919812345678"),
    ],
)
async def test_who_the_patient_is(desk: Desk, field: str, given: str, kept: str) -> None:
    answer = await desk.ask("update_customer_info", {"field_to_update": field, "new_value": given})
    assert desk.dataset["customer"] == {field: kept}
    (noted,) = answer.statements
    assert noted["params"].get(field) == (None if field == "phone" else kept)


def test_what_commits_is_read_back_first() -> None:
    policies = {tool.name: tool.policy for tool in PLAYBOOK.tools}
    gated = {name for name, policy in policies.items() if policy.consent is ConsentMode.READ_BACK}
    assert gated == {"book_appointment", "cancel_appointment", "reschedule_appointment"}
    assert all(policies[name].effect is Effect.COMMIT for name in gated)
