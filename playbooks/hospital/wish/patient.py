"""For whom an appointment is wanted, where it is not for the caller: "it's for my mother, Sunita Rao"."""

import re
from functools import lru_cache

from language.slots.email import emails
from language.slots.names.given import names
from language.slots.names.reading import SpokenName, name_from, named
from language.tokens import Token, tokens
from playbooks.hospital.directory import DIRECTORY

REMEMBERED = 1_024
"""Texts whose reading is kept in memory: the window of a talk comes again with every turn."""

_KINSHIP = (
    r"(?:mother|father|mum|mom|mummy|dad|daddy|papa|wife|husband|son|daughter|child|kid|baby|boy|girl|brother|sister"
    r"|parents?|grand\w+|uncle|aunt|aunty|nephew|niece|cousin|partner|friend|neighbou?r|colleague|in-law)"
)
_OF_AGE = (
    rf"(?:[\w-]+[ -])?(?:year|month|week)s?[ -]olds?(?=\W*$|[,.;:?!]| (?:{_KINSHIP}|who|and|with|on|at|in|has|is|needs?"
    r"|wants?|got|can|could|should|please|today|tomorrow|\w+day|next|this)\b)"
)
_RELATIVE = rf"(?:{_KINSHIP}|{_OF_AGE})"
_KIN = r"(?:bet[aei]|beti|bachch[aei]|maa|mata|mummy|pita|papa|patni|pati|bhai|behen|bahen|dad[ai]|nan[ai])"
_PATIENT = re.compile(
    r"\b(?:(?:for (?:my|our|an?)|(?:(?:appointment|visit|booking) of|book|see|bring(?:ing)?|check|examine) (?:my|our))"
    rf" (?:\w+ ){{0,2}}?{_RELATIVE}(?:[- ]in[- ]law)?\b"
    rf"|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}(?:[- ]in[- ]law)?\b"
    r"(?=,? (?:(?!(?:i|we)\b)[\w'-]+,? ){0,3}?(?:needs?|has(?= \w)(?! (?:one|it)\b)|wants?|would|should|must|got"
    r"|is (?:ill|sick|unwell|not well|in pain|having|pregnant))\b"
    r"|.{0,60}\b(?:(?:he|she|they) (?:needs?|wants?|has|had|fell|cannot|can't)|(?:can|could|may) (?:he|she|they))\b)"
    rf"|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}'s (?:appointment|booking|visit)\b"
    rf"|(?:mer[aei]|hamar[aei]) {_KIN}(?: ?ji)? (?:\w+ (?:saal|sal|mahine) )?(?:ko|ke liye|ka|ki)\b"
    r"|for (?:someone|somebody) else\b|not for me\b)",
    re.IGNORECASE,
)
_ONE = rf"(?:me|myself|(?:my|our) (?:\w+ ){{0,2}}?{_RELATIVE}(?:[- ]in[- ]law)?)"
_TOGETHER = re.compile(
    rf"\bfor (?P<one>{_ONE}(?: (?!and\b)\w+){{0,2}}?) and (?:for )?(?P<other>{_ONE})\b", re.IGNORECASE
)
_BOTH = re.compile(r",? both\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i am|i'm|my (?:full )?name is|this is|myself|mera naam) $", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|see|dr|doctor)\.?(?: dr\.?| doctor)? $", re.IGNORECASE)
_TITLED = re.compile(r"(?:dr|doctor)\b", re.IGNORECASE)
_TREATED = {word.casefold() for department in DIRECTORY.departments.values() for word in department.also}
_SELF = re.compile(r"\bfor (?:me|myself|yourself)\b(?! to\b)", re.IGNORECASE)
_OWN_WISH = re.compile(r"\bi(?:'d| would)? (?:also )?(?:need|want|like)\b", re.IGNORECASE)


def is_for_another(said: str) -> bool:
    """Whether words tell that somebody else is the patient."""
    return _PATIENT.search(said) is not None


def is_for_caller(said: str) -> bool:
    """Whether words tell that the caller is the patient."""
    return _SELF.search(said) is not None


def is_of_caller(said: str, name: SpokenName) -> bool:
    """Whether a name is introduced as the caller's own: "I am Nisha Kapoor"."""
    return _FIRST_PERSON.search(said, 0, name.start) is not None


def wants_oneself(said: str) -> bool:
    """Whether who speaks wants something and names nobody whom it is for: "I need a dentist"."""
    return _OWN_WISH.search(said) is not None and not is_for_another(said)


def for_each(said: str) -> tuple[str, str] | None:
    """What is said for each of two patients: "for me and my wife, on Monday"; None where it is for one."""
    both = _TOGETHER.search(said)
    if both is None:
        return None
    run = _name_after(said, both.end())
    end = run[-1].end if run else both.end()
    rest = _BOTH.sub("", said[end:], count=1)
    one, other = (f"{said[: both.start()]}for {who}{rest}" for who in (both["one"], said[both.start("other") : end]))
    return one, other


@lru_cache(maxsize=REMEMBERED)
def people_in(said: str, *, asked: bool) -> tuple[SpokenName, ...]:
    """The names of patients that a turn gives, no doctor's; where somebody else is the patient, theirs alone.

    Who names somebody beside oneself names the patient: "I am Nisha and his name is Aarav".
    """
    for address in emails(said):
        said = said[: address.start] + " " * (address.end - address.start) + said[address.end :]
    if told := _PATIENT.search(said):
        patient = _patient_after(said, told.end())
        return (patient,) if patient else ()
    found = tuple(one for one in names(said, asked=asked) if not _is_no_patient(said, one))
    others = tuple(one for one in found if not is_of_caller(said, one))
    return others or found


def _patient_after(said: str, end: int) -> SpokenName | None:
    """The name of the patient whom words up to a place introduce: what follows, with or without "her name is"."""
    run = _name_after(said, end)
    told = ([named(said, run)] if run else []) + [one for one in names(said) if one.start >= end]
    return next((one for one in told if not _is_no_patient(said, one)), None)


def _name_after(said: str, end: int) -> list[Token]:
    """The words of a name right behind a place, where there is one."""
    words = tokens(said)
    place = next((at for at, word in enumerate(words) if word.start >= end), len(words))
    return name_from(said, words, place, plain_too=False)


def _is_no_patient(said: str, name: SpokenName) -> bool:
    """Whether a name stands where a doctor's does, or begins with the title, or is an illness."""
    if name.quote.casefold() in _TREATED:
        return True
    return _WITH.search(said, 0, name.start) is not None or _TITLED.match(name.quote) is not None
