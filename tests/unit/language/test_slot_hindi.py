"""Days and times in Hindi words within a sentence, as they are said in India."""

from datetime import UTC, datetime

import pytest

from language.slots.dates.said import SpokenDate, dates
from language.slots.names.given import names
from language.slots.times.said import times

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("kal subah das baje", 18, "10:00"),
        ("aaj shaam ko saadhe paanch baje", 17, "17:30"),
        ("parso dopahar dhai baje", 19, "14:30"),
        ("somvaar ko sava teen baje dopahar", 23, "15:15"),
        ("shukravar subah paune gyarah baje", 20, "10:45"),
        ("kal 11 baje subah", 18, "11:00"),
    ],
)
def test_a_day_and_a_time_are_read(text: str, day: int, time: str) -> None:
    ((named,), (at,)) = dates(text, NOW), times(text, NOW)
    assert isinstance(named, SpokenDate)
    assert (named.value.day, named.certain) == (day, True)
    assert (f"{at.value:%H:%M}", at.ambiguous) == (time, False)


def test_a_part_of_the_day_is_a_stretch() -> None:
    (part,) = times("kal subah", NOW)
    assert part.until is not None


@pytest.mark.parametrize("text", ["do you have time", "I can do that", "das Auto", "my son is a char in a film"])
def test_words_that_only_look_alike_name_nothing(text: str) -> None:
    assert (dates(text, NOW), times(text, NOW)) == ((), ())


@pytest.mark.parametrize(
    ("text", "name"),
    [("mera naam Imtiaz Ali hai", "Ali"), ("Imtiaz Ali naam hai", "Ali"), ("ji Imtiaz Ali", "Ali"), ("ji haan", None)],
)
def test_a_name_is_read(text: str, name: str | None) -> None:
    assert [one.last for one in names(text, asked=True)] == ([name] if name else [])
