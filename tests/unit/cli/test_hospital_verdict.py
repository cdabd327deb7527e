"""When the demo of the front desk says that something is wrong."""

from datetime import date, time
from typing import Any

import pytest

from cli.demo.hospital.performance import wrong_with
from cli.demo.hospital.talks import Talk
from cli.demo.hospital.visits import load_visits
from cli.demo.hospital.wanted import Wanted
from playbooks.hospital.directory import DIRECTORY

VISITS = load_visits(DIRECTORY.now(1_795_000_000))
WANTED = Wanted("Dr. Anil Mehta", date(2026, 11, 25), time(10))
BOOKED = {
    "doctor_name": "Dr. Anil Mehta",
    "date": "2026-11-25",
    "time": "10:00 AM",
    "patient_name": VISITS.name,
    "email": VISITS.email,
    "status": "booked",
}


def _talk(*appointments: dict[str, Any], status: str = "closed", turns: tuple[dict[str, Any], ...] = ()) -> Talk:
    return Talk("session", status, WANTED, list(turns), {"appointments": list(appointments)})


@pytest.mark.parametrize("talk", [_talk(), _talk(BOOKED), _talk(BOOKED, BOOKED | {"status": "cancelled"})])
def test_nothing_booked_and_what_was_wanted_booked_are_right(talk: Talk) -> None:
    assert wrong_with(talk, VISITS) == []


@pytest.mark.parametrize(
    ("talk", "about"),
    [
        (_talk(BOOKED | {"date": "2026-11-26"}), "Wanted was Wednesday 25 November"),
        (_talk(BOOKED | {"time": "10:30 AM"}), "Wanted was"),
        (_talk(BOOKED | {"doctor_name": "Dr. Priya Sharma"}), "Wanted was"),
        (_talk(BOOKED, BOOKED), "Wanted was"),
        (_talk(BOOKED | {"patient_name": "Somebody Else"}), "Somebody Else"),
        (_talk(BOOKED | {"email": "else@example.com"}), "else@example.com"),
        (_talk(BOOKED, status="active"), "active"),
    ],
)
def test_anything_else_is_wrong(talk: Talk, about: str) -> None:
    assert about in " ".join(wrong_with(talk, VISITS))


def test_how_far_a_call_came_is_told_step_by_step() -> None:
    greeting = {"role": "agent", "raw_text": f"Hello {VISITS.name}.", "result": None}
    check = {"function_name": "check_appointment_availability", "success": True, "status": "done"}
    held = {"function_name": "book_appointment", "success": False, "status": "held"}
    asked, read = ({"role": "caller", "result": {"reply": "", "function_calls": [call]}} for call in (check, held))
    assert list(_talk().reached(VISITS.name).values()) == [False] * 4
    assert list(_talk(turns=(greeting, asked)).reached(VISITS.name).values()) == [True, True, False, False]
    assert all(_talk(BOOKED, turns=(greeting, asked, read)).reached(VISITS.name).values())


def test_everything_that_is_said_by_telephone_has_its_sound() -> None:
    assert VISITS.telephoned.sounds.keys() == VISITS.telephoned.words.keys()
    assert [path for path in VISITS.telephoned.sounds.values() if not path.is_file()] == []
    assert set(VISITS.asked) <= set(VISITS.written.words)
