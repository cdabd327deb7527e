"""Days in figures: "2027-03-04", "3/4", "4.3.2027", by the order of the country."""

import re

from language.slots.dates.calendar import MONTH_NAMES, compiled
from language.slots.dates.exact import WEEKDAY_BEFORE, exact_day, next_day
from language.slots.dates.reading import DateRule, Day, NoSuchDay, Reading

_MONTHS = len(MONTH_NAMES)
_CENTURY = 2000


def _iso(found: re.Match[str], _: Day) -> Reading | NoSuchDay:
    year, month, number = (int(found[part]) for part in ("year", "month", "day"))
    return exact_day(year, month, number, found["weekday"]) if 1 <= month <= _MONTHS else _no_month(month)


def _numeric(found: re.Match[str], day: Day) -> Reading | NoSuchDay:
    """ "3/4" or "3/4/2027": by the country's order, unless a number above 12 can only be the day."""
    first, second = int(found["first"]), int(found["second"])
    month_first = first <= _MONTHS and (second > _MONTHS or not day.day_first)
    month, number = (first, second) if month_first else (second, first)
    if not 1 <= month <= _MONTHS:
        return _no_month(month)
    if not found["year"]:
        return next_day(day.today, month, number, found["weekday"])
    year = int(found["year"]) + (_CENTURY if len(found["year"]) == len("27") else 0)
    return exact_day(year, month, number, found["weekday"])


def _no_month(month: int) -> NoSuchDay:
    return NoSuchDay(f"There is no month {month}.")


_NUMBERS = rf"(?<![\w/.-]){WEEKDAY_BEFORE}(?P<first>[0-9]{{1,2}})(?P<sign>[-/.])(?P<second>[0-9]{{1,2}})"
_NO_MORE = r"(?![\w/-]|\.[0-9])"

FIGURES = (
    DateRule(
        compiled(
            rf"\b{WEEKDAY_BEFORE}(?P<year>[12][0-9]{{3}})(?P<sign>[-/.])(?P<month>[0-9]{{1,2}})(?P=sign)"
            r"(?P<day>[0-9]{1,2})(?![0-9])"
        ),
        _iso,
    ),
    DateRule(compiled(rf"{_NUMBERS}(?P=sign)(?P<year>[0-9]{{4}}|[0-9]{{2}}){_NO_MORE}"), _numeric),
    DateRule(compiled(rf"{_NUMBERS.replace('[-/.]', '/')}(?P<year>){_NO_MORE}"), _numeric),
)
"""The rules; two numbers are a date only with a slash between them."""
