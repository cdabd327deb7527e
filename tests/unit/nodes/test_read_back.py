"""Which details of a call were said, in which forms, and what an answer gives instead."""

import pytest

from language.anchoring.derived_values import Derivation, Rule
from nodes.read_back import details_of, gives_another, sayings, told
from playbooks.loader import load_playbooks

TOOL = load_playbooks()["hospital"].tool("book_appointment")
assert TOOL is not None
DETAILS = details_of(TOOL, {"patient_name": "Uma Das", "appointment_date": "2026-11-20", "appointment_time": "14:30"})
NAME, DAY, TIME = DETAILS


def test_an_exempt_argument_and_one_that_is_not_given_need_no_telling() -> None:
    assert TOOL is not None
    assert details_of(TOOL, {"duration_minutes": 30, "email": None}) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Uma Das on Friday 20 November at 2:30 PM", [NAME, DAY, TIME]),
        ("Uma Das on Friday, November 20th, at half past two", [NAME, DAY, TIME]),
        ("Uma Das on Friday, November 20th, at two", [NAME, DAY]),
        ("Uma Das at fourteen thirty", [NAME, TIME]),
        ("Das, on Saturday 21 November at 3 PM", []),
        ("Shall I book the appointment?", []),
    ],
)
def test_a_detail_is_told_by_its_numbers_and_names(said: str, expected: list[tuple[str, ...]]) -> None:
    assert [detail for detail in told(DETAILS, said) if detail in expected] == expected
    assert len(told(DETAILS, said)) == len(expected)


def test_what_words_are_read_as_was_told_by_them() -> None:
    assert told([DAY], "tomorrow", [Derivation("2026-11-20", Rule.DATE, "tomorrow")]) == [DAY]


def test_a_day_and_a_time_are_said_in_words() -> None:
    said = sayings(DETAILS)
    assert "2026-11-20" not in said
    assert {"Uma Das", "Friday 20 November", "2:30 in the afternoon", "half past 2"} <= set(said)


@pytest.mark.parametrize(
    ("value", "quote", "expected"),
    [("2026-11-20", "the twentieth", False), ("2026-11-21", "tomorrow", True), ("2026-11-27", "Friday", False)],
)
def test_another_day_than_the_calls_is_another(value: str, quote: str, expected: bool) -> None:
    given = [Derivation(value, Rule.DATE, quote)]
    assert gives_another(DETAILS, "On Friday 20 November?", [], given) is expected


def test_of_two_times_told_only_the_later_may_be_named_alone() -> None:
    old, new = Derivation("10:00", Rule.TIME, "ten"), Derivation("14:30", Rule.TIME, "half past two")
    question = "From ten to half past two?"
    named = ([old], [new], [old, new])
    assert [gives_another(DETAILS, question, [old, new], given) for given in named] == [True, False, False]
