"""Steps from what was talked about are found, and days that are named by themselves are none."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.shifts import shift_in

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("no, the day after that", DAY),
        ("the next day please", DAY),
        ("a day earlier", -DAY),
        ("an hour later", HOUR),
        ("two hours later would be better", 2 * HOUR),
        ("half an hour earlier", -HOUR / 2),
        ("30 minutes later", HOUR / 2),
        ("same time next week", 7 * DAY),
        ("push it back by an hour", HOUR),
        ("can you bring it forward by half an hour", -HOUR / 2),
        ("a week later, or no, two weeks later", 14 * DAY),
    ],
)
def test_a_step_is_read(text: str, by: timedelta) -> None:
    found = shift_in(text)
    assert found is not None
    assert (found.by, text[found.start : found.end]) == (by, found.quote)


@pytest.mark.parametrize(
    "text",
    [
        "the day after tomorrow",
        "the day after my birthday",
        "an hour after lunch",
        "later",
        "next week",
        "the hour",
        "",
    ],
)
def test_what_stands_for_itself_is_no_step(text: str) -> None:
    assert shift_in(text) is None


@given(text=st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    found = shift_in(text)
    assert found is None or text[found.start : found.end] == found.quote
