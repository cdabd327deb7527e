"""Times of day: which half is meant is told by words or by the opening hours, else the time is ambiguous."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.times.clock import RepeatedTime, SkippedTime, localise
from language.slots.times.said import PartOfDay, SpokenTime, times
from language.tokens import word_set

NOW = datetime(2027, 3, 4, 10, tzinfo=UTC)
OPENING = (time(9), time(18))
PIECES = word_set(
    "half past quarter to 12 4 four thirty pm a.m. o'clock in the evening 25 noon at around 7ish no sorry 16:30 0 00 "
    "24 ten minutes an hour 1630 : . - tonight double"
)


def one(text: str, *, expects: bool = False, opening: tuple[time, time] | None = OPENING) -> SpokenTime:
    (found,) = times(text, NOW, expects=expects, opening=opening)
    return found


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("half past four", "16:30"), ("half four", "16:30"), ("quarter to 12", "11:45"), ("16:30", "16:30"),
        ("4 pm", "16:00"), ("4 p.m.", "16:00"), ("four p m", "16:00"), ("08.45pm", "20:45"), ("930pm", "21:30"),
        ("noon", "12:00"), ("midnight", "00:00"), ("15 minutes before noon", "11:45"), ("quarter to 13", "12:45"),
        ("four thirty in the afternoon", "16:30"), ("evening at 7", "19:00"), ("tomorrow evening at 7", "19:00"),
        ("ten to three", "14:50"), ("at 10 am", "10:00"), ("seven o'clock in the evening", "19:00"), ("17hr", "17:00"),
        ("0 45 p.m.", "12:45"), ("10 05 night", "22:05"), ("in half an hour", "10:30"), ("at 8, sorry, 9", "09:00"),
        ("not 3 pm, 4 pm", "16:00"), ("half past nine", "09:30"), ("twelve fifteen pm", "12:15"),
    ],
)  # fmt: skip
def test_a_time_is_told_by_its_words_and_the_opening_hours(text: str, clock: str) -> None:
    found = one(text)
    assert (f"{found.value:%H:%M}", found.ambiguous) == (clock, False)


@pytest.mark.parametrize(
    ("text", "opening"),
    [("at seven", OPENING), ("half past four", None), ("at 9", (time(8), time(22))), ("7ish", None)],
)
def test_an_hour_of_either_half_is_ambiguous(text: str, opening: tuple[time, time] | None) -> None:
    assert one(text, opening=opening).ambiguous


def test_an_earlier_turn_may_tell_the_half() -> None:
    (found,) = times("at 7", NOW, part_of_day=PartOfDay.EVENING)
    assert (found.value, found.ambiguous) == (time(19), False)


@pytest.mark.parametrize(
    ("text", "clock"), [("seven", "07:00"), ("1630", "16:30"), ("for 8", "08:00"), ("18", "18:00")]
)
def test_a_bare_hour_counts_once_a_time_was_asked_for(text: str, clock: str) -> None:
    assert times(text, NOW) == ()
    assert f"{one(text, expects=True, opening=None).value:%H:%M}" == clock


@pytest.mark.parametrize(
    "text",
    [
        "nine eight four five thirty two", "how about one", "for one night", "good morning", "we get five to ten calls",
        "0 minutes to 3", "from 7 to 9 people", "5 people", "25:00", "my wife and I", "rated 4.5", "half of it",
    ],
)  # fmt: skip
def test_other_numbers_tell_no_time(text: str) -> None:
    assert times(text, NOW) == ()


def test_a_part_of_the_day_alone_is_a_stretch() -> None:
    found = one("tomorrow morning")
    assert (found.value, found.until, found.about) == (time(6), time(12), True)


def test_roughly_is_noted() -> None:
    assert one("around 4 pm").about
    assert not one("at 4 pm").about


@given(at=st.times())
def test_every_minute_is_understood_as_it_is_written(at: time) -> None:
    clock = at.replace(second=0, microsecond=0)
    for text in (f"{clock:%H:%M}", f"{clock:%I:%M %p}"):
        found = one(f"at {text} please", opening=None)
        assert found.value == clock or (found.ambiguous and text.endswith(f"{clock:%M}"))


@given(words=st.lists(st.sampled_from(sorted(PIECES)), max_size=12), expects=st.booleans())
def test_any_words_are_read_and_quoted_from_their_place(words: list[str], expects: bool) -> None:
    text = " ".join(words)
    for found in times(text, NOW, expects=expects):
        assert text[found.start : found.end] == found.quote


def test_a_time_that_the_clock_skips_is_refused() -> None:
    found = localise(date(2027, 3, 28), time(1, 30), ZoneInfo("Europe/London"))
    assert isinstance(found, SkippedTime)
    assert (found.earlier.hour, found.later.hour) == (0, 2)


def test_a_time_that_comes_twice_is_both() -> None:
    found = localise(date(2027, 10, 31), time(1, 30), ZoneInfo("Europe/London"))
    assert isinstance(found, RepeatedTime)
    assert (found.later.astimezone(UTC) - found.earlier.astimezone(UTC)).seconds == 3600


@given(day=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)), at=st.times())
def test_without_summer_time_every_time_is_one_moment(day: date, at: time) -> None:
    moment = localise(day, at, ZoneInfo("Asia/Kolkata"))
    assert isinstance(moment, datetime)
    assert (moment.date(), moment.time()) == (day, at)
