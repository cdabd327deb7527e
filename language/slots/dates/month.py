"""Days of a month that is not named: "Monday the 3rd", "the 7th of next month", "the last Friday of the month"."""

import re
from collections.abc import Iterator
from datetime import date

from language.slots.dates.calendar import (
    DAY_NAMES,
    MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    compiled,
    day_in,
    month_of,
    months_later,
    ordinal_words,
    upcoming,
    weekday_of,
)
from language.slots.dates.exact import exact_day
from language.slots.dates.reading import DateRule, Day, NoSuchDay, Reading
from language.slots.words import ORDINAL, YEAR, ordinal_of, year_of

_MONTHS_AHEAD = 4
_ALONE = (
    r"(?=\W*(?:$|[.,!?;)]|\s(?:at|for|in|on|of|please|to|and|or|is|are|was|would|if|by|from|around|about|available"
    r"|as well|starting|till|until|this|with|under|thanks|then|maybe|works?|instead|but|not|no|sorry|morning|afternoon"
    r"|evening|any|between|after|before|will|it|i|we)\b))"
)
"""After an ordinal that names a day and no "third time"."""


def _of_month(found: re.Match[str], day: Day) -> Reading | NoSuchDay | None:
    """A weekday with a day of the month: the first of the months ahead where both agree."""
    number = ordinal_of(found["day"])
    wanted = weekday_of(found["weekday"])
    ahead = [one for one in _days_ahead(day.today, number) if one.weekday() == wanted]
    if not 1 <= number <= 31:
        return NoSuchDay(f"No month has a {ordinal_words(number)}.")
    if not ahead:
        return NoSuchDay(f"The {ordinal_words(number)} is not a {DAY_NAMES[wanted]} in the coming months.")
    return Reading(ahead[0], certain=ahead[0] == next(_days_ahead(day.today, number)))


def _nth_weekday(found: re.Match[str], day: Day) -> Reading | None:
    """ "the first Saturday of September", "the last Friday of the month", "next month first Monday"."""
    month = _month_meant(found, day)
    if month is None:
        return None
    wanted, nth = weekday_of(found["weekday"]), found["nth"].lower()
    numbers = [one for one in range(1, 32) if (at := day_in(month.year, month.month, one)) and at.weekday() == wanted]
    exact = day_in(month.year, month.month, numbers[-1 if nth == "last" else ordinal_of(nth) - 1])
    return Reading(exact) if exact else None


def _month_meant(found: re.Match[str], day: Day) -> date | None:
    """The first day of the month that was named: of the year said, else the next such month, else this one."""
    first = day.today.replace(day=1)
    if not found["month"]:
        return months_later(first, int((found["later"] or "").lower() == "next"))
    month = month_of(found["month"])
    return day_in(year_of(found["year"]), month, 1) if found["year"] else upcoming(first, month, 1)


def _days_ahead(today: date, number: int) -> Iterator[date]:
    first = today.replace(day=1)
    for later in range(_MONTHS_AHEAD):
        month = months_later(first, later)
        found = day_in(month.year, month.month, number) if month else None
        if found and found >= today:
            yield found


def _bare_ordinal(found: re.Match[str], day: Day) -> Reading | NoSuchDay | None:
    """ "the 7th": the next one; "of this month", "of next month" say which."""
    number = ordinal_of(found["day"])
    if found["later"]:  # "this" or "next" month
        month = months_later(day.today.replace(day=1), int(found["later"].lower() == "next"))
        return exact_day(month.year, month.month, number, None) if month else None
    ahead = next(_days_ahead(day.today, number), None)
    return Reading(ahead) if ahead else NoSuchDay(f"No month has a {ordinal_words(number)}.")


_NTH = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)"

MONTH_DAYS = (
    DateRule(
        compiled(
            rf"\b(?P<weekday>{WEEKDAY}|{SHORT_WEEKDAY}),? (?:the |on the )?(?P<day>{ORDINAL})(?!,? {YEAR}| thing)"
        ),
        _of_month,
    ),
    DateRule(
        compiled(
            rf"\b(?:the )?{_NTH} (?P<weekday>{WEEKDAY})(?: of| in)? "
            rf"(?:(?P<later>this|next) month|the month|(?P<month>{MONTH})(?: (?P<year>{YEAR}))?(?: this year)?)"
        ),
        _nth_weekday,
    ),
    DateRule(
        compiled(
            rf"\b(?P<later>this|next) month(?:'s)?,? (?:on )?(?:the )?{_NTH}"
            rf" (?P<weekday>{WEEKDAY})(?P<month>)(?P<year>)"
        ),
        _nth_weekday,
    ),
    DateRule(
        compiled(rf"(?:^\W*|(?<=\bfor )|(?<=\bon ))(?P<day>[0-3]?[0-9](?:st|nd|rd|th))\b(?P<later>){_ALONE}"),
        _bare_ordinal,
    ),
    DateRule(
        compiled(rf"\b(?P<day>{ORDINAL})(?: day)?(?: (?:of )?(?P<later>this|next) month| of the month)\b"),
        _bare_ordinal,
    ),
    DateRule(compiled(rf"(?<=\bthe )(?P<day>{ORDINAL})(?P<later>)(?: day)?{_ALONE}"), _bare_ordinal),
)
"""The rules that need no context."""

EXPECTED = (DateRule(compiled(rf"\b(?P<day>{ORDINAL})(?P<later>)"), _bare_ordinal),)
"""What names a day once a day was asked for."""
