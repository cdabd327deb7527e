"""How far from what was talked about a caller moves: "the day after that", "an hour later", "same time next week"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from language.slots.dates.calendar import compiled
from language.slots.words import COUNT, count_of, plain

_UNITS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_AMOUNT = rf"(?:(?P<half>half an)|(?P<count>an?|the|that|{COUNT})) (?P<unit>minute|hour|day|week)s?"
_END = r"(?=\W*(?:$|[,.!?]|(?:please|then|if|would|is|works|at|on|in|instead|maybe|or|and|but|with|for)\b))"
_STEPS = (
    (1, compiled(rf"\b{_AMOUNT} (?:later|after(?: that| it)?)\b{_END}")),
    (-1, compiled(rf"\b{_AMOUNT} (?:earlier|sooner|before(?: that| it)?)\b{_END}")),
    (1, compiled(rf"\b(?:postpone|delay|push)\b[^.?!]*\bby {_AMOUNT}\b")),
    (1, compiled(rf"\bback by {_AMOUNT}\b")),
    (-1, compiled(rf"\bforward by {_AMOUNT}\b")),
    (1, compiled(r"\bthe (?:next|following) (?P<unit>day|week)\b")),
    (-1, compiled(r"\bthe previous (?P<unit>day|week)\b")),
    (1, compiled(r"\bsame (?:day and )?(?:time|day) (?:the )?(?:next|following) (?P<unit>week)\b")),
)
"""Which way a step goes, and the words for it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A step in time from a day and time that were named before: `text[start:end] == quote`."""

    by: timedelta
    quote: str
    start: int
    end: int


def shift_in(text: str) -> Shift | None:
    """The last step in time that a text takes, None where it takes none; what it starts from is not in it."""
    said = plain(text)
    steps = [(found, way) for way, pattern in _STEPS for found in pattern.finditer(said)]
    if not steps:
        return None
    found, way = max(steps, key=lambda step: step[0].end())
    return Shift(way * _amount(found), text[found.start() : found.end()], *found.span())


def _amount(found: re.Match[str]) -> timedelta:
    said = found.groupdict()
    unit, count = _UNITS[found["unit"].lower()], (said.get("count") or "one").lower()
    return unit * (0.5 if said.get("half") else 1 if count in {"a", "an", "the", "that"} else count_of(count))
