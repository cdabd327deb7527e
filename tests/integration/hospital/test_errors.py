"""What a tool that comes to nothing says: whose fault it is, a sentence for the caller, and nothing of the inside."""

import json
from typing import Any

import pytest

from tests.integration.hospital.calls import DOCTOR, Arguments, Caller, FrontDesk, booking, moving, slots_of
from tests.integration.hospital.conftest import Break, Rows

LEAKS = ("division", "psycopg", "sql", "hospital_", "select", "traceback", "relation", "postgres", ".py")
UNKNOWN_NUMBER = "RHZZZZZZZZ"


def asking(**changed: Any) -> Arguments:
    """What is asked about a slot."""
    wish = booking(*slots_of(DOCTOR, 1), **changed)
    return {name: value for name, value in wish.items() if name not in ("patient_name", "email")}


def told(result: Any) -> dict[str, Any]:
    """What the caller's side is told of the one call, with nothing of the inside in it."""
    text = json.dumps(result).casefold()
    assert [word for word in LEAKS if word in text] == []
    (call,) = result["function_calls"]
    said: dict[str, Any] = call["result"]
    assert not said["success"]
    assert said["message"][0].isupper()
    assert said["message"][-1] in ".?"
    return said


async def spoken(caller: Caller, name: str, arguments: Arguments) -> dict[str, Any]:
    """Have a tool called that must come to nothing."""
    return told(await caller.say(caller.wishes.add(name, arguments)))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check_appointment_availability", asking(appointment_date="2020-01-01")),
        ("check_appointment_availability", asking(doctor_name="Dr. House")),
        ("check_appointment_availability", asking(duration_minutes="long")),
        ("send_appointment_email", {"appointment_id": UNKNOWN_NUMBER}),
        ("update_customer_info", {"field_to_update": "email", "new_value": "zeb at wumpus\r\nBcc: all@wumpus.example"}),
        ("log_call_information", {"summary": "x" * 2_001}),
    ],
)
async def test_what_cannot_be_is_a_matter_of_validation(desk: FrontDesk, name: str, arguments: Arguments) -> None:
    assert (await spoken(await desk.call(), name, arguments))["error_type"] == "validation"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("book_appointment", booking(*slots_of(DOCTOR, 1), email="nobody")),
        ("book_appointment", booking(*slots_of(DOCTOR, 1), phone="12345")),
        ("book_appointment", booking(*slots_of(DOCTOR, 1), appointment_time="11:00 PM")),
        ("cancel_appointment", {"appointment_id": UNKNOWN_NUMBER}),
        ("reschedule_appointment", moving(*slots_of(DOCTOR, 1), appointment_id=UNKNOWN_NUMBER)),
    ],
)
async def test_so_it_is_for_what_was_agreed_to(desk: FrontDesk, name: str, arguments: Arguments) -> None:
    call = await (await desk.call()).do(name, arguments)
    assert told({"function_calls": [call]})["error_type"] == "validation"


@pytest.mark.parametrize(
    ("name", "arguments", "broken"),
    [
        ("check_appointment_availability", asking(), "taken"),
        ("send_appointment_email", {"appointment_id": UNKNOWN_NUMBER}, "found"),
    ],
)
async def test_a_database_that_breaks_unforeseen_is_unknown(
    desk: FrontDesk, breaks: Break, name: str, arguments: Arguments, broken: str
) -> None:
    breaks(broken)
    assert (await spoken(await desk.call(), name, arguments))["error_type"] == "unknown"


@pytest.mark.parametrize(
    ("name", "arguments", "broken"),
    [
        ("book_appointment", booking(*slots_of(DOCTOR, 1)), "taken"),
        ("cancel_appointment", {"appointment_id": UNKNOWN_NUMBER}, "found"),
        ("reschedule_appointment", moving(*slots_of(DOCTOR, 1), appointment_id=UNKNOWN_NUMBER), "found"),
    ],
)
async def test_so_it_is_after_a_yes(
    desk: FrontDesk, breaks: Break, name: str, arguments: Arguments, broken: str
) -> None:
    caller = await desk.call()
    held = await caller.hold(name, arguments)
    breaks(broken)
    call = await caller.grant(held)
    assert told({"function_calls": [call]})["error_type"] == "unknown"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("check_appointment_availability", asking()),
        ("update_customer_info", {"field_to_update": "name", "new_value": "Zebulon Quixley"}),
        ("log_call_information", {"summary": "a rash"}),
    ],
)
async def test_what_could_not_be_kept_has_not_happened(
    desk: FrontDesk, rows: Rows, breaks: Break, name: str, arguments: Arguments
) -> None:
    caller = await desk.call()
    breaks("note_call")
    assert (await spoken(caller, name, arguments))["error_type"] == "unknown"
    assert await rows("SELECT 1 FROM tool_calls") == []
    state = await desk.parley.get_session_state(caller.session_id)
    assert state["dataset_version"] == 0
