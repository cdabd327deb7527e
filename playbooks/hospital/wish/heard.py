"""What one turn of a caller says about an appointment: what it does, days, times, a doctor, a department, a patient."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from language.anchoring.derived_values import Derivation
from language.slots.email import emails
from playbooks.hospital.asking import phrases
from playbooks.hospital.wish.acts import FACTS, Act, Intent, act_of, asks_fact, ends_a_list, intent_of
from playbooks.hospital.wish.clock import Moments, clock_of, derived_moments, moments_in
from playbooks.hospital.wish.firsts import derived_firsts, firsts_in
from playbooks.hospital.wish.patient import REMEMBERED, is_for_another, is_for_caller, people_in
from playbooks.hospital.wish.whom import avoided_in, derived_whom, stranger_in, whom_in

LONGEST = 1_000
"""Characters of a turn that are read."""
_FLEXIBLE = re.compile(
    r"\b(?:any ?time|any slot|when ?ever|what ?ever|earliest|(?:first|next) (?:available|possible|free|thing)"
    r"|as (?:early|soon) as possible|i do not mind|i don't mind|does not matter|doesn't matter|all day)\b"
    r"|^\W*the first\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Heard(Moments):
    """What one turn says.

    `rivals` are doctors that fit alike, `avoided` those not wanted; `stranger` is the name of a doctor who is not here.
    """

    act: Act
    intent: Intent | None = None
    doctor: str | None = None
    department: str | None = None
    rivals: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    stranger: str | None = None
    flexible: bool = False
    for_another: bool = False
    for_caller: bool = False
    names_patient: bool = False
    soonest: tuple[datetime, ...] = ()
    words: str = ""

    @property
    def is_about_slot(self) -> bool:
        """Whether it names anything that an appointment is made of."""
        return bool(self.days or self.times or self.part or self.shift or self.doctor or self.department or self.rivals)


def derived(text: str, now: float) -> tuple[Derivation, ...]:
    """What a text says in other words than the tools take: days, times, addresses, doctors; `now` in epoch seconds."""
    said = text[:LONGEST]
    clock = clock_of(said, now)
    return (*_derived(said, clock), *derived_firsts(said, clock), *derived_whom(said))


def heard(words: str, question: str | None, now: float) -> Heard:
    """Read one turn as an answer to the agent's last words; `now` in epoch seconds."""
    said = words[:LONGEST]
    return _heard(said, question, clock_of(said, now))


def _act_in(said: str, moments: Moments, clock: datetime, *, flexible: bool) -> Act:
    """What a turn does by its words and the days and times in it: a question of fact names no slot."""
    act = act_of(said)
    if act is Act.HOURS and moments.times:
        return Act.QUESTION
    if act is Act.PAST and any(day.value >= clock.date() for day in moments.days):
        return Act.STATEMENT
    names_slot = moments.days or moments.times or moments.part or moments.shift or flexible
    return Act.FACT if act is Act.QUESTION and not names_slot and asks_fact(said) else act


@lru_cache(maxsize=REMEMBERED)
def _derived(said: str, clock: datetime) -> tuple[Derivation, ...]:
    return tuple(derived_moments(said, clock))


@lru_cache(maxsize=REMEMBERED)
def _heard(said: str, question: str | None, clock: datetime) -> Heard:
    moments, flexible = moments_in(said, question, clock), _FLEXIBLE.search(said) is not None
    doctor, department, rivals = whom_in(said, question)
    avoided = avoided_in(said)
    act = _act_in(said, moments, clock, flexible=flexible)
    patients = people_in(said, asked=phrases.asks_about(question, "name"))
    if act is Act.GOODBYE and (department or doctor or patients or moments.days or emails(said)) and ends_a_list(said):
        act = Act.STATEMENT
    if act is Act.FACT and department and not doctor:
        act = Act.DOCTORS
    return Heard(
        **{each.name: getattr(moments, each.name) for each in fields(moments)},
        act=act,
        intent=None if act in FACTS or act is Act.PAST else intent_of(said),
        doctor=doctor,
        department=department,
        rivals=rivals,
        avoided=avoided,
        stranger=None if doctor or rivals or avoided else stranger_in(said),
        flexible=flexible,
        for_another=is_for_another(said),
        for_caller=is_for_caller(said),
        names_patient=bool(patients),
        soonest=firsts_in(said, clock),
        words=said,
    )
