"""Days that are moved by whole weeks, with the moment of a case, so that what is relative to it stays true."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from evals.rows import TODAY
from language.slots.dates.said import SpokenDate, dates
from language.tokens import tokens
from language.word_classes import DAYS

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = timedelta(weeks=1)
_ENDS = " .,;:!?"
_YEAR = re.compile(r"\b\d{4}\b")


class Moved(NamedTuple):
    """What stands in place of `text[start:end]`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Weeks:
    """The whole weeks between a moment (`at`) and the week of TODAY."""

    at: datetime

    @property
    def moved(self) -> datetime:
        """The moment, moved."""
        return self.at + self._apart

    def spans(self, text: str) -> list[Moved]:
        """Find the days that a text names by the calendar; those by the clock ("tomorrow") move with it."""
        return list(self._spans(text))

    def _spans(self, text: str) -> Iterator[Moved]:
        later = {each.start: each for each in _days(text, self.at + _WEEK)}
        for each in _days(text, self.at):
            again = later.get(each.start)
            if again is None or again.value != each.value + _WEEK:
                quote = each.quote.rstrip(_ENDS)
                yield Moved(each.start, each.start + len(quote), _said_as(quote, each.value + self._apart))

    @property
    def _apart(self) -> timedelta:
        return _monday(TODAY) - _monday(self.at)


def _days(text: str, at: datetime) -> list[SpokenDate]:
    return [each for each in dates(text, at) if isinstance(each, SpokenDate)]


def _monday(at: datetime) -> timedelta:
    return timedelta(days=at.toordinal() - at.weekday())


def _said_as(quote: str, day: date) -> str:
    if _WRITTEN.fullmatch(quote):
        return day.isoformat()
    weekday = f"{day:%A} " if any(word.folded in DAYS for word in tokens(quote)) else ""
    year = f" {day.year}" if _YEAR.search(quote) else ""
    return f"{weekday}{day.day} {day:%B}{year}"
