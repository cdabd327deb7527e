"""Answers from the directory: who works here, for what, and when."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.asking.next import said_hours, said_hours_on
from playbooks.hospital.directory import DIRECTORY, Doctor, Hours
from playbooks.hospital.wish.acts import Act
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wish.record import standing
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.when import joined_hours

UNKNOWN = "I am sorry, I do not know that."
UNSEEN = "I am sorry, I cannot see your earlier appointments from here."
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
            booked = [wording.said_whole(one) for one in standing(dataset)]
            return f"That is {wording.listed(booked)}." if booked else UNSEEN
        case Act.RESEND:
            return None if standing(dataset) else UNSEEN
        case Act.MACHINE:
            return f"I am the automated assistant of {DIRECTORY.name}."
    return None


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
