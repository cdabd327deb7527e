"""Dates, years and times of day."""

import re

from language.spoken.numbers import cardinal, ordinal, year
from language.spoken.rules import DASH, Rule, full_stop, rule

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    + (r"|Nov(?:ember)?|Dec(?:ember)?)\.?")
)
_DAY = r"(?<![\w.,])([0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(1[0-9]{3}|20[0-9]{2})(?![\w]|[.,:][0-9])"
_WEEKDAY = r"\b(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b"
_MERIDIEM = r"([AaPp])\.?\s?[Mm]\b\.?"
_HOUR, _MINUTE = r"([01]?[0-9]|2[0-4])", r"([0-5][0-9])"


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name[:3]))


def _weekday(name: str) -> str:
    return next(day for day in _DAYS if day.startswith(name[:3]))


def _date(month: int, day: int, figures: str) -> str | None:
    """Say a date by its numbers; None if there is no such month or day."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    full = figures if len(figures) == 4 else f"{20 if int(figures) < 50 else 19}{figures}"
    return f"{_MONTHS[month - 1]} {ordinal(day)}, {year(full)}"


def _iso(found: re.Match[str]) -> str:
    said = _date(int(found[2]), int(found[3]), found[1])
    return found[0] if said is None else said + (", " if found[4] else "")


def _numeric(day_first: bool, found: re.Match[str]) -> str:
    """Say "3/4/2026" as its country does; a first number over 12 can only be a day."""
    first, second = int(found[1]), int(found[3])
    swap = day_first or first > 12 or found[2] == "."
    said = _date(second, first, found[4]) if swap and second <= 12 else _date(first, second, found[4])
    return found[0] if said is None else said


def _named(month: str, day: str, last: str | None, figures: str | None) -> str | None:
    if not 1 <= int(day) <= 31 or (last is not None and not 1 <= int(last) <= 31):
        return None
    to = f" to {ordinal(int(last))}" if last else ""
    return f"{_month(month)} {ordinal(int(day))}{to}" + (f", {year(figures)}" if figures else "")


def _month_first(found: re.Match[str]) -> str:
    return _named(found[1], found[2], found[3], found[4]) or found[0]


def _day_first(found: re.Match[str]) -> str:
    return _named(found[3], found[1], found[2], found[4]) or found[0]


def _clock(found: re.Match[str]) -> str:
    """Say a time: "three thirty P M", "nine o'clock", "fifteen hundred"."""
    hour, minute, second, half = int(found[1]), found[2], found[3], found[4]
    said = f"{cardinal(hour)}{_minutes(hour, minute, half)}"
    if second:
        said += f" and {cardinal(int(second))} seconds"
    return said + (f" {half.upper()} M{full_stop(found)}" if half else "")


def _minutes(hour: int, minute: str, half: str | None) -> str:
    if minute == "00":
        return "" if half else (" o'clock" if 1 <= hour <= 12 else " hundred")
    return f" {'oh ' if minute[0] == '0' else ''}{cardinal(int(minute))}"


def _hour(found: re.Match[str]) -> str:
    return f"{cardinal(int(found[1]))} {found[2].upper()} M{full_stop(found)}"


def _decade(found: re.Match[str]) -> str:
    tens = cardinal(int(found[2])) if found[2] != "00" else "hundred"
    century = f"{cardinal(int(found[1]))} " if found[1] else ""
    return f"{century}{tens[:-1]}ies" if tens.endswith("y") else f"{century}{tens}s"


def _years(found: re.Match[str]) -> str:
    return f"{year(found[1])} to {year(found[2])}"


WEEKDAYS = (rule(rf"{_WEEKDAY}\.?{DASH}{_WEEKDAY}\.?", lambda found: f"{_weekday(found[1])} to {_weekday(found[2])}"),)
"""Two shortened days with a dash between them need no figure to be told from words."""


def build_dates(*, day_first: bool) -> tuple[Rule, ...]:
    """Build the rules for dates and years, with "3/4/2026" in April or in March."""
    to_day = rf"(?:{DASH}([0-3]?[0-9])(?:st|nd|rd|th)?)?"
    return (
        rule(rf"{_WEEKDAY}\.?(?=,?\s(?:[0-9]|{_MONTH}\s[0-9]))", lambda found: _weekday(found[1])),
        rule(r"(?<![\w.-])([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?:([T ])(?=[0-9]{2}:)|(?![\w-]))", _iso),
        rule(
            r"(?<![\w./])([0-3]?[0-9])([/.-])([0-3]?[0-9])\2([12][0-9]{3}|(?<=[/-])[0-9]{2})(?![\w/]|[.,-][0-9])",
            lambda found: _numeric(day_first, found),
        ),
        rule(rf"\b{_MONTH}\s([0-3]?[0-9])(?:st|nd|rd|th)?{to_day}(?![\w:%]|[.,/][0-9])(?:,?\s{_YEAR})?", _month_first),
        rule(rf"{_DAY}{to_day}\s(?:of\s)?{_MONTH}(?!\w)(?:,?\s{_YEAR})?", _day_first),
        rule(rf"\b{_MONTH}\s{_YEAR}", lambda found: f"{_month(found[1])} {year(found[2])}"),
        rule(rf"(?<![\w.,$-])(1[5-9][0-9]{{2}}|20[0-9]{{2}}){DASH}{_YEAR}(?!-)", _years),
        rule(
            rf"\b((?:[Ii]n|[Ss]ince|[Dd]uring|[Yy]ear|[Uu]ntil|[Bb]y)\s)(?=1[5-9]|20){_YEAR}(?!\s?(?:%|[a-z]+s\b))",
            lambda found: found[1] + year(found[2]),
        ),
        rule(r"(?<![\w.,])'?(1[0-9]|20)?([0-9]0)'?s\b", _decade),
    )


TIMES = (
    rule(rf"(?<=[0-9mM.])\s?[-–—]\s?(?=[0-9]{{1,2}}(?:[:.][0-9]{{2}})?\s?{_MERIDIEM})", " to "),
    rule(r"(?<=[0-9]:[0-9]{2})\s?[-–—]\s?(?=[0-9]{1,2}:[0-9]{2})", " to "),
    rule(rf"(?<![\w.:,]){_HOUR}:{_MINUTE}(?::{_MINUTE}(?:\.[0-9]+)?)?(?:\s?{_MERIDIEM}|Z)?(?![\w:])", _clock),
    rule(rf"(?<![\w.:,]){_HOUR}\.{_MINUTE}()\s?{_MERIDIEM}", _clock),
    rule(rf"(?<![\w.:,])(1[0-2]|0?[1-9])\s?{_MERIDIEM}", _hour),
    rule(r"\b([AaPp])\.\s?[Mm]\.", lambda found: f"{found[1].upper()} M{full_stop(found)}"),
)
