"""What the tools' arguments mean, and the sentences about those that cannot be meant."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ToolRefused
from playbooks.hospital import reading
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import said_time
from tests.unit.playbooks.hospital.elsewhere import ADA, AUTUMN, BERLIN, CLEO, EYES, NOX, SPRING

NO_DATE = "I am afraid there is no such date. Which day would you like?"
NO_TIME = "There is no such time. At what time would you like to come?"
WHAT_TIME = "I did not understand the time. At what time would you like to come?"
NO_EMAIL = "That does not sound like an e-mail address. Could you spell it for me?"
NO_PHONE = "That does not sound like a telephone number. Could you say it digit by digit?"
NO_NAME = "I did not catch the name. Could you tell me the patient's full name?"
DERMATOLOGY = "Dr. Priya Sharma"


def refused(sentence: str) -> pytest.RaisesExc[ToolRefused]:
    """A refusal whose sentence begins so."""
    return pytest.raises(ToolRefused, match="^" + re.escape(sentence), check=_is_validation)


def _is_validation(error: ToolRefused) -> bool:
    return error.result == {"error_type": "validation", "available": False}


def test_a_day() -> None:
    assert reading.read_day(" 2028-02-29 ") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["2027-02-31", "2027-02-29", "2027-13-01", "tomorrow", "31/01/2027", "", "0000-01-01"])
def test_a_day_that_there_is_not(text: str) -> None:
    with refused(NO_DATE):
        reading.read_day(text)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("04:30 PM", time(16, 30)),
        ("4:30 p.m.", time(16, 30)),
        ("12:00 AM", time(0)),
        ("12:15 pm", time(12, 15)),
        ("9 AM", time(9)),
        ("16:30", time(16, 30)),
    ],
)
def test_a_time(text: str, clock: time) -> None:
    assert reading.read_time(text) == clock


@pytest.mark.parametrize("text", ["25:00", "10:60", "13:00 PM", "0:30 AM"])
def test_a_time_that_there_is_not(text: str) -> None:
    with refused(NO_TIME):
        reading.read_time(text)


@pytest.mark.parametrize("text", ["noonish", "", "10.30.15", "-1:00", "10:5 AM", "١٠:xx"])
def test_what_is_no_time(text: str) -> None:
    with refused(WHAT_TIME):
        reading.read_time(text)


@given(st.times())
def test_what_is_said_of_a_time_is_read_as_it(clock: time) -> None:
    assert reading.read_time(said_time(clock)) == clock.replace(second=0, microsecond=0)


@given(st.text(max_size=20))
def test_any_words_are_a_time_or_refused(text: str) -> None:
    try:
        found: time | str = reading.read_time(text)
    except ToolRefused as refusal:
        found = refusal.message
    assert isinstance(found, time) or found in (NO_TIME, WHAT_TIME)


def test_when_the_clocks_are_put_forward_an_hour_is_missing() -> None:
    with refused("On that day the clocks are changed, and there is no 2:30 AM. Which time would suit you?"):
        reading.read_slot(BERLIN, SPRING.isoformat(), "02:30 AM", 30, doctor=NOX, department=None)
    after = reading.read_slot(BERLIN, SPRING.isoformat(), "03:00 AM", 30, doctor=NOX, department=None)
    assert after.begins.utcoffset() != BERLIN.at(SPRING, time(1)).utcoffset()


def test_when_they_are_put_back_the_first_of_two_hours_is_meant() -> None:
    twice = reading.read_slot(BERLIN, AUTUMN.isoformat(), "02:30 AM", 30, doctor=NOX, department=None)
    assert twice.begins.isoformat() == "2027-10-31T02:30:00+02:00"


@pytest.mark.parametrize("minutes", [-30, 0, 9, 241, 10_000])
def test_no_appointment_takes_so_long(minutes: int) -> None:
    with refused("An appointment takes 10 to 240 minutes."):
        reading.read_slot(BERLIN, "2027-03-16", "10:00 AM", minutes, doctor=ADA, department=None)


def test_a_doctor_elsewhere_is_offered_there() -> None:
    with refused("Dr. Nox Night works in Sleep. Would you like to see Dr. Nox Night there?"):
        reading.read_slot(BERLIN, "2027-03-16", "10:00 AM", 30, doctor=NOX, department=EYES)


def test_somebody_must_be_seen() -> None:
    with refused("Which department or which doctor would you like to see?"):
        reading.read_slot(BERLIN, "2027-03-16", "10:00 AM", 30, doctor=None, department=None)


@pytest.mark.parametrize(
    ("clock", "minutes", "doctor"), [("08:30 AM", 30, CLEO), ("10:00 AM", 30, ADA), ("09:45 AM", 30, ADA)]
)
def test_with_a_department_the_first_doctor_who_has_the_time_is_meant(clock: str, minutes: int, doctor: str) -> None:
    slot = reading.read_slot(BERLIN, "2027-03-16", clock, minutes, doctor=None, department="eye doctor")
    assert (slot.doctor, slot.department) == (doctor, EYES)


def test_of_the_real_one_too_the_doctor_who_stays_longer_is_found() -> None:
    slot = reading.read_slot(DIRECTORY, "2026-11-24", "04:45 PM", 30, doctor=None, department="physician")
    assert slot.doctor == "Dr. Neha Gupta"


@pytest.mark.parametrize("text", ["skin", " Skin Doctor ", "DERMATOLOGY", "rash"])
def test_a_department_by_what_patients_call_it(text: str) -> None:
    assert reading.read_department(DIRECTORY, text) == "Dermatology"


@pytest.mark.parametrize("text", ["Astrology", "", "derma\r\nBcc: x@example.com"])
def test_a_department_that_there_is_not(text: str) -> None:
    with refused("We have no department of that name. We have General Medicine, Cardiology, "):
        reading.read_department(DIRECTORY, text)


@pytest.mark.parametrize("text", ["Dr. Priya Sharma", "doctor sharma", "PRIYA", "Dr Pria Sharma", "dr. sharma priya"])
def test_a_doctor_by_a_part_of_the_name(text: str) -> None:
    assert reading.read_doctor(DIRECTORY, text) == DERMATOLOGY


@pytest.mark.parametrize("text", ["Dr. House", "", "Dr.", "Shar", "x" * 10_000])
def test_a_doctor_whom_there_is_not(text: str) -> None:
    with refused("We have no doctor of that name. Which department would you like?"):
        reading.read_doctor(DIRECTORY, text)


def test_two_doctors_of_a_name_are_told() -> None:
    with refused("We have Dr. Ada Abel and Dr. Ben Abel. Whom would you like to see?"):
        reading.read_doctor(BERLIN, "Dr. Abel")


def test_a_name_keeps_its_letters_and_loses_its_line_breaks() -> None:
    assert reading.read_name("  Aśa\r\nBcc:  d'Souza ") == "Aśa Bcc: d'Souza"


@pytest.mark.parametrize("text", ["", "   ", "12345", "...", "Asha\x00Pillai", "Asha \x1b[31m", "x" * 101])
def test_what_is_no_name(text: str) -> None:
    with refused(NO_NAME):
        reading.read_name(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [(" Asha.Pillai@Example.COM ", "Asha.Pillai@example.com"), ("a+b@mail.example.co.in", "a+b@mail.example.co.in")],
)
def test_an_address(text: str, address: str) -> None:
    assert reading.read_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asha",
        "asha@",
        "@example.com",
        "asha@example",
        "asha at example.com",
        "asha@example..com",
        "asha pillai@example.com",
        "asha@example.com, ben@example.com",
        "asha@example.com\r\nBcc: everyone@example.com",
        "asha\n@example.com",
        "Asha <asha@example.com>",
        "asha@exa\x00mple.com",
        f"{'a' * 65}@example.com",
        f"a@{'b' * 250}.com",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with refused(NO_EMAIL):
        reading.read_email(text)


@pytest.mark.parametrize("text", ["98123 45678", "+91 98123-45678", "(0)98123 45678", "0091 9812345678"[2:]])
def test_a_number_in_one_form(text: str) -> None:
    assert reading.read_phone(DIRECTORY, text) == "+919812345678"


@pytest.mark.parametrize("text", ["", "12345", "+91 11111", "9" * 40, "call me", "+1 000 000 0000"])
def test_an_impossible_number(text: str) -> None:
    with refused(NO_PHONE):
        reading.read_phone(DIRECTORY, text)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("+919812345678", "+919812345678"),
        ("09812345678", "+919812345678"),
        ("anonymous", None),
        ("", None),
        (None, None),
    ],
)
def test_the_line_shows_a_number_or_none(line: str | None, number: str | None) -> None:
    assert reading.caller_number(DIRECTORY, line) == number
