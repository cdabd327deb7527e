"""The phrases that name a time of day: "half past four", "quarter to 12", "16:30", "4 pm", "noon", "around 7ish"."""

import re
from collections.abc import Callable
from typing import NamedTuple

from language.slots.dates.calendar import compiled
from language.slots.times.reading import PartOfDay
from language.slots.times.words import (
    FIVES,
    HALF,
    HOUR,
    HOUR_WORD,
    ISH,
    LATE_HOUR_WORD,
    MINUTES,
    NOT_MORE,
    START,
    WHOLE_HOUR,
    after,
)
from language.slots.words import COUNT, count_of

PARTS = {
    "morning": PartOfDay.MORNING, "breakfast": PartOfDay.MORNING, "a": PartOfDay.MORNING,
    "afternoon": PartOfDay.AFTERNOON, "lunch": PartOfDay.AFTERNOON, "p": PartOfDay.AFTERNOON,
    "evening": PartOfDay.EVENING, "dinner": PartOfDay.EVENING, "tonight": PartOfDay.EVENING,
    "night": PartOfDay.NIGHT,
    "subah": PartOfDay.MORNING, "savere": PartOfDay.MORNING, "dopahar": PartOfDay.AFTERNOON,
    "shaam": PartOfDay.EVENING, "raat": PartOfDay.NIGHT,
}  # fmt: skip
"""The part of the day that a word, or the letter of "am" and "pm", stands for."""

_NOON, _LAST_HOUR, _SIXTY = 12, 23, 60
_WHOLE_DAY = {"noon": 12, "midday": 12, "midnight": 0}
_NUMBER_BEFORE = compiled(rf"\b(?:{COUNT}|zero|oh|double|triple|hundred|and a|point)[ -]$")
"""Before an hour in words that is a piece of a longer number."""


class Face(NamedTuple):
    """An hour and minute as they were said; `exact` where they can be of one half of the day only."""

    hour: int
    minute: int
    exact: bool = False


