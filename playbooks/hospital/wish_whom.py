"""With whom an appointment is wanted: the doctor and the department that words mean."""

import re
from functools import lru_cache

from language.anchoring.derived_values import Derivation, Rule
from language.slots.names import names
from language.slots.options import OptionMatch, match_option
from playbooks.hospital import asking
from playbooks.hospital.directory import DIRECTORY

REMEMBERED = 1_024
"""Texts whose reading is kept in memory: the window of a talk comes again with every turn."""

_TITLE = re.compile(r"\b(?:dr|doctor)\.? $", re.IGNORECASE)
_DOCTORS = dict.fromkeys(DIRECTORY.doctors, ())
_DEPARTMENTS = {name: department.also for name, department in DIRECTORY.departments.items()}


def doctor_in(said: str, question: str | None) -> OptionMatch | None:
    """The doctor that a turn names; a caller who gives a name that sounds like a doctor's gives their own."""
    meant = _doctor(said)
    if meant is None or _TITLE.search(said, 0, meant.start):
        return meant
    own = names(said, asked=asking.asks_about(question, "name"))
    if any(one.start < meant.end and meant.start < one.end for one in own):
        return None
    return meant if meant.certain else None


@lru_cache(maxsize=REMEMBERED)
def department_in(said: str) -> OptionMatch | None:
    """The department that a turn names, by its name or by what it treats."""
    return match_option(said, _DEPARTMENTS)


def derived_whom(said: str) -> tuple[Derivation, ...]:
    """The doctor and the department that a text means, and the department of that doctor."""
    doctor, department = doctor_in(said, None), department_in(said)
    found = [(doctor.option, doctor.quote), (DIRECTORY.department_of(doctor.option), doctor.quote)] if doctor else []
    if department:
        found.append((department.option, department.quote))
    return tuple(Derivation(value, Rule.OPTION, quote) for value, quote in found)


@lru_cache(maxsize=REMEMBERED)
def _doctor(said: str) -> OptionMatch | None:
    return match_option(said, _DOCTORS)
