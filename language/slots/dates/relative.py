"""Days counted from the call's: "tomorrow", "next Monday", "in two weeks", "the day after", "this weekend".

A weekday alone, or after "this" or "coming", is the next one from today on; "next Monday" is that of the week
after this one, weeks beginning on Monday. Where a plain and a "next" weekday differ, "next" is not certain.
"""

import re
from datetime import date, timedelta

from language.slots.dates.calendar import (
    MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    compiled,
    day_in,
    days_later,
    months_later,
    upcoming,
    weekday_after,
    weekday_of,
)
from language.slots.dates.reading import DateRule, Day, NoSuchDay, Reading, dated
from language.slots.words import COUNT, YEAR, count_of, year_of

_COUNT = rf"(?:a couple of|a few|an?|{COUNT})"
_UNIT = r"(?:days?|nights?|weeks?|fortnights?|months?)"
_DAYS = {"d": 1, "n": 1, "w": 7, "f": 14}
_SATURDAY = 5
_HOLIDAYS = {
    "christmas eve": (12, 24), "christmas": (12, 25), "xmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year": (1, 1), "valentine": (2, 14),
    "halloween": (10, 31),
}  # fmt: skip


def _near(found: re.Match[str], day: Day) -> Reading | None:
    """ "today", "tomorrow", "yesterday", and the days beyond."""
    said = found.group().lower()
    if said == "today" and _FAREWELL.search(found.string, 0, found.start()):
        return None
    step = -1 if "yesterday" in said else int("tomorrow" in said or "tmrw" in said)
    beyond = ("day after" in said) - ("day before" in said)
    return dated(days_later(day.today, step + beyond))


def _day_after(_: re.Match[str], day: Day) -> Reading | None:
    """ "the day after", said of nothing else: after tomorrow."""
    return dated(days_later(day.today, 2), certain=False)


def _counted(found: re.Match[str], day: Day) -> Reading | None:
    """ "in two weeks", "three days from now", "a week ago", "a week from tomorrow"."""
    unit, count = found["unit"].lower(), _count(found["count"])
    if count is None:
        return None
    count = -count if found["ago"] else count
    start = days_later(day.today, int((found["base"] or "").lower() == "tomorrow"))
    if start is None:
        return None
    return dated(months_later(start, count) if unit[0] == "m" else days_later(start, count * _DAYS[unit[0]]))


def _weeks_and_days(found: re.Match[str], day: Day) -> Reading | None:
    """ "in three weeks and two days"."""
    weeks, days = _count(found["count"]), _count(found["days"])
    return dated(days_later(day.today, 7 * weeks + days)) if weeks and days else None


def _count(words: str) -> int | None:
    """How many, None for a few."""
    said = words.lower()
    return {"a": 1, "an": 1, "a couple of": 2, "a few": None}[said] if said[0] == "a" else count_of(said)


def _weekday(found: re.Match[str], day: Day) -> Reading | None:
    """A weekday with what may stand before it, by the rule above."""
    wanted, which = weekday_of(found["weekday"]), (found["which"] or "").lower()
    ahead = weekday_after(day.today, wanted)
    if which in {"last", "past", "previous"}:
        return dated(days_later(ahead, -7 if wanted != day.today.weekday() else -14))
    if found["more"]:
        return dated(days_later(ahead, 7))
    if which.startswith("next") or "next week" in which:
        following = _monday(day.today) + timedelta(days=7 + wanted)
        return Reading(following, certain="week" in which or following == ahead)
    if wanted == day.today.weekday():
        return Reading(day.today if which == "this" else ahead, certain=False)
    return Reading(ahead)


def _beside_another(found: re.Match[str], day: Day) -> Reading | None:
    """ "the day after next Tuesday", "the day before Christmas"."""
    other = _weekday(found, day) if found["weekday"] else _holiday(found, day)
    if not isinstance(other, Reading):
        return None
    beside = days_later(other.value, 1 if found["side"].lower() == "after" else -1)
    return dated(beside, certain=other.certain)


def _of_next_week(found: re.Match[str], day: Day) -> Reading | None:
    """ "Monday next week"."""
    return Reading(_monday(day.today) + timedelta(days=7 + weekday_of(found["weekday"])))


def _from_weekday(found: re.Match[str], day: Day) -> Reading | None:
    """ "a week from Monday", "two weeks on Friday"."""
    count = _count(found["count"])
    ahead = weekday_after(day.today, weekday_of(found["weekday"]))
    return dated(days_later(ahead, 7 * count)) if count else None


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _stretch(found: re.Match[str], day: Day) -> Reading | None:
    """ "this weekend", "next week", "next month": from its first day to its last."""
    later = int(found["which"].lower() in {"next", "following"})
    if found["what"].lower() == "month":
        first = months_later(day.today.replace(day=1), later)
        after = months_later(first, 1) if first else None
        return Reading(max(first, day.today), False, after - timedelta(days=1)) if first and after else None
    monday = _monday(day.today) + timedelta(days=7 * later)
    first = monday + timedelta(days=_SATURDAY if found["what"].lower() == "weekend" else 0)
    return Reading(max(first, day.today), False, monday + timedelta(days=6))


