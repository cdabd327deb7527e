"""What stands beside a number and makes it another one: sign, percent, bound, period."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from language.numbers import NumberSpan


class Mark(StrEnum):
    """What is said of a number besides its value."""

    MINUS = "minus"
    PERCENT = "percent"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class MarkSpan(NamedTuple):
    """A mark where it stands, and the index of its number; a sign ("%", "-", "+") begins with its number."""

    start: int
    end: int
    mark: Mark
    number: int
    is_sign: bool = False


_SOFT = (
    r"(?:[\s,]|\b(?:a|an|the|about|around|roughly|approximately|maybe|probably|just|only|like|of|um+|uh+|er+|say)\b)*"
)
_LIMIT = re.compile(
    r"\b(?:(?P<most>less than|fewer than|lower than|under|below|(?:at|the) (?:the )?(?:very )?most|"
    r"(?:no|not) (?:more|over|higher) than|not over|max(?:imum)?"
    r"|(?<!'s )(?<!'re )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bgo )(?<!\bgone )(?<!\bwent )(?<!\bback )up to)"
    r"|(?P<least>more than|greater than|higher than|over|above|at (?:the )?(?:very )?least|"
    r"(?:no|not) (?:less|fewer|lower) than|upwards of|north of|in excess of|min(?:imum)?))"
    rf"{_SOFT}[£$€~]?\s?$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"(?:[^\w.?!;]+(?!or\b|and\b|at\b)[a-z']+)?(?:(?P<plus>\s?\+)|[^\w.?!;]+(?:"
    r"(?P<least>or (?:more|over|above)|and (?:up|upwards|over|above)|at (?:the )?(?:very )?least|(?<!, )plus|minimum)"
    r"|(?P<most>or (?:less|fewer|under|below)|at (?:the )?(?:very )?(?:most|best)|max(?:imum)?|tops))\b)",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:(?:^|[\s(£$€])(?P<sign>[-−–])|\b(?P<word>minus|negative)\s)[£$€]?$", re.IGNORECASE)
_PERCENT = re.compile(rf"(?P<sign>\s?[%٪％﹪])|{_SOFT}(?P<word>per ?cent)\b", re.IGNORECASE)
_NAMES = {
    "hour": Mark.HOUR, "hourly": Mark.HOUR, "day": Mark.DAY, "night": Mark.DAY, "daily": Mark.DAY, "nightly": Mark.DAY,
    "week": Mark.WEEK, "weekly": Mark.WEEK, "month": Mark.MONTH, "monthly": Mark.MONTH, "quarter": Mark.QUARTER,
    "quarterly": Mark.QUARTER, "year": Mark.YEAR, "annum": Mark.YEAR, "yearly": Mark.YEAR, "annually": Mark.YEAR,
    "annual": Mark.YEAR,
}  # fmt: skip
_PERIOD = (
    r"(?P<phrase>(?:\b(?:a|an|per|each|every)\s+(?:(?:a|an|uh+|um+|single)\s+)*"
    r"(?P<period>hour|day|night|week|month|quarter|year|annum)"
    r"|\b(?P<adverb>hourly|daily|nightly|weekly|monthly|quarterly|yearly|annually|annual))\b)"
)
_PERIOD_AFTER = re.compile(rf"(?:[^\w.?!;]+[\w']+){{0,4}}?[^\w.?!;]+{_PERIOD}", re.IGNORECASE)
_PERIOD_BEFORE = re.compile(rf"{_PERIOD}(?:[^\w.?!;]+[\w']+){{0,3}}[^\w.?!;]+$", re.IGNORECASE)
_REACH = 64


def marks_of(text: str, numbers: Sequence[NumberSpan]) -> tuple[MarkSpan, ...]:
    """Find the marks of the numbers of a text; each belongs to the number it stands beside."""
    found: list[MarkSpan] = []
    for index, number in enumerate(numbers):
        floor = numbers[index - 1].end - 1 if index else 0
        end = numbers[index + 1].start if index + 1 < len(numbers) else len(text)
        before = max(floor, number.start - _REACH)
        taken = {mark.start for mark in found[-3:]}
        found += (one for one in _before(text[before : number.start], before, index, number) if one.start not in taken)
        found += _after(text[number.end : min(end, number.end + _REACH)], index, number)
    return tuple(found)


def _before(text: str, offset: int, index: int, number: NumberSpan) -> Iterator[MarkSpan]:
    if limit := _LIMIT.search(text):
        mark = Mark.AT_MOST if limit["most"] else Mark.AT_LEAST
        start, end = limit.span(limit.lastgroup or 0)
        yield MarkSpan(offset + start, offset + end, mark, index)
    if minus := _MINUS.search(text):
        if minus["sign"]:
            yield MarkSpan(number.start, number.end, Mark.MINUS, index, is_sign=True)
        else:
            yield MarkSpan(offset + minus.start("word"), offset + minus.end("word"), Mark.MINUS, index)
    if period := _PERIOD_BEFORE.search(text):
        start, end = period.span("phrase")
        yield MarkSpan(offset + start, offset + end, _period(period), index)


def _after(text: str, index: int, number: NumberSpan) -> Iterator[MarkSpan]:
    offset = number.end
    if percent := _PERCENT.match(text):
        if percent["sign"]:
            yield MarkSpan(number.start, offset + percent.end(), Mark.PERCENT, index, is_sign=True)
        else:
            yield MarkSpan(offset + percent.start("word"), offset + percent.end("word"), Mark.PERCENT, index)
    if limit := _LIMIT_AFTER.match(text):
        if limit["plus"]:
            yield MarkSpan(number.start, offset + limit.end(), Mark.AT_LEAST, index, is_sign=True)
        else:
            mark = Mark.AT_MOST if limit["most"] else Mark.AT_LEAST
            start, end = limit.span("most" if limit["most"] else "least")
            yield MarkSpan(offset + start, offset + end, mark, index)
    if period := _PERIOD_AFTER.match(text):
        start, end = period.span("phrase")
        yield MarkSpan(offset + start, offset + end, _period(period), index)


def _period(found: re.Match[str]) -> Mark:
    return _NAMES[(found["period"] or found["adverb"]).lower()]
