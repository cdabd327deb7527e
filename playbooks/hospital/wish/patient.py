"""For whom an appointment is wanted, where it is not for the caller: "it's for my mother, Sunita Rao"."""

import re
from functools import lru_cache

from language.slots.names.given import names
from language.slots.names.reading import SpokenName, name_from, named
from language.tokens import tokens

REMEMBERED = 1_024
"""Texts whose reading is kept in memory: the window of a talk comes again with every turn."""

_RELATIVE = (
    r"(?:mother|father|mum|mom|mummy|dad|daddy|papa|wife|husband|son|daughter|child|kid|baby|boy|girl|brother|sister"
    r"|parents?|grand\w+|uncle|aunt|aunty|nephew|niece|cousin|partner|friend|neighbou?r|colleague|in-law)"
)
_PATIENT = re.compile(
    r"\b(?:(?:for (?:my|our|a)|(?:(?:appointment|visit|booking) of|see|bring(?:ing)?|check|examine) (?:my|our))"
    rf" (?:\w+ ){{0,2}}?{_RELATIVE}(?:[- ]in[- ]law)?\b"
    rf"|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}\b"
    r"(?= (?:[\w-]+ ){0,2}?(?:needs?|has(?! (?:one|it)\b)|wants?|would|should|must|got"
    r"|is (?:ill|sick|unwell|not well|in pain|having|pregnant))\b|.{0,60}\b(?:he|she|they) (?:needs?|wants?|has to)\b)"
    rf"|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}'s (?:appointment|booking|visit)\b"
    r"|for (?:someone|somebody) else\b|not for me\b)",
    re.IGNORECASE,
)
_ONE = rf"(?:me|myself|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}(?:[- ]in[- ]law)?)"
_TOGETHER = re.compile(rf"\bfor (?P<one>{_ONE}) and (?:for )?(?P<other>{_ONE})\b(?:,? both\b)?", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|see|dr|doctor)\.?(?: dr\.?| doctor)? $", re.IGNORECASE)
_TITLED = re.compile(r"(?:dr|doctor)\b", re.IGNORECASE)
_SELF = re.compile(r"\bfor (?:me|myself|yourself)\b(?! to\b)", re.IGNORECASE)


def is_for_another(said: str) -> bool:
    """Whether words tell that somebody else is the patient."""
    return _PATIENT.search(said) is not None


def is_for_caller(said: str) -> bool:
    """Whether words tell that the caller is the patient."""
    return _SELF.search(said) is not None


def for_each(said: str) -> tuple[str, str] | None:
    """What is said for each of two patients: "for me and my wife, on Monday"; None where it is for one."""
    both = _TOGETHER.search(said)
    if both is None:
        return None
    one, other = (f"{said[: both.start()]}for {both[who]}{said[both.end() :]}" for who in ("one", "other"))
    return one, other


@lru_cache(maxsize=REMEMBERED)
def people_in(said: str, *, asked: bool) -> tuple[SpokenName, ...]:
    """The names of patients that a turn gives, no doctor's; where somebody else is the patient, theirs alone."""
    if told := _PATIENT.search(said):
        patient = _patient_after(said, told.end())
        return (patient,) if patient else ()
    return tuple(one for one in names(said, asked=asked) if not _is_doctor(said, one))


def _patient_after(said: str, end: int) -> SpokenName | None:
    """The name of the patient whom words up to a place introduce: what follows, with or without "her name is"."""
    words = tokens(said)
    place = next((at for at, word in enumerate(words) if word.start >= end), len(words))
    if run := name_from(said, words, place, plain_too=False):
        return named(said, run)
    return next((one for one in names(said) if one.start >= end and not _is_doctor(said, one)), None)


def _is_doctor(said: str, name: SpokenName) -> bool:
    """Whether a name stands where a doctor's does, or begins with the title."""
    return _WITH.search(said, 0, name.start) is not None or _TITLED.match(name.quote) is not None
