"""What one turn of a caller says about an appointment: what it does, days, times, a doctor, a department."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

from language.derivations import Setting, derivations
from language.derived_values import Derivation, Rule
from language.slot_dates import InvalidDate, SpokenDate, dates
from language.slot_names import names
from language.slot_options import OptionMatch, match_option
from language.slot_times import SpokenTime, times
from playbooks.hospital import asking
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish_acts import Act, Intent, act_of, intent_of

LONGEST = 1_000
"""Characters of a turn that are read."""
_TITLE = re.compile(r"\b(?:dr|doctor)\.? $", re.IGNORECASE)
_FLEXIBLE = re.compile(
    r"\b(?:any ?time|any slot|when ?ever|earliest|(?:first|next) (?:available|possible|free)"
    r"|as (?:early|soon) as possible|i do not mind|i don't mind|does not matter|doesn't matter|all day)\b",
    re.IGNORECASE,
)
_DOCTORS = dict.fromkeys(DIRECTORY.doctors, ())
_DEPARTMENTS = {name: department.also for name, department in DIRECTORY.departments.items()}


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
    said, setting = text[:LONGEST], Setting(DIRECTORY.now(now), DIRECTORY.region, opening=OPENING)
    return (*derivations(said, setting), *_whom(said))


def _whom(said: str) -> Iterator[Derivation]:
    """The doctor and the department that a text means, and the department of that doctor."""
    doctor, department = _doctor(said, None), match_option(said, _DEPARTMENTS)
    if doctor:
        yield Derivation(doctor.option, Rule.OPTION, doctor.quote)
        yield Derivation(DIRECTORY.department_of(doctor.option), Rule.OPTION, doctor.quote)
    if department:
        yield Derivation(department.option, Rule.OPTION, department.quote)


@lru_cache(maxsize=512)
def heard(words: str, question: str | None, now: float) -> Heard:
    """Read one turn as an answer to the agent's last words; `now` in epoch seconds."""
    said, clock = words[:LONGEST], DIRECTORY.now(now)
    found = dates(said, clock, expects=asking.asks_about(question, "day"))
    at = times(said, clock, opening=OPENING, expects=asking.asks_about(question, "time"))
    doctor = _doctor(said, question)
    named = doctor.option if doctor and not doctor.rivals else None
    return Heard(
        act=act_of(said),
        intent=intent_of(said),
        days=tuple(day for day in found if isinstance(day, SpokenDate) and day.until is None),
        times=tuple(one for one in at if one.until is None),
        part=next((one for one in at if one.until is not None), None),
        impossible=next((day.sentence for day in found if isinstance(day, InvalidDate)), ""),
        doctor=named,
        department=DIRECTORY.department_of(named) if named else _department(said),
        rivals=(doctor.option, *doctor.rivals) if doctor and doctor.rivals else (),
        flexible=bool(_FLEXIBLE.search(said)),
        words=said,
    )


def _doctor(said: str, question: str | None) -> OptionMatch | None:
    """The doctor that a turn names; a caller who gives a name that sounds like a doctor's gives their own."""
    meant = match_option(said, _DOCTORS)
    if meant is None or _TITLE.search(said, 0, meant.start):
        return meant
    own = names(said, asked=asking.asks_about(question, "name"))
    if any(one.start < meant.end and meant.start < one.end for one in own):
        return None
    return meant if meant.certain else None


def _department(said: str) -> str | None:
    meant = match_option(said, _DEPARTMENTS)
    return meant.option if meant else None
