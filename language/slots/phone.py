"""Telephone numbers as callers say them: "nine eight double four triple seven two one zero", "plus 44 20 7946 0018"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat

from language.numbers import NumberSpan, numbers_in
from language.slots.corrections import standing
from language.slots.dates.calendar import compiled
from language.slots.words import plain, requoted

_GAP = re.compile(r"[\s,.()/-]*(?:(?:and|then|uh|um|space|dash)\b[\s,.-]*)?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$", re.IGNORECASE)
_PLUS = re.compile(r"(?:\+|\bplus\b)\s*$", re.IGNORECASE)
_CUE = compiled(
    r"\b(?:phone|mobile|cell|telephone|whatsapp|contact|landline|call (?:me|back)|reach me|ring me|number)\b"
)
_FEWEST, _PLAIN, _MOST = 6, 10, 15
"""Figures of what may be a number, of what is one without a word that says so, and the most by E.164."""


@dataclass(frozen=True, slots=True)
class SpokenPhone:
    """A telephone number in E.164 form: `text[start:end] == quote`."""

    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ImpossiblePhone:
    """Figures said as a telephone number that is none, and a sentence to say about it."""

    sentence: str
    quote: str
    start: int
    end: int


def phones(text: str, *, region: str = "IN", asked: bool = False) -> tuple[SpokenPhone | ImpossiblePhone, ...]:
    """Find the telephone numbers that a text says, in order; what the caller took back is left out.

    `region` is the country that a number without a country code is of. Fewer than ten figures count only after a word
    such as "phone", or when a number was `asked` for; so does a finding that the figures make no number.
    """
    said = plain(text)
    cued = asked or _CUE.search(said) is not None
    found = [one for run in _runs(said, numbers_in(said)) if (one := _read(said, run, region, cued=cued))]
    return tuple(requoted(text, standing(said, found)))


def _runs(said: str, numbers: Sequence[NumberSpan]) -> Iterator[list[NumberSpan]]:
    """Numbers that stand together, said in figures."""
    run: list[NumberSpan] = []
    for span in numbers:
        if run and not _GAP.fullmatch(said, run[-1].end, span.start):
            yield run
            run = []
        if span.digits and not _ORDINAL.search(span.text):
            run.append(span)
    if run:
        yield run


def _read(said: str, run: Sequence[NumberSpan], region: str, *, cued: bool) -> SpokenPhone | ImpossiblePhone | None:
    digits = "".join(figures for span in run for figures in span.digits)
    if not (_FEWEST if cued else _PLAIN) <= len(digits):
        return None
    plus = _PLUS.search(said, 0, run[0].start)
    start, end = plus.start() if plus else run[0].start, run[-1].end
    value = in_e164(f"+{digits}" if plus else digits, region)
    if value:
        return SpokenPhone(value, said[start:end], start, end)
    return ImpossiblePhone(_sentence(digits), said[start:end], start, end) if cued else None


def _sentence(digits: str) -> str:
    spaced = " ".join(digits)
    if len(digits) > _MOST:
        return f"{spaced} has too many digits for a telephone number."
    return f"{spaced} is not a telephone number that can be called."


@lru_cache(maxsize=1024)
def in_e164(digits: str, region: str) -> str | None:
    """A number in E.164 form; one without a plus is of the region, else its first figures may be the country's.

    None where no valid number comes of it.
    """
    for written in (digits,) if digits.startswith("+") else (digits, f"+{digits}"):
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None
