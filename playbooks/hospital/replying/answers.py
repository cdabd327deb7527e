"""Answers from the directory: who works here, for what, and when."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.asking.next import said_hours, said_hours_on
from playbooks.hospital.desk import OVER
from playbooks.hospital.directory import DIRECTORY, Doctor, Hours
from playbooks.hospital.wish.acts import Act
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wish.picks import MOST_OFFERED
from playbooks.hospital.wish.record import caller_in, known_to, to_confirm
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.when import joined_hours

UNKNOWN = "I am sorry, I do not know that."
UNSEEN = "I am sorry, I cannot see your earlier appointments from here."
NONE_TO_COME = "I am sorry, I see no appointment to come under your number."
_LAST = re.compile(r"\b(?:last|previous)\b|\b(?:was|did) i (?:here|come|visit|see)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|she|they|the doctor)\b", re.IGNORECASE)


def answer_to(asked: Heard, wish: Wish, dataset: Mapping[str, Any]) -> str | None:
    """Answer a question of fact; None when none is asked."""
    match asked.act:
        case Act.HOURS:
            return hours_of(asked, wish)
        case Act.DOCTORS:
            return doctors_of(asked.department or wish.department)
        case Act.FACT:
            return UNKNOWN
        case Act.MINE:
            return _own(asked, dataset)
        case Act.RESEND:
            return None if to_confirm(dataset) else UNSEEN
        case Act.MACHINE:
            return f"I am the automated assistant of {DIRECTORY.name}."
    return None


def _own(asked: Heard, dataset: Mapping[str, Any]) -> str:
    """Say which appointments of the caller's are to come, or when the last one was: those under their own number."""
    to_come = known_to(dataset)
    if _LAST.search(asked.words):
        return _last(dataset, to_come)
    said = [_said_for(one, dataset) for one in to_come[:MOST_OFFERED]]
    if said:
        those = f"The next of {len(to_come)} are" if len(to_come) > MOST_OFFERED else "That is"
        return f"{those} {wording.listed(said)}."
    return NONE_TO_COME if dataset.get("customer_type") != "new" else UNSEEN


def _last(dataset: Mapping[str, Any], to_come: Sequence[Mapping[str, Any]]) -> str:
    """Say when the caller was here last; the register knows no more than the day, which may be one to come."""
    if over := known_to(dataset, OVER):
        return f"The last one was {_said_for(over[-1], dataset)}."
    visit = _day_of(dataset.get("last_visit"))
    is_to_come = visit in [wording.read_day(one["date"]) for one in to_come]
    return UNSEEN if visit is None or is_to_come else f"Your last visit was on {wording.said_day(visit)}."


def _day_of(written: str | None) -> date | None:
    """A day as the register writes it; people write other things into a sheet."""
    try:
        return wording.read_day(written or "")
    except ValueError:
        return None


def _said_for(booked: Mapping[str, Any], dataset: Mapping[str, Any]) -> str:
    """An appointment as it is said: whose it is only where it is not the caller's."""
    caller, whose = caller_in(dataset), booked.get("patient_name")
    return f"{wording.said_whole(booked)}{f', for {whose}' if caller and whose not in (None, caller) else ''}"


def farewell(conversation: Conversation) -> str:
    """Say goodbye in the name of the house."""
    return f"Thank you for calling {conversation.context.business.strip() or DIRECTORY.name}. Goodbye!"


def hours_of(asked: Heard, wish: Wish) -> str:
    """Say when a doctor, a department or anybody sees patients."""
    before = wish if _HE.search(asked.words) and not asked.department else Wish()
    doctor, department = asked.doctor or before.doctor, asked.department or before.department
    if asked.days:
        return said_hours_on(Wish(doctor=doctor, department=department), asked.days[0].value)
    if doctor:
        return f"{doctor} sees patients {_week(DIRECTORY.doctors[doctor].hours)}."
    doctors = DIRECTORY.doctors_of(department) if department else DIRECTORY.doctors.values()
    return f"{department or 'The hospital'} sees patients {_week(_together(doctors))}."


def doctors_of(department: str | None) -> str:
    """Say who works in a department; without one, which departments there are."""
    if department is None:
        return f"We have {wording.listed(list(DIRECTORY.departments))}."
    names = [doctor.name for doctor in DIRECTORY.doctors_of(department)]
    return f"In {department} we have {wording.listed(names)}."


def _together(doctors: Iterable[Doctor]) -> Mapping[int, Hours]:
    """From when to when anybody is there, by weekday."""
    days: dict[int, list[Hours]] = defaultdict(list)
    for doctor in doctors:
        for weekday, hours in doctor.hours.items():
            days[weekday].append(hours)
    return {weekday: joined_hours(each for hours in found for each in hours) for weekday, found in days.items()}


def _week(hours: Mapping[int, Hours]) -> str:
    """Say hours by weekday, days with the same hours together."""
    alike: dict[Hours, list[int]] = defaultdict(list)
    for weekday in sorted(hours):
        alike[hours[weekday]].append(weekday)
    return wording.listed([f"{wording.said_days(days)} {said_hours(times)}" for times, days in alike.items()])
