"""Doctors whom a caller does not want: "anyone but Dr Khan" is whoever else of the department works then."""

import re
from dataclasses import replace

from playbooks.hospital.directory import DIRECTORY, Doctor
from playbooks.hospital.slots import Slot, fits
from playbooks.hospital.wish.heard import Heard
from playbooks.hospital.wish.state import Wish

_ELSE = re.compile(
    r"\b(?:(?:any|some) ?(?:one|body)(?: \w+)? (?:else|but|except)|any(?:one|body)? (?:but|except)|other than|except"
    r"|(?:another|a different|any other) doctor)\b",
    re.IGNORECASE,
)
"""Words that want somebody in the place of a doctor, who is then of the same department."""


def with_avoided(wish: Wish, said: Heard) -> Wish:
    """The wish without the doctors that a turn denies; who names a doctor wants that one after all."""
    avoided = tuple(name for name in (*wish.avoided, *said.avoided) if name != said.doctor)
    wish = replace(wish, avoided=avoided)
    if wish.doctor in avoided:
        return replace(wish, doctor=None)
    if said.avoided and not (wish.doctor or wish.department) and _ELSE.search(said.words):
        return replace(wish, department=DIRECTORY.department_of(said.avoided[0]))
    return wish


def with_another(wish: Wish) -> Wish:
    """The wish for whoever else of the department works then, where one of its doctors is not wanted."""
    if wish.doctor or not wish.department or not is_narrowed(wish):
        return wish
    others = left_in(wish)
    working = (doctor for doctor in others if _works(wish, doctor))
    chosen = next(working, others[0] if others else None)
    return replace(wish, doctor=chosen.name) if chosen else wish


def is_narrowed(wish: Wish) -> bool:
    """Whether a doctor of the wanted department is not wanted."""
    return wish.department is not None and len(left_in(wish)) < len(DIRECTORY.doctors_of(wish.department))


def left_in(wish: Wish) -> tuple[Doctor, ...]:
    """The doctors of the wanted department but for those who are not wanted."""
    doctors = DIRECTORY.doctors_of(wish.department) if wish.department else ()
    return tuple(doctor for doctor in doctors if doctor.name not in wish.avoided)


def _works(wish: Wish, doctor: Doctor) -> bool:
    """Whether a doctor sees patients at the wanted time, as far as that is known."""
    if wish.day is None:
        return True
    if wish.at is None:
        return bool(DIRECTORY.hours_of(doctor.name, wish.day))
    begins = DIRECTORY.at(wish.day, wish.at)
    return fits(DIRECTORY, Slot(doctor.name, doctor.department, begins, DIRECTORY.slot_minutes))
