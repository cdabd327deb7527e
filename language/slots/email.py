"""E-mail addresses as callers say them: "priya dot sharma at gmail dot com", "p r i y a underscore s at …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from language.slots.corrections import standing
from language.slots.email_words import PROVIDERS, STOPS, Lexeme, Mark, joined, lexemes
from language.slots.words import plain, requoted


@dataclass(frozen=True, slots=True)
class SpokenEmail:
    """An address, in small letters: `text[start:end] == quote`.

    Not `certain` where words stand side by side in it: between "priya sharma" there may be a dot.
    """

    value: str
    quote: str
    start: int
    end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class InvalidEmail:
    """Words said as an address that is none, and a sentence to say about it."""

    sentence: str
    quote: str
    start: int
    end: int


def emails(text: str) -> tuple[SpokenEmail | InvalidEmail, ...]:
    """Find the e-mail addresses that a text says or spells, in order; what the caller took back is left out.

    An address is checked by its syntax alone; no server is asked.
    """
    said = plain(text)
    if "@" not in said and " at " not in f" {said.lower()} ":
        return ()
    marks = lexemes(said)
    return tuple(requoted(text, standing(said, list(_found(said, marks)))))


def _found(said: str, marks: Sequence[Lexeme]) -> Iterator[SpokenEmail | InvalidEmail]:
    taken = 0
    for place, mark in enumerate(marks):
        if mark.kind is not Mark.AT or place < taken:
            continue
        domain = _domain(marks, place + 1)
        first = _local_start(marks, place, _written_from(said, marks, place, taken))
        if first == place or domain == place + 1:
            continue
        if not _is_host(joined(marks[place + 1 : domain])[0]):
            continue
        taken = domain
        yield _address(said, marks[first:place], marks[place + 1 : domain])


def _is_host(text: str) -> bool:
    """Whether this can be where mail goes: a provider's name, or two labels, the last in letters."""
    *labels, last = text.split(".")
    return text in PROVIDERS or (any(labels) and last.isalpha() and len(last) > 1)


def _written_from(said: str, marks: Sequence[Lexeme], at: int, floor: int) -> int:
    """Where an address that is written out with signs begins: the words before it are none of it."""
    first = at
    while first > floor and not said[marks[first - 1].end : marks[first].start].isspace():
        first -= 1
    return first if any(mark.kind is Mark.SIGN for mark in marks[first:at]) else floor


def _local_start(marks: Sequence[Lexeme], at: int, floor: int) -> int:
    """Where the part before the "at" begins."""
    place = at
    while place > floor and marks[place - 1].kind in {Mark.WORD, Mark.SIGN, Mark.PIECE}:
        if marks[place - 1].kind is Mark.WORD and marks[place - 1].text in STOPS:
            break
        place -= 1
    while place < at and marks[place].kind is Mark.SIGN:
        place += 1
    return place


def _domain(marks: Sequence[Lexeme], first: int) -> int:
    """Where the part after the "at" ends: after the label that follows its last dot, or after its only one."""
    place, end = first, first
    while place < len(marks) and (stop := _label(marks, place, dotted=place > first)) > place:
        end = stop
        if stop >= len(marks) or marks[stop].text not in {".", "-"} or marks[stop].kind is not Mark.SIGN:
            break
        place = stop + 1
    return end


def _label(marks: Sequence[Lexeme], first: int, *, dotted: bool) -> int:
    """Where a label of a domain ends; after a dot it is one word or some single letters."""
    place = first
    while place < len(marks) and marks[place].kind in {Mark.WORD, Mark.PIECE}:
        if place > first and marks[place].text in STOPS - {"mail"}:
            break
        if dotted and place > first and not (marks[place].kind is Mark.PIECE and marks[first].kind is Mark.PIECE):
            break
        place += 1
    return place


def _address(said: str, local: Sequence[Lexeme], domain: Sequence[Lexeme]) -> SpokenEmail | InvalidEmail:
    start, end = local[0].start, domain[-1].end
    (name, plainly), (host, closely) = joined(local), joined(domain)
    if "." not in host:
        return InvalidEmail(f"The address needs an ending after {host}, such as dot com.", said[start:end], start, end)
    try:
        checked = validate_email(f"{name}@{host}", check_deliverability=False)
    except EmailNotValidError as refusal:
        return InvalidEmail(
            f"{name} at {host} is not an address: {_lowered(str(refusal))}", said[start:end], start, end
        )
    return SpokenEmail(checked.normalized.lower(), said[start:end], start, end, certain=plainly and closely)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
