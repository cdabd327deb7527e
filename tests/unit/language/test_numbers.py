"""Numbers are found in figures and in words, and compared by value."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.readings import readings
from language.numbers import numbers_in

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(number: int) -> str:
    """Say a whole number below a million in words, the British way."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{UNITS[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    rest = number % 1000
    joined = f" and {spelled(rest)}" if 0 < rest < 100 else f" {spelled(rest)}" if rest else ""
    return f"{spelled(number // 1000)} thousand{joined}"


def values(text: str) -> list[Decimal]:
    return [span.value for span in numbers_in(text)]


@given(st.integers(min_value=0, max_value=999_999))
def test_words_and_figures_have_one_value(number: int) -> None:
    assert values(f"we had {spelled(number)} calls") == [Decimal(number)]
    assert values(f"we had {number:,} calls") == values(f"we had {number} calls") == [Decimal(number)]


@given(st.text(alphabet="0123456789.,:- kmone twohdrapi½²", max_size=60))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = numbers_in(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 3.5 50k 2m 25% £300 21st", "1200 3.5 50000 2000000 25 300 21"),
        ("10:30", "10 30"),
        ("B3J 4x4 2½", "3 4 4 2 0.5"),
        ("twenty five, twenty-five", "25 25"),
        ("twenty, five", "20 5"),
        ("a hundred and ten", "110"),
        ("nineteen eighty six", "1986"),
        ("twenty twenty four", "2024"),
        ("seventeen oh five", "1705"),
        ("two point five and zero point zero five", "2.5 0.05"),
        ("oh five", "5"),
        ("half a million", "500000"),
        ("three and a half thousand", "3500"),
        ("two dozen", "24"),
        ("double zero", "0"),
        ("one two three", "123"),
        ("oh seven seven double oh nine hundred one two three", "7700 900 123"),
        ("50 to 100", "50 100"),
        ("between a hundred and two hundred", "100 200"),
        ("one thousand, nine hundred and ninety-four", "1994"),
        ("one thousand two thousand", "1000 2000"),
        ("the twenty-first of may, may twelfth", "21 12"),
        ("may twenty-fiveth", "25"),
        ("the second one, one van", "2 1"),
        ("a one bedroom flat, this one", "1"),
    ],
)
def test_values(text: str, expected: str) -> None:
    assert values(text) == [Decimal(value) for value in expected.split()]


@pytest.mark.parametrize(
    "text",
    ["", "that one", "no one", "wait a second", "in the hundreds", "a few hundred", "a couple of them", "figh percent"],
)
def test_no_number(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one two three", "23"),
        ("ten thirty", "10.30"),
        ("twelve pounds fifty", "12.50"),
        ("one fifty", "150"),
        ("half past two", "30"),
        ("quarter to one", "12"),
        ("three pm", "15"),
        ("eleven point one five a m", "15"),
        ("07700 900 123", "7700900123"),
    ],
)
def test_a_number_can_be_read_another_way(text: str, value: str) -> None:
    assert Decimal(value) in readings(text, numbers_in(text))


def test_a_sum_is_not_its_parts() -> None:
    said = readings("two hundred and fifty", numbers_in("two hundred and fifty"))
    assert said == {Decimal(250)}


@pytest.mark.parametrize("text", ["9" * 8000, "9" * 5000 + " million", "one " * 2000, "1,11," * 1600])
def test_very_long_numbers_are_read(text: str) -> None:
    assert numbers_in(text)
