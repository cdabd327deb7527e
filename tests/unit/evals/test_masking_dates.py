"""Days of a case move by whole weeks, and what is relative to the case moves with it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.masking.dates import Weeks
from evals.rows import TODAY

AT = datetime(2026, 8, 27, 9, tzinfo=UTC)
"""A Thursday, twelve weeks before the week in which rows are said."""
MOMENTS = st.integers(-1_000, 1_000).map(lambda days: AT + timedelta(days=days))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("On 2026-09-01.", "On 2026-11-24."),
        ("On Tuesday 1 September, please.", "On Tuesday 24 November, please."),
        ("I was born on 4 May 1980.", "I was born on 27 July 1980."),
        ("The 3rd.", "The 26 November."),
        ("Tomorrow, or next Tuesday.", "Tomorrow, or next Tuesday."),
        ("The first one, about fifty.", "The first one, about fifty."),
    ],
)
def test_days_of_the_calendar_move_and_those_by_the_clock_stay(said: str, told: str) -> None:
    for start, end, words in reversed(Weeks(AT).spans(said)):
        said = said[:start] + words + said[end:]
    assert said == told


@given(MOMENTS)
def test_a_moment_moves_into_the_week_of_the_rows(at: datetime) -> None:
    moved = Weeks(at).moved
    assert (moved - at) % timedelta(weeks=1) == timedelta(0)
    assert moved.isocalendar()[:2] == TODAY.isocalendar()[:2]


@given(MOMENTS, st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_a_written_day_moves_as_its_moment_does(at: datetime, day: date) -> None:
    ((_, _, words),) = Weeks(at).spans(day.isoformat())
    assert date.fromisoformat(words) - day == Weeks(at).moved - at
