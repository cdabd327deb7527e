"""How old somebody is names no time and no day."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.ages import without_ages
from language.slots.dates.said import dates
from language.slots.times.said import times

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "age",
    [
        "my five-year-old", "she is 5 years old", "he's nine", "I'm 45 and it hurts", "my son who is eight, needs help",
        "aged 60", "he turned ten", "a boy of 4", "a six month old baby", "paanch saal ki, 5 saal ki", "age is 7",
        "she is two and a half years old", "my daughter is 3",
    ],
)  # fmt: skip
def test_an_age_is_no_time_and_no_day(age: str) -> None:
    assert times(age, NOW, expects=True) == ()
    assert dates(age, NOW, expects=True) == ()


@pytest.mark.parametrize(
    ("words", "hour"),
    [
        ("my five-year-old at ten", 10), ("he is 8, at 11 please", 11), ("she is 5 years old, 9 am", 9),
        ("for my 11 year old at 12", 12),
    ],
)  # fmt: skip
def test_the_time_beside_it_is_read(words: str, hour: int) -> None:
    assert [one.value.hour for one in times(words, NOW)] == [hour]


@pytest.mark.parametrize("words", ["it is 5", "make it 5", "I am free at 5", "is 9 free?", "he can come at 9", "5"])
def test_a_time_is_no_age(words: str) -> None:
    assert len(times(words, NOW, expects=True)) == 1


@given(st.text())
def test_every_letter_keeps_its_place(text: str) -> None:
    left = without_ages(text)
    assert len(left) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, left, strict=True))
