"""What a spoken date reads as, and the rules that find one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """A day that was named: `text[start:end] == quote`.

    `until` is the last day of a stretch ("next week", "this weekend"), else None. Not `certain` is what
    has a second plausible reading ("next Friday" on a Tuesday) or names a stretch.
    """

    value: date
    quote: str
    start: int
    end: int
    certain: bool = True
    until: date | None = None


@dataclass(frozen=True, slots=True)
class InvalidDate:
    """Words that name a day that does not exist, and a sentence to say about it."""

    sentence: str
    quote: str
    start: int
    end: int


class Reading(NamedTuple):
    """The day that the words of a rule stand for."""

    value: date
    certain: bool = True
    until: date | None = None


class NoSuchDay(NamedTuple):
    """Why the words of a rule stand for no day."""

    sentence: str


class Day(NamedTuple):
    """The clock and the country that words are read by."""

    today: date
    day_first: bool


Builder = Callable[[re.Match[str], Day], Reading | NoSuchDay | None]


class DateRule(NamedTuple):
    """Words that may name a day, and how they are read; the builder answers None where they do not."""

    pattern: re.Pattern[str]
    read: Builder


def placed(found: re.Match[str], reading: Reading | NoSuchDay) -> SpokenDate | InvalidDate:
    """Put a reading at its place in the text."""
    quote, (start, end) = found.group(), found.span()
    if isinstance(reading, NoSuchDay):
        return InvalidDate(reading.sentence, quote, start, end)
    return SpokenDate(reading.value, quote, start, end, reading.certain, reading.until)


def dated(value: date | None, *, certain: bool = True) -> Reading | None:
    """The reading of a day, None where the calendar has ended."""
    return Reading(value, certain) if value else None
