"""A day by its numbers: whether there is one, and the next where no year was said."""

from datetime import date, timedelta

from language.slots.dates.calendar import (
    DAY_NAMES,
    MONTH_NAMES,
    SHORT_WEEKDAY,
    WEEKDAY,
    day_in,
    day_words,
    ever,
    ordinal_words,
    upcoming,
    weekday_of,
)
from language.slots.dates.reading import NoSuchDay, Reading

WEEKDAY_BEFORE = rf"(?:(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY}),?(?: the| on(?: the)?)? {{1,2}})?"
"""A weekday that may stand before a date."""
_JUST_PAST, _A_YEAR = timedelta(days=45), timedelta(days=366)
"""A day without a year that went by so recently, or is further off, may be meant otherwise."""


def exact_day(year: int, month: int, number: int, weekday: str | None) -> Reading | NoSuchDay:
    """A day with its year, refused where there is none or its weekday is another."""
    day = day_in(year, month, number)
    if day is None:
        return NoSuchDay(f"{MONTH_NAMES[month - 1]} {year} has no {ordinal_words(number)}.")
    if weekday and day.weekday() != weekday_of(weekday):
        return _not_that_weekday(day, weekday)
    return Reading(day)


def next_day(today: date, month: int, number: int, weekday: str | None) -> Reading | NoSuchDay:
    """The next such day, or the one just past where only that has the weekday; refused where neither has it."""
    ahead = upcoming(today, month, number)
    if ahead is None or not ever(month, number):
        return NoSuchDay(f"{MONTH_NAMES[month - 1]} has no {ordinal_words(number)}.")
    past = day_in(ahead.year - 1, month, number)
    recent = past if past and today - past <= _JUST_PAST else None
    if not weekday:
        return Reading(ahead, certain=recent is None and ahead - today <= _A_YEAR)
    meant = next((day for day in (ahead, recent) if day and day.weekday() == weekday_of(weekday)), None)
    return Reading(meant, certain=meant == ahead) if meant else _not_that_weekday(ahead, weekday)


def _not_that_weekday(day: date, weekday: str) -> NoSuchDay:
    return NoSuchDay(f"{day_words(day)} is not a {DAY_NAMES[weekday_of(weekday)]}.")
