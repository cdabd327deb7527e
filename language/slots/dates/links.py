"""Days that lean on a day beside them: the "5th" of "from 3 May to the 5th" and of "3 May, no, the 4th"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from language.slots.corrections import CUE
from language.slots.dates.calendar import MONTH, compiled, day_in, months_later
from language.slots.dates.reading import InvalidDate, SpokenDate
from language.slots.words import ORDINAL, YEAR, ordinal_of

Found = SpokenDate | InvalidDate

RANGE = compiled(r"\W*(?:to|until|till|through|and|or|-)\W*(?:(?:the|on|until)\W*)*")
"""Between two days that belong together."""
_BARE = compiled(ORDINAL)
_LEFT_OVER = compiled(rf",? (?:of |in |the )?(?:{YEAR}|{MONTH}|{ORDINAL}(?! thing))")
_NTH = compiled(r"\b(?:first|second|third|fourth|last|1st|2nd|3rd|4th) $")
_MONTHS_ON = 3


def linked(said: str, found: Sequence[Found]) -> list[Found]:
    """The days, each bare "5th" read by the day that it belongs to, before or after it."""
    days = [_whole(said, one) for one in found]
    for at in range(len(days) - 1, 0, -1):
        days[at - 1] = _before(said, days[at - 1], days[at])
    for at in range(1, len(days)):
        days[at] = _after(said, days[at - 1], days[at])
    return days


def _whole(said: str, one: Found) -> Found:
    """A day with a part of a date beside it that was not read as its own is not certain."""
    if isinstance(one, SpokenDate) and (_LEFT_OVER.match(said, one.end) or _NTH.search(said, 0, one.start)):
        return replace(one, certain=False)
    return one


def _before(said: str, one: Found, other: Found) -> Found:
    """The "23rd" of "the 23rd until the 29th of May": the last one before the other day."""
    number = _bare_number(one)
    if number is None or _bare_number(other) is not None or isinstance(other, InvalidDate):
        return one
    if not isinstance(one, SpokenDate) or not RANGE.fullmatch(said, one.end, other.start):
        return one
    months = (months_later(other.value.replace(day=1), -back) for back in range(_MONTHS_ON))
    days = (day_in(month.year, month.month, number) for month in months if month)
    value = next((day for day in days if day and day <= other.value), None)
    return replace(one, value=value) if value else one


def _after(said: str, other: Found, one: Found) -> Found:
    """The "5th" of "3 May to the 5th" is the next after 3 May; of "3 May, no, the 5th" one of May."""
    number = _bare_number(one)
    if number is None or not isinstance(one, SpokenDate) or not isinstance(other, SpokenDate):
        return one
    value = None
    if RANGE.fullmatch(said, other.end, one.start):
        value = _next_such(other.value, number)
    elif CUE.fullmatch(said, other.end, one.start):
        value = day_in(other.value.year, other.value.month, number)
    return replace(one, value=value) if value else one


def _bare_number(one: Found) -> int | None:
    return ordinal_of(one.quote) if _BARE.fullmatch(one.quote) else None


def _next_such(after: date, number: int) -> date | None:
    months = (months_later(after.replace(day=1), on) for on in range(_MONTHS_ON))
    days = (day_in(month.year, month.month, number) for month in months if month)
    return next((day for day in days if day and day >= after), None)
