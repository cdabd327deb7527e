"""Days and times that Indian callers name in Hindi within an English sentence: "kal subah das baje"."""

import re
from datetime import date

from language.slots.dates.calendar import compiled, days_later, weekday_after
from language.slots.dates.reading import DateRule, Day, Reading, dated
from language.slots.times.rules import Face, TimeRule
from language.slots.words import COUNT, count_of

_DAYS = {"aaj": 0, "aj": 0, "kal": 1, "parso": 2, "parson": 2, "parsu": 2}
_WEEKDAYS = ("som", "mangal", "budh", "guru", "shukra", "shani", "ravi")
_HOURS = {
    "ek": 1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "panch": 5, "paanch": 5, "chhe": 6, "chhah": 6, "saat": 7,
    "aath": 8, "nau": 9, "das": 10, "dus": 10, "gyarah": 11, "gyara": 11, "barah": 12, "bara": 12,
}  # fmt: skip
_FRACTIONS = {"saadhe": 30, "sadhe": 30, "sava": 15, "savaa": 15, "paune": -15}
_HALVES = {"dedh": (1, 30), "dhai": (2, 30), "dhaai": (2, 30)}
_NOON = 12


def _near(found: re.Match[str], day: Day) -> Reading | None:
    return dated(days_later(day.today, _DAYS[found.group().lower()]))


def _weekday(found: re.Match[str], day: Day) -> Reading:
    return Reading(_next(day.today, found["weekday"]))


def _next(today: date, name: str) -> date:
    return weekday_after(today, _WEEKDAYS.index(name.lower()))


def _clock(found: re.Match[str]) -> Face | None:
    """ "das baje", "saadhe teen baje", "dedh baje"."""
    if found["halves"]:
        return Face(*_HALVES[found["halves"].lower()])
    words, minutes = found["hour"].lower(), _FRACTIONS.get((found["fraction"] or "").lower(), 0)
    hour = _HOURS[words] if words in _HOURS else count_of(words)
    if not 1 <= hour <= _NOON:
        return None
    return Face(hour, minutes) if minutes >= 0 else Face((hour - 2) % _NOON + 1, 60 + minutes)


HINDI_DAYS = (
    DateRule(compiled(rf"\b(?:{'|'.join(_DAYS)})\b"), _near),
    DateRule(compiled(rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})v(?:aa|a)r\b"), _weekday),
)
HINDI_TIMES = (
    TimeRule(
        compiled(
            rf"\b(?:(?P<halves>{'|'.join(_HALVES)})|(?:(?P<fraction>{'|'.join(_FRACTIONS)}) )?"
            rf"(?P<hour>{'|'.join(_HOURS)}|{COUNT})) baje\b"
        ),
        _clock,
    ),
)
