"""What one turn of a caller says about an appointment: what it does, days, times, a doctor, a department."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from language.anchoring.derivations import Setting, derivations
from language.anchoring.derived_values import Derivation, Rule, written_date, written_time
from language.slots.dates import InvalidDate, SpokenDate, dates
from language.slots.times import SpokenTime, times
from language.slots.words import ORDINAL
from playbooks.hospital import asking
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish_acts import Act, Intent, act_of, intent_of
from playbooks.hospital.wish_whom import REMEMBERED, department_in, derived_whom, doctor_in

LONGEST = 1_000
"""Characters of a turn that are read."""
_COUNTED = re.compile(r"\b(?:hour|minute|min)s?\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"(?:on )?(?:the )?{ORDINAL}", re.IGNORECASE)
_ONE = re.compile(r"\s*(?:one|option|slot)s?\b", re.IGNORECASE)
_FEW_WORDS = 4
"""Words of a bare answer."""
_FLEXIBLE = re.compile(
    r"\b(?:any ?time|any slot|when ?ever|earliest|(?:first|next) (?:available|possible|free)"
    r"|as (?:early|soon) as possible|i do not mind|i don't mind|does not matter|doesn't matter|all day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """What one turn says; `impossible` is a sentence about a day that is none, `rivals` are doctors that fit alike."""

    act: Act
    intent: Intent | None = None
    days: tuple[SpokenDate, ...] = ()
    times: tuple[SpokenTime, ...] = ()
    part: SpokenTime | None = None
    impossible: str = ""
    doctor: str | None = None
    department: str | None = None
    rivals: tuple[str, ...] = ()
    flexible: bool = False
    words: str = ""

    @property
    def is_about_slot(self) -> bool:
        """Whether it names anything that an appointment is made of."""
        return bool(self.days or self.times or self.part or self.doctor or self.department or self.rivals)


def opening_hours() -> tuple[time, time]:
    """When on any day the first and the last appointment may begin."""
    stretches = [
        stretch for doctor in DIRECTORY.doctors.values() for hours in doctor.hours.values() for stretch in hours
    ]
    closes = DIRECTORY.at(date.max, max(ends for _, ends in stretches)) - timedelta(minutes=DIRECTORY.slot_minutes)
    return min(begins for begins, _ in stretches), closes.time()


OPENING = opening_hours()


def derived(text: str, now: float) -> tuple[Derivation, ...]:
    """What a text says in other words than the tools take: days, times, addresses, doctors; `now` in epoch seconds."""
    said = text[:LONGEST]
    return (*_derived(said, _clock(said, now)), *derived_whom(said))


def heard(words: str, question: str | None, now: float) -> Heard:
    """Read one turn as an answer to the agent's last words; `now` in epoch seconds."""
    said = words[:LONGEST]
    return _heard(said, question, _clock(said, now))


def _is_day(said: str, day: SpokenDate) -> bool:
    """Whether a single day is meant: neither a stretch of days nor "the second one"."""
    return day.until is None and not (_ORDINAL.fullmatch(day.quote) and _ONE.match(said, day.end))


def _clock(said: str, now: float) -> datetime:
    """The clock that words are read by: the beginning of the day, unless they count from this moment."""
    clock = DIRECTORY.now(now)
    return clock if _COUNTED.search(said) else clock.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=REMEMBERED)
def _derived(said: str, clock: datetime) -> tuple[Derivation, ...]:
    found = derivations(said, Setting(clock, DIRECTORY.region, opening=OPENING))
    return (*found, *_answers(said, clock)) if len(said.split()) <= _FEW_WORDS else found


def _answers(said: str, clock: datetime) -> Iterator[Derivation]:
    """The day and the time that a bare answer names: "eleven", "the 7th"."""
    for day in dates(said, clock, expects=True):
        if isinstance(day, SpokenDate) and day.certain and _is_day(said, day):
            yield Derivation(written_date(day.value), Rule.DATE, day.quote)
    for at in times(said, clock, opening=OPENING, expects=True):
        if not at.ambiguous and at.until is None:
            yield Derivation(written_time(at.value), Rule.TIME, at.quote)


@lru_cache(maxsize=REMEMBERED)
def _heard(said: str, question: str | None, clock: datetime) -> Heard:
    found = dates(said, clock, expects=asking.asks_about(question, "day"))
    at = times(said, clock, opening=OPENING, expects=asking.asks_about(question, "time"))
    doctor, department = doctor_in(said, question), department_in(said)
    named = doctor.option if doctor and not doctor.rivals else None
    section = department.option if department else None
    return Heard(
        act=act_of(said),
        intent=intent_of(said),
        days=tuple(day for day in found if isinstance(day, SpokenDate) and _is_day(said, day)),
        times=tuple(one for one in at if one.until is None),
        part=next((one for one in at if one.until is not None), None),
        impossible=next((day.sentence for day in found if isinstance(day, InvalidDate)), ""),
        doctor=named,
        department=DIRECTORY.department_of(named) if named else section,
        rivals=(doctor.option, *doctor.rivals) if doctor and doctor.rivals else (),
        flexible=bool(_FLEXIBLE.search(said)),
        words=said,
    )
