"""Days of a named month: "3rd of May", "May third twenty twenty seven", "the 24th of the 12th"."""

import re

from language.slots.dates.calendar import MONTH, MONTH_NAMES, compiled, month_of
from language.slots.dates.exact import WEEKDAY_BEFORE, exact_day, next_day
from language.slots.dates.reading import DateRule, Day, NoSuchDay, Reading
from language.slots.words import COUNT, ORDINAL, YEAR, count_of, ordinal_of, year_of

_DAY_NUMBER = rf"(?:{ORDINAL}|{COUNT})"
_YEAR = rf"(?:,? {{1,2}}(?:of |in )?(?P<year>{YEAR}))?"
_NO_QUANTITY = (
    r"(?!\s?(?:[:.][0-9]|(?:[ap]\.?m\b|o'?\s?clock|people|persons?|adults|guests|of us|hundred|thousand|million|lakh"
    r"|point|percent|minutes?|hours?|days?|nights?|weeks?)))"
)
"""After a number that is the day of the month before it, and counts nothing."""


def _named(found: re.Match[str], day: Day) -> Reading | NoSuchDay | None:
    """A day and a month, perhaps with a weekday before and a year after."""
    return _on(found, day, month_of(found["month"]))


def _of_nth_month(found: re.Match[str], day: Day) -> Reading | NoSuchDay | None:
    """ "the 24th of the 12th"."""
    month = ordinal_of(found["month"])
    return _on(found, day, month) if 1 <= month <= len(MONTH_NAMES) else None


def _on(found: re.Match[str], day: Day, month: int) -> Reading | NoSuchDay:
    """The day that was said of a month, with the year and the weekday that the words hold."""
    words = found["day"]
    number = ordinal_of(words) if _ORDINAL.fullmatch(words) else count_of(words)
    if found["year"]:
        return exact_day(year_of(found["year"]), month, number, found["weekday"])
    return next_day(day.today, month, number, found["weekday"])


_ORDINAL = compiled(ORDINAL)

NAMED = (
    DateRule(
        compiled(rf"\b(?P<weekday>)(?P<day>{ORDINAL})(?: day)? of (?:the )?(?P<month>{ORDINAL})(?: month)?{_YEAR}"),
        _of_nth_month,
    ),
    DateRule(
        compiled(rf"\b{WEEKDAY_BEFORE}(?P<day>{_DAY_NUMBER})(?: day)?,?[ -]?(?:of )?(?P<month>{MONTH}){_YEAR}"),
        _named,
    ),
    DateRule(
        compiled(
            rf"\b{WEEKDAY_BEFORE}(?P<month>{MONTH}),?[ -]{{0,2}}(?:the )?(?P<day>{_DAY_NUMBER})(?![0-9])"
            rf"{_NO_QUANTITY}{_YEAR}"
        ),
        _named,
    ),
)
"""The rules."""
