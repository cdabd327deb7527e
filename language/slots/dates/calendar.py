"""Days, months and years by their names, and arithmetic of the calendar."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|urary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:monday|tuesday|wedne?sday|thursday|friday|saturday|sunday)(?:'s)?\b"
SHORT_WEEKDAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?"
_LEAP_CYCLE = 8
"""No two leap days are further apart, in years."""


def month_of(name: str) -> int:
    """The number of a month by its name or its first three letters; raises StopIteration for other words."""
    return next(place for place, month in enumerate(MONTH_NAMES, 1) if month[:3].lower() == name[:3].lower())


def weekday_of(name: str) -> int:
    """The number of a weekday, Monday being 0; raises StopIteration for other words."""
    return next(place for place, day in enumerate(DAY_NAMES) if day[:3].lower() == name[:3].lower())


def day_in(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has no such day."""
    if not (1 <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def ever(month: int, day: int) -> bool:
    """Whether any year has this day."""
    return day_in(2000, month, day) is not None


def upcoming(today: date, month: int, day: int) -> date | None:
    """The first such day from today on, None where no year has it."""
    years = range(today.year, today.year + _LEAP_CYCLE + 1)
    return next((found for year in years if (found := day_in(year, month, day)) and found >= today), None)


def months_later(day: date, months: int) -> date | None:
    """The same day some months later, the month's last where it has none such; None past the calendar's end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: date, days: int) -> date | None:
    """The day some days later, None past the calendar's end."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def weekday_after(today: date, weekday: int) -> date:
    """The next such weekday; a week from today if today is one."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def day_words(day: date) -> str:
    """A day as an agent says it: "Monday 3 May 2027"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def ordinal_words(day: int) -> str:
    """A day of the month as an agent says it: "3rd"."""
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that is blind to capitals."""
    return re.compile(pattern, re.IGNORECASE)