def _holiday(found: re.Match[str], day: Day) -> Reading | NoSuchDay | None:
    said = found["name"].lower()
    month, number = next(each for name, each in _HOLIDAYS.items() if said.startswith(name))
    exact = day_in(year_of(found["year"]), month, number) if found["year"] else upcoming(day.today, month, number)
    return dated(exact)


_FAREWELL = compiled(
    r"(?:\b(?:that|this|it)(?:'s|'ll be| is| was| will be)[^.?!]*\b(?:all|it|everything)[^.?!]*"
    r"|\bhelp(?: me)?(?: for)? |\bthank[^.?!]*"
    r"|\b(?:doing|is it|are you|all(?: for)?) )$"
)
"""Before a "today" that only takes leave or greets."""
_WHICH = (
    r"(?:(?P<which>this coming|this upcoming|this|next week on|next|coming|upcoming|following|last|past|previous) )?"
)

_HOLIDAY = (
    r"(?P<name>christmas eve|christmas|xmas|boxing day|new year'?s eve|new year|valentine|halloween)"
    rf"(?:'?s)?(?: day)?\b(?! (?:party|dinner|lunch|menu))(?:,? (?P<year>{YEAR}))?"
)

RELATIVE = (
    DateRule(compiled(r"\b(?:the )?day (?:after tomorrow|before yesterday)\b"), _near),
    DateRule(compiled(r"\b(?:today|tonight|tomorrow|tmrw|yesterday|this (?:morning|afternoon|evening))\b"), _near),
    DateRule(
        compiled(
            rf"\b(?:the )?day (?P<side>after|before) (?:the )?(?:{_WHICH}(?P<weekday>{WEEKDAY})(?P<more> week\b)?"
            rf"|{_HOLIDAY})"
        ),
        _beside_another,
    ),
    DateRule(compiled(r"\b(?:the day after|the next day)\b(?! (?:my|the|that|christmas|new))"), _day_after),
    DateRule(
        compiled(
            rf"\bin (?:the next )?(?P<count>{_COUNT}) (?:more )?(?P<unit>{_UNIT})\b(?:'s? time)?(?P<ago>)(?P<base>)"
            r"(?! from| ago| and)"
        ),
        _counted,
    ),
    DateRule(
        compiled(
            rf"\b(?P<count>{_COUNT}) (?P<unit>{_UNIT}) (?:(?:from|after) (?P<base>now|today|tomorrow)|hence"
            rf"|(?P<ago>ago))\b"
        ),
        _counted,
    ),
    DateRule(compiled(rf"\bin (?P<count>{_COUNT}) weeks? and (?P<days>{_COUNT}) days?\b"), _weeks_and_days),
    DateRule(
        compiled(rf"\b(?P<count>{_COUNT}) weeks? (?:from|on|after) (?:this |next )?(?P<weekday>{WEEKDAY})"),
        _from_weekday,
    ),
    DateRule(
        compiled(
            rf"(?<!\bevery )(?<!\beach )\b{_WHICH}(?P<weekday>{WEEKDAY})(?P<more> week\b)?"
            rf"(?! roasts?| lunch menu| brunch| (?:in|of) (?:the month|{MONTH}))"
        ),
        _weekday,
    ),
    DateRule(compiled(rf"\b(?P<weekday>{WEEKDAY}),? (?:of )?next week\b"), _of_next_week),
    DateRule(
        compiled(rf"(?<=\b(?:on|or) )(?P<which>)(?P<weekday>{SHORT_WEEKDAY})(?P<more>)(?! [a-z]+ing\b)"), _weekday
    ),
    DateRule(compiled(rf"\b(?P<which>this coming|this|next) (?P<weekday>{SHORT_WEEKDAY})(?P<more>)"), _weekday),
    DateRule(compiled(r"\b(?P<which>this|next|the coming|following) (?P<what>weekend|week|month)\b"), _stretch),
    DateRule(compiled(rf"\b{_HOLIDAY}"), _holiday),
)
"""The rules, the more telling first."""

EXPECTED_WEEKDAY = DateRule(compiled(rf"\b(?P<which>)(?P<weekday>{SHORT_WEEKDAY})(?P<more>)"), _weekday)
"""A short weekday, once a day was asked for."""
