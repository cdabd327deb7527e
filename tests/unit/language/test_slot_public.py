"""Party sizes, postcodes, dates of birth, and what several hypotheses agree on."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.agreement import Heard, agreed
from language.slots.dates.birth import birth_dates
from language.slots.heard_values import agreed_birth_date, agreed_postcode
from language.slots.party import parties
from language.slots.postcode import postcodes

NOW = datetime(2027, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "size", "quote"),
    [
        ("a table for four please", 4, "four"),
        ("5 adults and 1 child", 6, "5 adults and 1 child"),
        ("me, my wife and three kids", 5, "me, my wife and three kids"),
        ("My family is myself, my wife and 4 kids", 6, "myself, my wife and 4 kids"),
        ("three couples", 6, "three couples"),
        ("my parents and I", 3, "my parents and I"),
        ("6 of us for tomorrow", 6, "6"),
        ("party of twelve", 12, "twelve"),
        ("book it for 8 people", 8, "8 people"),
        ("a table for two, sorry, three", 3, "three"),
        ("it's just me", 1, "me"),
    ],
)
def test_the_people_of_a_party_are_counted(text: str, size: int, quote: str) -> None:
    (found,) = parties(text)
    assert (found.value, found.quote, found.certain) == (size, quote, True)


def test_people_who_were_not_counted_out_are_not_certain() -> None:
    (found,) = parties("me and my kids")
    assert not found.certain


@pytest.mark.parametrize("text", ["book it for me", "at 5 pm", "for 5:30", "in 4 days", "for 2 nights", "rated 4"])
def test_other_numbers_count_nobody(text: str) -> None:
    assert parties(text) == ()


def test_a_bare_number_counts_once_it_was_asked_for() -> None:
    (found,) = parties("thirteen", expects=True)
    assert found.value == 13


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("L 28 9 y n", "GB", "L28 9YN"),
        ("golf 9 8 hotel romeo", "GB", "G9 8HR"),
        ("it's e h one two oh a b", "GB", "EH12 0AB"),
        ("p for peter o seven six f w", "GB", "PO7 6FW"),
        ("b double b one two j z", "GB", ""),
        ("B B nine zero two J zed", "GB", "BB90 2JZ"),
        ("five six double zero zero one", "IN", "560001"),
        ("9 0 2 1 0", "US", "90210"),
        ("12345 6789", "US", "12345-6789"),
        ("zero six double zero zero one", "IN", ""),
        ("x x 1 2 z z", "GB", ""),
        ("hello there", "GB", ""),
    ],
)
def test_a_postcode_is_written_in_its_form(text: str, country: str, code: str) -> None:
    assert [found.value for found in postcodes(text, country=country, asked=True)] == ([code] if code else [])


def test_figures_are_a_postcode_only_where_they_are_said_to_be_one() -> None:
    assert postcodes("560001 rupees", country="IN") == ()
    (found,) = postcodes("my pin code is 560001", country="IN")
    assert (found.value, found.quote) == ("560001", "560001")


@pytest.mark.parametrize(
    ("text", "day", "certain"),
    [
        ("25th of August 1952", "1952-08-25", True),
        ("25th of August 1950 2", "1952-08-25", True),
        ("24th of the 12th 1957", "1957-12-24", True),
        ("28th September 2000 and 2", "2002-09-28", True),
        ("0905 2021", "2021-05-09", True),
        ("15th of January 1960", "1960-01-15", False),
        ("five ten 71", "1971-10-05", False),
        ("26th of May 8th 1914", "1914-05-08", False),
    ],
)
def test_a_date_of_birth_has_the_year_that_was_said(text: str, day: str, certain: bool) -> None:
    (found,) = birth_dates(text, NOW)
    assert (found.value.isoformat(), found.certain) == (day, certain)


@pytest.mark.parametrize("text", ["25th of August", "5 6 2030", "31 February 1980", "25", "I was born in May 1980"])
def test_a_date_of_birth_without_all_its_parts_is_none(text: str) -> None:
    assert birth_dates(text, NOW) == ()


@given(day=st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 12, 31)))
def test_every_date_of_birth_is_understood_as_it_is_said(day: date) -> None:
    (found,) = birth_dates(f"{day.day} {day:%B} {day.year}", NOW)
    assert found.value == day


def _word(hypothesis: str) -> Heard | None:
    return Heard(hypothesis.removesuffix("?"), not hypothesis.endswith("?")) if hypothesis else None


@pytest.mark.parametrize(
    ("tries", "value"),
    [
        ([["a", "b", "", ""]], None),
        ([["a", "a", "b"]], "a"),
        ([["a?"]], None),
        ([["a?"], ["a?"]], "a"),
        ([["a"], ["b"]], None),
        ([["b", "a"], ["c", "a"]], "a"),
        ([["a"], [""]], None),
        ([[]], None),
        ([], None),
    ],
)
def test_a_value_is_believed_when_hypotheses_or_tries_agree(tries: list[list[str]], value: str | None) -> None:
    assert agreed(tries, _word) == value


def test_a_code_that_was_heard_once_in_doubt_is_believed_when_it_comes_again() -> None:
    first, again = ["G 9 8 h r", "G 5 8 h r", "the nine"], ["golf 9 8 hotel romeo"]
    assert agreed_postcode([first]) is None
    assert agreed_postcode([first, again]) == "G9 8HR"


def test_a_year_that_is_often_misheard_is_believed_when_it_comes_again() -> None:
    once = ["15th of January 1960", "15th of January 1916"]
    assert agreed_birth_date([once], NOW) is None
    assert agreed_birth_date([once, ["15 January 1960"]], NOW) == date(1960, 1, 15)
    assert agreed_birth_date([["25th of August 1952"]], NOW) == date(1952, 8, 25)
