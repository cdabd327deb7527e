"""The patient of the front desk's demo: what is answered to what, how often, and what is not agreed to."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from cli.demo.hospital.patient import Patient
from cli.demo.hospital.visits import Visit
from cli.demo.hospital.wanted import Wanted

WANTED = Wanted("Dr. Anil Mehta", date(2026, 11, 25), time(10))
ASKED = {
    "pick": re.compile("which one"),
    "wish": re.compile("help you"),
    "when": re.compile(r"\b(?:day|time|change)\b"),
    "name": re.compile("name"),
    "agree": re.compile("suit"),
    "confirm": re.compile("book"),
    "goodbye": re.compile("anything else"),
}
WORDS = dict.fromkeys(("wish", "when", "pick", "agree", "confirm", "refuse", "goodbye"), "words")
READ_BACK = "So that is Asha Pillai, on {} with {}. Shall I book the appointment?"
RIGHT = ("Wednesday 25 November at 10 AM", "Dr. Anil Mehta")


@pytest.fixture
def patient() -> Patient:
    return Patient(Visit(WANTED, WORDS, dict.fromkeys(WORDS, Path())), ASKED)


def test_a_call_goes_by_what_is_asked(patient: Patient) -> None:
    agent = (
        "Hello, this is the hospital. How can I help you?",
        "Of course. What day and time would suit you?",
        "Dr. Anil Mehta is free on Wednesday 25 November at 10 AM. Does that suit you?",
        READ_BACK.format(*RIGHT),
        "Your appointment is booked. Is there anything else?",
        "Thank you for calling. Goodbye!",
    )
    assert [patient.answer(words) for words in agent] == ["wish", "when", "agree", "confirm", "goodbye", None]


def test_who_is_asked_again_says_it_again_and_at_last_says_goodbye(patient: Patient) -> None:
    again = "I am sorry, I did not get that. What day and time would suit you?"
    assert [patient.answer(again) for _ in range(7)] == [*["when"] * 3, *["goodbye"] * 3, None]


@pytest.mark.parametrize("words", ["", "Are you still there?", "I did not catch that. Could you say it again?"])
def test_what_asks_for_nothing_has_the_last_words_repeated(patient: Patient, words: str) -> None:
    assert patient.answer(words) == "wish"
    patient.answer("What time?")
    assert patient.answer(words) == "when"


def test_what_the_patient_has_no_words_for_ends_the_talk(patient: Patient) -> None:
    assert patient.answer("May I have your full name, please?") == "goodbye"


@pytest.mark.parametrize(
    ("when", "whom"),
    [
        ("Thursday 26 November at 10 AM", "Dr. Anil Mehta"),
        ("Wednesday 25 November at 10 PM", "Dr. Anil Mehta"),
        ("Wednesday 25 November at 10:30 AM", "Dr. Anil Mehta"),
        ("Wednesday 25 November at 10 AM", "Dr. Priya Sharma"),
    ],
)
def test_a_read_back_of_something_else_is_refused(patient: Patient, when: str, whom: str) -> None:
    assert patient.answer(READ_BACK.format(when, whom)) == "refuse"
    assert patient.answer("All right, I have not booked it. What would you like to change?") == "when"
    assert patient.answer(READ_BACK.format(*RIGHT)) == "confirm"


def test_a_call_comes_to_an_end_whatever_the_agent_says(patient: Patient) -> None:
    questions = [f"{word}?" for word in ("which one", "help you", "day", "suit", "book", "day", "suit")] * 10
    said = [patient.answer(question) for question in questions]
    assert said.index("goodbye") == 12
    assert said[15:] == [None] * (len(said) - 15)


def test_the_first_of_what_is_offered_is_wanted_from_then_on(patient: Patient) -> None:
    offered = Wanted("Dr. Anil Mehta", date(2026, 11, 26), time(9, 30))
    assert patient.pick(WANTED, [offered]) == "pick"
    assert patient.answer(READ_BACK.format("Thursday 26 November at 9:30 AM", "Dr. Anil Mehta")) == "confirm"
    patient.answer("What day would suit you?")
    assert patient.wanted == WANTED


def test_nothing_is_taken_in_the_place_of_what_was_not_asked_for(patient: Patient) -> None:
    other = Wanted("Dr. Anil Mehta", date(2026, 11, 26), time(10))
    assert patient.pick(other, [other]) == "refuse"
    assert patient.pick(WANTED, []) == "refuse"
    assert patient.wanted == WANTED
