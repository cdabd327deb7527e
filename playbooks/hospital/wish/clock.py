"""The days and times that one turn names, read as the answer to a question."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from language.anchoring.derivations import Setting, derivations
from language.anchoring.derived_values import Derivation, Rule, written_date, written_time
from language.slots.dates.said import InvalidDate, SpokenDate, dates
from language.slots.shifts import Shift, shift_in
from language.slots.times.said import SpokenTime, times
from language.slots.times.words import HOUR, MINUTES
from language.slots.words import ORDINAL
from playbooks.hospital import wording
from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY

_COUNTED = re.compile(r"\b(?:hour|minute|min)s?\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"(?:on )?(?:the )?{ORDINAL}", re.IGNORECASE)
_PLACE = re.compile(r"\W*(?:the )?(?:first|second|third)(?: please)?\W*", re.IGNORECASE)
_ONE = re.compile(r"\s*(?:one|option|slot)s?\b", re.IGNORECASE)
_HOUR = re.compile(
    r"^\W*(?:(?:um|uh|hmm|oh|well|okay|yes|maybe|actually|and|or|no|then|so|at|around|what about|how about|make it|is"
    r"|wait|sorry|rather|can|could|we|you|i(?:'ll| will)?|take|do|prefer|let's|say|have)\W+)*"
    rf"(?!one\b){HOUR}\b(?:[ :.]{MINUTES}\b)?(?:\W+(?:please|then|instead|free|okay|possible))*\W*$",
    re.IGNORECASE,
)
"""An hour with nothing beside it that tells anything else."""
_ANEW = re.compile(r"\b(?:instead|rather|wait|make it)\b", re.IGNORECASE)
"""Beside an hour that takes the place of another, whatever was asked since."""
_SINCE = re.compile(r"\bsince(?: the| last)?\s*$", re.IGNORECASE)
"""Before a day that is over: "it has been hurting since Tuesday"."""
_BEFORE = re.compile(r"(?<!not )\bbefore\s*$", re.IGNORECASE)
SOONEST = re.compile(
    r"\bas (?:soon|early) as (?:possible|you can)\b|\basap\b|\b(?:soonest|jaldi se jaldi|at the earliest)\b"
    r"|\bearliest (?:available|possible|free|one|slot|appointment|time|you|that|there|is|please|dr|doctor|he|she)\b"
    r"|\b(?:first|next) (?:available|possible|free)\b"
    r"|\bwhen ?ever (?:\w+ ){0,3}(?:free|available|possible|time|a slot)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:not|n't|except|but|nahin?|mat)\b", re.IGNORECASE)
_FEW_WORDS = 4
"""Words of a bare answer."""


@dataclass(frozen=True)
class Moments:
    """Days and times; `part` is a part of the day, `shift` a step from what was talked about.

    `impossible` is a sentence about a day that is none; `unwanted` are days that are denied: "not on Monday".
    """

    days: tuple[SpokenDate, ...] = ()
    times: tuple[SpokenTime, ...] = ()
    part: SpokenTime | None = None
    shift: Shift | None = None
    impossible: str = ""
    unwanted: tuple[date, ...] = ()


def opening_hours() -> tuple[time, time]:
    """When on any day the first and the last appointment may begin."""
    stretches = [
        stretch for doctor in DIRECTORY.doctors.values() for hours in doctor.hours.values() for stretch in hours
    ]
    closes = DIRECTORY.at(date.max, max(ends for _, ends in stretches)) - timedelta(minutes=DIRECTORY.slot_minutes)
    return min(begins for begins, _ in stretches), closes.time()


OPENING = opening_hours()


def clock_of(said: str, now: float) -> datetime:
    """The clock that words are read by: the beginning of the day, unless they count from this moment."""
    clock = DIRECTORY.now(now)
    from_now = _COUNTED.search(said) or SOONEST.search(said)
    return clock if from_now else clock.replace(hour=0, minute=0, second=0, microsecond=0)


def moments_in(said: str, question: str | None, clock: datetime) -> Moments:
    """Read the days and times of a turn."""
    asked, shift = phrases.asks_about(question, "day"), shift_in(said)
    found = dates(said, clock, expects=asked)
    days = [day for day in found if isinstance(day, SpokenDate) and _is_day(said, day, asked=asked)]
    to_come = [day for day in days if day.value >= clock.date()]
    at = times(said, clock, opening=OPENING, expects=_expects_time(said, question, clock))
    until = next((one for one in at if _BEFORE.search(said, 0, one.start)), None)
    return Moments(
        days=tuple(day for day in to_come or days if shift is None or day.end <= shift.start or shift.end <= day.start),
        times=tuple(one for one in at if one.until is None and one is not until),
        part=_all_before(until) if until else next((one for one in at if one.until is not None), None),
        shift=shift,
        impossible=next((day.sentence for day in found if isinstance(day, InvalidDate)), ""),
        unwanted=_unwanted(said, found, clock),
    )


def _unwanted(said: str, wanted: Iterable[SpokenDate | InvalidDate], clock: datetime) -> tuple[date, ...]:
    """The days that a turn names only to deny them."""
    blank = _DENIAL.sub(lambda denial: " " * len(denial.group()), said)
    named = dates(blank, clock) if blank != said else ()
    kept = {day.start for day in wanted}
    return tuple(day.value for day in named if isinstance(day, SpokenDate) and day.start not in kept)


def derived_moments(said: str, clock: datetime) -> Iterator[Derivation]:
    """The values of a turn, and the day and the time that a bare answer names: "eleven", "the 7th"."""
    yield from derivations(said, Setting(clock, DIRECTORY.region, opening=OPENING))
    few = len(said.split()) <= _FEW_WORDS
    for day in dates(said, clock, expects=True) if few else ():
        if isinstance(day, SpokenDate) and day.certain and _is_day(said, day, asked=True):
            yield Derivation(written_date(day.value), Rule.DATE, day.quote)
    for at in times(said, clock, opening=OPENING, expects=True) if few or _ends_in_hour(said, clock) else ():
        if not at.ambiguous and at.until is None:
            yield Derivation(written_time(at.value), Rule.TIME, at.quote)


def _expects_time(said: str, question: str | None, clock: datetime) -> bool:
    """Whether a bare number is a time: one was asked for, or an hour alone answers an offer or follows a day."""
    if phrases.asks_about(question, "time"):
        return True
    offered = phrases.asks(question, phrases.SUITS, phrases.WHICH_ONE, *phrases.ASKS_FOR_YES)
    offered = offered or phrases.asks_about(question, "meaning") or wording.IS_FREE in (question or "")
    anew = offered or _HOUR.match(said) is None or _ANEW.search(said)
    return _ends_in_hour(said, clock) and bool(anew)


def _ends_in_hour(said: str, clock: datetime) -> bool:
    """Whether a turn is an hour alone, or has one alone after its last day: "Monday nine"."""
    days = dates(said, clock)
    return _HOUR.match(said[days[-1].end :] if days else said) is not None


def _is_day(said: str, day: SpokenDate, *, asked: bool) -> bool:
    """Whether a single day is meant: no stretch of days, no "second one", and no "first" of what was offered."""
    place = _ONE.match(said, day.end) or (not asked and _PLACE.fullmatch(said))
    over = _SINCE.search(said, 0, day.start)
    return day.until is None and not over and not (place and _ORDINAL.fullmatch(day.quote))


def _all_before(at: SpokenTime) -> SpokenTime:
    """The part of the day that ends at a time."""
    return replace(at, value=time.min, until=at.value)
