"""With whom an appointment is wanted: the doctor and the department that words mean."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from language.anchoring.derived_values import Derivation, Rule
from language.slots.email import emails
from language.slots.names.reading import capitalised, name_from
from language.slots.options import OptionMatch, denied_options, match_option
from language.tokens import tokens
from language.words import is_word
from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish.patient import REMEMBERED, people_in

_TITLE = re.compile(r"\b(?:dr|doctor)\.? $", re.IGNORECASE)
"""At the end of what stands before a doctor's name."""
_ITS_DOCTOR = re.compile(r"(?:[\w']+ ){1,3}?(?:doctor|dr|specialist|department|clinic)\b", re.IGNORECASE)
"""A department as the name of its doctors: "eye specialist", "bachchon ke doctor"."""
_DOCTORS = dict.fromkeys(DIRECTORY.doctors, ())
_SURNAMED = {name.rpartition(" ")[2]: name for name in DIRECTORY.doctors}
_SURNAMES = dict.fromkeys(_SURNAMED, ())
_DEPARTMENTS = {name: department.also for name, department in DIRECTORY.departments.items()}


def whom_in(said: str, question: str | None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The doctor and the department that a turn means, or the doctors that it may mean alike."""
    doctor, department = doctor_in(said, question), department_in(_without_people(said, question))
    if doctor and not doctor.certain and department and department.certain:
        doctor = doctor if DIRECTORY.department_of(doctor.option) == department.option else None
    section = department.option if department else None
    if doctor is None:
        return None, section, ()
    if doctor.rivals:
        return None, section, (doctor.option, *doctor.rivals)
    return doctor.option, DIRECTORY.department_of(doctor.option), ()


def doctor_in(said: str, question: str | None) -> OptionMatch | None:
    """The doctor that a turn names; a patient who is called like a doctor is none."""
    words = _without_people(said, question)
    meant = _doctor(words)
    return meant if meant and (meant.certain or _TITLE.search(said, 0, meant.start)) else _surnamed(words)


@lru_cache(maxsize=REMEMBERED)
def avoided_in(said: str) -> tuple[str, ...]:
    """The doctors whom a turn names only to say that it is not they who are wanted: "anyone but Dr Khan"."""
    bare = (_SURNAMED[surname] for surname in denied_options(said, _SURNAMES))
    return tuple(dict.fromkeys((*denied_options(said, _DOCTORS), *bare)))


def _without_people(said: str, question: str | None) -> str:
    """The words with the names and addresses of patients blanked out, each letter in its place."""
    for one in (*people_in(said, asked=phrases.asks_about(question, "name")), *emails(said)):
        said = said[: one.start] + " " * (one.end - one.start) + said[one.end :]
    return said


@lru_cache(maxsize=REMEMBERED)
def department_in(said: str) -> OptionMatch | None:
    """The department that a turn names, by its name or by what it treats; of several the one whose doctor is said."""
    meant = match_option(said, _DEPARTMENTS)
    if meant is None or not meant.rivals:
        return meant
    each = (match_option(said, {option: _DEPARTMENTS[option]}) for option in (meant.option, *meant.rivals))
    asked = (one for one in each if one and _ITS_DOCTOR.match(said, one.start))
    return next(asked, meant)


def stranger_in(said: str) -> str | None:
    """The name behind the title of a doctor, whoever that is."""
    words = tokens(said)
    for place, word in enumerate(words):
        if _TITLE.search(said, 0, word.start) and (run := name_from(said, words, place, plain_too=False)):
            return capitalised(said[run[0].start : run[-1].end])
    return None


def derived_whom(said: str) -> tuple[Derivation, ...]:
    """The doctor and the department that a text means, and the department of that doctor."""
    doctor, department = doctor_in(said, None), department_in(said)
    named = [(doctor.option, doctor.quote)] if doctor else [*_surnames_in(said)]
    found = [(value, quote) for name, quote in named for value in (name, DIRECTORY.department_of(name))]
    if department:
        found.append((department.option, department.quote))
    return tuple(Derivation(value, Rule.OPTION, quote) for value, quote in found)


@lru_cache(maxsize=REMEMBERED)
def _doctor(said: str) -> OptionMatch | None:
    return match_option(said, _DOCTORS)


@lru_cache(maxsize=REMEMBERED)
def _surnamed(said: str) -> OptionMatch | None:
    """The doctor whose bare family name is said as it is, and is not of another name: "Sharma at ten"."""
    bare = match_option(said, _SURNAMES)
    if bare is None or not bare.certain:
        return None
    before = tokens(said[: bare.start])
    return replace(bare, option=_SURNAMED[bare.option]) if not before or is_word(before[-1].folded) else None


def _surnames_in(said: str) -> Iterator[tuple[str, str]]:
    """The doctors whose family names a text holds, each with the word that is it."""
    for word in tokens(said):
        if doctor := _SURNAMED.get(word.text.capitalize()):
            yield doctor, word.text