class TimeRule(NamedTuple):
    """Words that may name a time, and how they are read; the reader answers None where they do not."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Face | None]


def part_after(found: re.Match[str]) -> PartOfDay | None:
    """The part of the day that stands in the phrase itself: "pm", "in the evening"."""
    parts = found.groupdict()
    word = parts.get("half") or parts.get("part") or parts.get("night")
    return PARTS[word.lower()] if word else None


def _clock(found: re.Match[str]) -> Face | None:
    """ "16:30", "4.30 pm", "four thirty", "4 30 pm"; from 13 on, 0, or written with a nought it is exact."""
    if _NUMBER_BEFORE.search(found.string, 0, found.start()) and found["hour"].isalpha():
        return None
    minute = re.sub(r"^(?:oh?|zero)[ -]", "", (found["minute"] or "0").lower())
    hour, minutes = count_of(found["hour"]), count_of(minute)
    if hour > _LAST_HOUR or minutes >= _SIXTY:
        return None
    if hour == 0 and part_after(found) not in {None, PartOfDay.MORNING, PartOfDay.NIGHT}:
        return Face(_NOON, minutes, exact=True)
    padded = (found["hour"][0] == "0" and part_after(found) is None) or "exact" in found.groupdict()
    return Face(hour, minutes, exact=hour > _NOON or hour == 0 or padded)


def _past(found: re.Match[str]) -> Face | None:
    """ "half past four", "quarter to 12", "ten minutes past three", "half four", "a quarter to noon"."""
    words, hour_words = found["minutes"].lower(), found["hour"].lower()
    minutes = {"half": 30, "quarter": 15, "a quarter": 15}.get(words) or count_of(words)
    whole = _WHOLE_DAY.get(hour_words)
    hour = whole if whole is not None else count_of(hour_words)
    if not 1 <= minutes < _SIXTY or not (whole is not None or 1 <= hour <= _LAST_HOUR):
        return None
    gone = (found["side"] or "past").lower() in {"past", "after"}
    if whole is not None or hour > _NOON:
        return Face(hour if gone else (hour - 1) % 24, minutes if gone else _SIXTY - minutes, exact=True)
    return Face(hour, minutes) if gone else Face((hour - 2) % _NOON + 1, _SIXTY - minutes)


def _named(found: re.Match[str]) -> Face:
    return Face(0 if "midnight" in found.group().lower() else _NOON, 0, exact=True)


def _rule(pattern: str, read: Callable[[re.Match[str]], Face | None] = _clock) -> TimeRule:
    return TimeRule(compiled(pattern), read)


_TOLD = r"(?P<side>past|after)"
_WANTED = r"(?P<side>to|till|of|before)"
_SIDE = r"(?P<side>past|after|to|till|of|before)"
_WHOLE = rf"(?P<hour>{HOUR}|noon|midday|midnight)"
_ENDS = rf"(?:{HALF}|(?![\w:]))"
_MINUTE_COUNT = rf"(?<![\w:.-])(?P<minutes>{COUNT})"
_CLOCK_BEFORE = after("at", "around", "about", "by", "for", "until", "till", "before", "after", "is", "it", "say")

TIME_RULES = (
    _rule(rf"{START}(?P<hour>{HOUR}):(?P<minute>[0-5][0-9]){ISH}{HALF}?(?![\w:])"),
    _rule(rf"{START}(?P<hour>{HOUR})[. ](?P<minute>[0-5][0-9]){HALF}(?![\w:])"),
    _rule(rf"{START}(?P<hour>[01]?[0-9])(?P<minute>[0-5][0-9]){HALF}(?!\w)"),
    _rule(rf"{START}(?P<hour>[01][0-9]|2[0-3])(?P<minute>[0-5][0-9])(?P<exact>) ?(?:hours|hrs)\b"),
    _rule(rf"{START}(?P<hour>1[3-9]|2[0-3])(?P<minute>)(?P<exact>)(?:hrs?|h)\b"),
    _rule(rf"^\W*(?P<hour>{HOUR})[.](?P<minute>[0-5][0-9]){ISH}\W*$"),
    _rule(rf"(?<=\bat )(?P<hour>{HOUR})[. ](?P<minute>[0-5][0-9]){ISH}(?![\w:]| [0-9])"),
    _rule(rf"{START}(?P<hour>{HOUR})[ -](?P<minute>{MINUTES}){ISH}{HALF}?{NOT_MORE}"),
    _rule(rf"{START}{WHOLE_HOUR}{HALF}(?!\w)"),
    _rule(rf"{START}{WHOLE_HOUR} ?o['\"]? ?clock{ISH}{HALF}?(?!\w)"),
    _rule(rf"{START}{WHOLE_HOUR}(?P<ish>[ -]?ish)\b{HALF}?"),
    _rule(rf"\b(?P<minutes>half|a quarter|quarter) {_SIDE} {_WHOLE}{ISH}{_ENDS}", _past),
    _rule(rf"{_MINUTE_COUNT} min(?:ute)?s? {_SIDE} {_WHOLE}{ISH}{_ENDS}", _past),
    _rule(rf"(?<![\w:.-])(?P<minutes>{FIVES}) {_TOLD} {_WHOLE}{ISH}{_ENDS}", _past),
    _rule(rf"{_MINUTE_COUNT} {_SIDE} {_WHOLE}{HALF}", _past),
    _rule(rf"(?:{_CLOCK_BEFORE}|^\W*)(?P<minutes>{FIVES}) {_WANTED} {_WHOLE}{ISH}(?![\w:]){NOT_MORE}", _past),
    _rule(rf"\b(?P<minutes>half) (?P<side>)(?P<hour>{HOUR_WORD})\b{HALF}?{NOT_MORE}", _past),
    _rule(
        rf"\b(?P<part>morning|afternoon|evening)(?: at| around| about)? (?P<hour>{HOUR})(?::(?P<minute>[0-5][0-9]))?"
        rf"{ISH}(?![\w:]|\s?[ap]\.?m\b){NOT_MORE}"
    ),
    _rule(r"\b(?:(?:12|twelve) )?(?:noon|midday|midnight|noontime|mid-day)\b", _named),
    _rule(
        rf"{after('at', 'by', 'around', 'after', 'before', 'until', 'till', 'approximately')}{WHOLE_HOUR}\b{NOT_MORE}"
    ),
    _rule(rf"{after('about')}(?!one\b){WHOLE_HOUR}\b{NOT_MORE}"),
)
"""The phrases that need no context."""

EXPECTED_RULES = (
    _rule(rf"{START}{WHOLE_HOUR}\b{NOT_MORE}"),
    _rule(rf"{START}(?P<hour>{LATE_HOUR_WORD})(?P<minute>)\b{NOT_MORE}"),
    _rule(rf"{START}(?P<minutes>{FIVES}) {_WANTED} {_WHOLE}{ISH}(?![\w:])", _past),
    _rule(rf"{START}(?P<hour>[01]?[0-9]|2[0-4])[. ]?(?P<minute>[0-5][0-9])(?![\w:]| [0-9])"),
)
"""What names a time once a time was asked for."""
