"""Dates of birth: "24th of the 12th 1957", "oh five ten seventy one", "0905 2021"; the year was always said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from language.slots.dates.calendar import MONTH, compiled, day_in
from language.slots.dates.said import InvalidDate, dates
from language.slots.words import ORDINAL, YEAR, plain
from language.tokens import tokens

_FIGURES = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "won": "1", "two": "2", "to": "2", "too": "2",
    "three": "3",
    "four": "4", "for": "4", "five": "5", "v": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip
_SPLIT_YEAR = compiled(r"\b(19|20)([0-9])0[ -]([1-9])(?:st|nd|rd|th)?\b")
_HUNDREDS = compiled(r"\b2000 (?:and )?([1-9])\b")
_YEAR = compiled(YEAR)
_MORE = compiled(rf"[0-9]|\b(?:{MONTH}|{ORDINAL})")
"""What belongs to a date and stands outside of it: it was said twice, or heard in pieces."""
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class SpokenBirthDate:
    """A date of birth: `text[start:end] == quote`.

    Not `certain` where the century was not said, the year is one that is often misheard, or more of a date was said.
    """

    value: date
    quote: str
    start: int
    end: int
    certain: bool = True


def birth_dates(text: str, now: datetime, *, day_first: bool = True) -> tuple[SpokenBirthDate, ...]:
    """Find the dates of birth that a text names, in order; a day whose year was not said, or is to come, is none."""
    said = plain(text)
    named = tuple(_named(said, now, day_first=day_first))
    return named or tuple(_in_figures(said, now.date(), day_first=day_first))


def _named(said: str, now: datetime, *, day_first: bool) -> Iterator[SpokenBirthDate]:
    joined = _HUNDREDS.sub(r"200\1", _SPLIT_YEAR.sub(r"\1\2\3", said))
    for one in dates(joined, now, day_first=day_first):
        if isinstance(one, InvalidDate) or not _YEAR.search(one.quote) or not _lived(one.value, now.date()):
            continue
        quote, start, end = (one.quote, one.start, one.end) if joined == said else (said, 0, len(said))
        rest = joined[: one.start] + "|" + joined[one.end :]
        yield SpokenBirthDate(one.value, quote, start, end, certain=not (_round(one.value) or _MORE.search(rest)))


def _round(value: date) -> bool:
    """A year such as 1960, which sounds like 1916 and begins like 1966."""
    return value.year % 10 == 0


def _lived(value: date, today: date) -> bool:
    return value <= today and today.year - value.year <= _OLDEST


def _in_figures(said: str, today: date, *, day_first: bool) -> Iterator[SpokenBirthDate]:
    """A day told by its figures only, however the recogniser grouped them."""
    words = tokens(said)
    figures = [_FIGURES.get(word.folded) or re.sub(r"\D", "", word.text) for word in words]
    if not words or not all(figures) or any(word.folded.endswith("0th") for word in words):
        return
    readings = _readings("".join(figures), today, day_first=day_first)
    full_said = any(full for _, full in readings)
    exact = [value for value, full in readings if full] or [value for value, _ in readings]
    if len(set(exact)) == 1:
        yield SpokenBirthDate(
            exact[0],
            said[words[0].start : words[-1].end],
            words[0].start,
            words[-1].end,
            certain=full_said and not _round(exact[0]),
        )


def _readings(figures: str, today: date, *, day_first: bool) -> list[tuple[date, bool]]:
    """Every day that the figures can be, and whether the year's four figures were said."""
    found: list[tuple[date, bool]] = []
    for year_length in (4, 2):
        head, year = figures[:-year_length], figures[-year_length:]
        for cut in range(1, len(head)):
            first, second = head[:cut], head[cut:]
            if len(first) > 2 or len(second) > 2:
                continue
            number, month = (int(first), int(second)) if day_first else (int(second), int(first))
            years = (int(year),) if year_length == 4 else (1900 + int(year), 2000 + int(year))
            days = [day_in(one, month, number) for one in years]
            found += [(day, year_length == 4) for day in days if day and _lived(day, today)]
    return found
