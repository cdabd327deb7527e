"""Days are read by the call's clock; what no calendar has is said so, and nothing is guessed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.dates.said import InvalidDate, SpokenDate, dates
from language.tokens import word_set

NOW = datetime(2027, 3, 4, 10, tzinfo=ZoneInfo("Asia/Kolkata"))
"""A Thursday."""
PIECES = word_set(
    "the 3rd of may twenty seven no sorry to 31 february next last monday friday in two weeks and a day after tomorrow "
    "3/4 2027 first second 0th 99 13/13/13 mon - , . week weekend month christmas year's eve 2027-02-30 fifth ago"
)


def one(text: str, *, expects: bool = False, day_first: bool = True) -> SpokenDate | InvalidDate:
    (found,) = dates(text, NOW, expects=expects, day_first=day_first)
    return found


def days(text: str) -> list[str]:
    return [found.value.isoformat() for found in dates(text, NOW) if isinstance(found, SpokenDate)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", "2027-03-05"),
        ("the day after tomorrow", "2027-03-06"),
        ("this afternoon", "2027-03-04"),
        ("yesterday", "2027-03-03"),
        ("this Friday", "2027-03-05"),
        ("next Monday", "2027-03-08"),
        ("Monday week", "2027-03-15"),
        ("Monday next week", "2027-03-08"),
        ("last Friday", "2027-02-26"),
        ("Monday the 8th", "2027-03-08"),
        ("on the 7th", "2027-03-07"),
        ("the 2nd", "2027-04-02"),
        ("the 9th of next month", "2027-04-09"),
        ("in two weeks", "2027-03-18"),
        ("in three weeks and two days", "2027-03-27"),
        ("a week from tomorrow", "2027-03-12"),
        ("4 days ago", "2027-02-28"),
        ("3rd of May", "2027-05-03"),
        ("May third twenty twenty eight", "2028-05-03"),
        ("twenty first of june two thousand and thirty", "2030-06-21"),
        ("24th of the 12th 1957", "1957-12-24"),
        ("Thu, 4 Mar 2027", "2027-03-04"),
        ("2027-03-04", "2027-03-04"),
        ("3/4", "2027-04-03"),
        ("4/23/2028", "2028-04-23"),
        ("the first Saturday of September", "2027-09-04"),
        ("the last Friday of the month", "2027-03-26"),
        ("first monday next month", "2027-04-05"),
        ("next month first monday", "2027-04-05"),
        ("the day after next Monday", "2027-03-09"),
        ("the day before Tuesday", "2027-03-08"),
        ("the day after Christmas", "2027-12-26"),
        ("Christmas Day", "2027-12-25"),
        ("new year's eve 2029", "2029-12-31"),
    ],
)
def test_a_day_is_read_by_the_clock_of_the_call(text: str, day: str) -> None:
    found = one(text)
    assert isinstance(found, SpokenDate)
    assert (found.value.isoformat(), found.certain) == (day, True)


@pytest.mark.parametrize(
    "text", ["next friday", "the day after", "March 3rd", "Thursday", "Monday the 5th", "next week"]
)
def test_a_day_with_two_readings_is_not_certain(text: str) -> None:
    found = one(text)
    assert isinstance(found, SpokenDate)
    assert not found.certain


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 February", "February has no 31st."),
        ("31/4/2027", "April 2027 has no 31st."),
        ("13/13/2027", "There is no month 13."),
        ("on the 32nd", "No month has a 32nd."),
        ("Monday 4 March 2027", "Thursday 4 March 2027 is not a Monday."),
        ("Sunday March 1st", "Wednesday 1 March 2028 is not a Sunday."),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    found = one(text)
    assert isinstance(found, InvalidDate)
    assert found.sentence == sentence


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Monday, no, Tuesday", ["2027-03-09"]),
        ("Monday, sorry, make it Tuesday the 9th", ["2027-03-09"]),
        ("3rd of May, no, the 4th", ["2027-05-04"]),
        ("not Monday but Tuesday", ["2027-03-09"]),
        ("Monday at nine for my mother. Actually no, Tuesday", ["2027-03-09"]),
        ("I am away on Monday. Is Tuesday fine?", ["2027-03-08", "2027-03-09"]),
        ("not Monday", []),
        ("Monday or Tuesday", ["2027-03-08", "2027-03-09"]),
        ("from 3 May to the 5th", ["2027-05-03", "2027-05-05"]),
        ("from the 23rd until the 29th of May", ["2027-05-23", "2027-05-29"]),
        ("from the 14th to the 3rd", ["2027-03-14", "2027-04-03"]),
    ],
)
def test_what_was_taken_back_is_left_out_and_pairs_belong_together(text: str, left: list[str]) -> None:
    assert days(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "may I book a table", "may 5 people come", "the third time", "june five hundred", "that is all for today",
        "thanks for your help today", "Friday in August", "every Monday", "we sat in the sun",
        "3 people at 4", "version 1.2.3.4",
    ],
)  # fmt: skip
def test_other_words_name_no_day(text: str) -> None:
    assert dates(text, NOW) == ()


def test_a_part_of_a_date_beside_a_weekday_makes_it_uncertain() -> None:
    found = one("Tuesday the 18th 2018")
    assert isinstance(found, SpokenDate)
    assert not found.certain


def test_a_bare_day_counts_once_one_was_asked_for() -> None:
    assert dates("Wed", NOW) == ()
    found = one("Wed", expects=True)
    assert isinstance(found, SpokenDate)
    assert found.value == date(2027, 3, 10)
    assert one("uh seventh", expects=True).quote == "seventh"


def test_the_country_orders_day_and_month() -> None:
    found = one("4/3", day_first=False)
    assert isinstance(found, SpokenDate)
    assert found.value == date(2027, 4, 3)


def test_a_leap_day_years_away_is_not_certain() -> None:
    (found,) = dates("29th of February", NOW.replace(year=2028))
    assert isinstance(found, SpokenDate)
    assert (found.value, found.certain) == (date(2032, 2, 29), False)


def test_a_stretch_has_its_last_day() -> None:
    found = one("this weekend")
    assert isinstance(found, SpokenDate)
    assert (found.value, found.until) == (date(2027, 3, 6), date(2027, 3, 7))


@given(day=st.dates(min_value=date(2027, 3, 4), max_value=date(2099, 12, 31)))
def test_every_day_is_understood_as_it_is_written(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%A} the {day.day} of {day:%B %Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert days(f"on {text} please") == [day.isoformat()], text


@given(words=st.lists(st.sampled_from(sorted(PIECES)), max_size=12), offset=st.integers(0, 900))
def test_any_words_are_read_and_quoted_from_their_place(words: list[str], offset: int) -> None:
    text = " ".join(words)
    for expects in (False, True):
        for found in dates(text, NOW + timedelta(days=offset), expects=expects):
            assert text[found.start : found.end] == found.quote


@given(text=st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in dates(text, NOW, expects=True):
        assert text[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Friday nahi, Monday", ["2027-03-08"]),
        ("kal nahi parso", ["2027-03-06"]),
        ("any day but Friday or Monday", []),
        ("except Friday", []),
        ("I don't want Friday", []),
        ("Friday or Monday", ["2027-03-05", "2027-03-08"]),
    ],
)
def test_a_day_is_denied_before_and_behind(text: str, left: list[str]) -> None:
    assert days(text) == left
