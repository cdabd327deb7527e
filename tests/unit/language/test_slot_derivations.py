"""What is derived from said words is anchored as a whole, with its rule; nothing beside it becomes so."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.anchoring.anchors import Corpus, unanchored, unanchored_arguments
from language.anchoring.derivations import Setting, derivations

SETTING = Setting(datetime(2027, 3, 4, 10, tzinfo=ZoneInfo("Asia/Kolkata")), opening=(time(9), time(18)))
SAID = (
    "book me with the skin doctor next Monday at half past four, my number is nine eight four five oh one two three "
    "four five and mail priya dot sharma at gmail dot com"
)
OPTIONS = {"Dermatology": ["skin doctor"]}
ARGUMENTS = {
    "appointment_date": "2027-03-08", "appointment_time": "04:30 PM", "phone": "+919845012345",
    "email": "priya.sharma@gmail.com", "department": "Dermatology",
}  # fmt: skip


def corpus(text: str) -> Corpus:
    return Corpus.of([text]).deriving(derivations(text, SETTING, OPTIONS))


def test_derived_arguments_are_anchored() -> None:
    assert unanchored_arguments(ARGUMENTS, Corpus.of([SAID])) != ()
    assert unanchored_arguments(ARGUMENTS, corpus(SAID), newest=SAID) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appointment_date", "2027-03-09"), ("appointment_date", "2027-03-15"), ("appointment_time", "04:30 AM"),
        ("appointment_time", "05:15 PM"), ("phone", "+919845012346"), ("email", "tom.sharma@gmail.com"),
        ("department", "Cardiology"),
    ],
)  # fmt: skip
def test_another_value_is_not(name: str, value: str) -> None:
    wrong = unanchored_arguments({**ARGUMENTS, name: value}, corpus(SAID), newest=SAID)
    assert {one.path for one in wrong} == {name}


@pytest.mark.parametrize(
    "text",
    [
        "next Friday",
        "this weekend",
        "at seven",
        "Monday the 5th",
        "31 February",
        "not Monday",
        "priya sharma at gmail dot com",
    ],
)
def test_what_is_not_certain_is_not_derived(text: str) -> None:
    assert derivations(text, SETTING) == ()


def test_what_was_taken_back_is_not_derived() -> None:
    assert [one.value for one in derivations("Monday, no, Tuesday", SETTING)] == ["2027-03-09"]


def test_numbers_that_were_said_apart_make_no_other_date() -> None:
    known = corpus("tomorrow for 3 of us in room 9, the year is 2027")
    assert unanchored("2027-03-05", known) == ()
    (wrong,) = unanchored("2027-03-09", known)
    assert wrong.text == "2027-03-09"


@given(
    days=st.integers(-400, 400),
    words=st.sampled_from(["Monday", "on friday", "next monday", "tomorrow", "wednesday week"]),
)
def test_weekday_words_anchor_their_own_day_only(days: int, words: str) -> None:
    known = corpus(f"I can come {words}")
    (derived,) = known.derived
    other = date(2027, 3, 4) + timedelta(days=days)
    assert (unanchored(other.isoformat(), known) == ()) is (other.isoformat() == derived.value)


@given(text=st.text(max_size=50))
def test_deriving_nothing_changes_nothing(text: str) -> None:
    plain = Corpus.of([SAID])
    assert unanchored(text, plain.deriving(())) == unanchored(text, plain)


def test_corpora_join_what_they_derived() -> None:
    joined = corpus("tomorrow").union(corpus("next Monday"))
    assert {one.value for one in joined.derived} == {"2027-03-05", "2027-03-08"}
