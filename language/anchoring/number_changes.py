"""Numbers that stand in the cleaned text with their value, yet say something else there."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from language.anchoring.alignment import Alignment
from language.anchoring.facts import Change, Fact, fact, pairs
from language.anchoring.unanchored import Kind
from language.anchoring.withdrawn import RawTurn
from language.names import stem
from language.number_marks import Mark
from language.tokens import word_set
from language.utterance import Utterance

JOINERS = word_set("to or and till until through")
"""Words that stand between two numbers and make them two."""
_DASH = re.compile(r"\s*[-‐‑–—~]\s*")
_MARKS = {mark: Decimal(place) for place, mark in enumerate(Mark)}


def moved_alone(texts: Alignment, old: Fact, kept: Mapping[Fact, Fact]) -> bool:
    """Tell whether a number passed another one without a word that stood beside it: "thirty calls", once of forms."""
    now = kept[old]
    if all((old < other) == (now < place) for other, place in kept.items()):
        return False
    raw, cleaned = texts.raw.words, texts.cleaned.words
    followed = old.end < len(raw) and now.end < len(cleaned)
    if followed and stem(raw[old.end].folded) == stem(cleaned[now.end].folded):
        return False
    preceded = old.first > 0 and now.first > 0
    return not (preceded and stem(raw[old.first - 1].folded) == stem(cleaned[now.first - 1].folded))


def joined(texts: Alignment, kept: Mapping[Fact, Fact]) -> Iterator[Fact]:
    """Yield the raw words between two numbers, "five to ten", that the cleaned text has side by side."""
    numbers = sorted(kept)
    for before, after in pairwise(numbers):
        if before.end == after.first or not is_range(texts.raw, before, after):
            continue
        if is_joined(texts.cleaned, kept[before], kept[after]):
            yield Fact(before.end, after.first, Decimal(0))


def is_range(said: Utterance, before: Fact, after: Fact) -> bool:
    """Tell whether only a dash or a word such as "to" stands between two numbers."""
    gap = said.words[before.end : after.first]
    if not gap:
        return bool(_DASH.fullmatch(_between(said, before, after)))
    return JOINERS.issuperset(word.folded for word in gap)


def is_joined(said: Utterance, before: Fact, after: Fact) -> bool:
    """Tell whether two numbers stand side by side, with no word and no dash between."""
    return before.end == after.first and not _DASH.fullmatch(_between(said, before, after))


def phrase_around(said: Utterance, first: int, end: int) -> tuple[int, int]:
    """The words `first:end` with the numbers that they make a range with: all of "between one and two hundred"."""
    places = [fact(said.words, number) for number in said.numbers]
    for before, after in pairwise(places):
        if is_range(said, before, after) and before.first < end and after.end > first:
            first, end = min(first, before.first), max(end, after.end)
    return first, end


def marked(texts: Alignment, turn: RawTurn) -> Iterator[Change]:
    """Yield the marks of numbers that were dropped, and the ones that were added."""
    old, new = _marks(texts.raw), _marks(texts.cleaned)
    found = pairs(texts, list(old), list(new), anywhere=False)
    for one in found.gone:
        own = old[one]
        lost = texts.lost.issuperset(range(own.first, own.end))
        if not turn.took_back(own.first, own.end) if lost else own.is_sign:
            yield Change(Kind.NUMBER, True, one)
    for one in found.new:
        if new[one].is_sign or texts.around_clean(new[one].first, new[one].end):
            yield Change(Kind.NUMBER, False, one)


class _Own(NamedTuple):
    """The words of a mark without those of its number."""

    first: int
    end: int
    is_sign: bool


def _marks(said: Utterance) -> dict[Fact, _Own]:
    """The marks of a text, each with its number: the words from the one to the other."""
    found: dict[Fact, _Own] = {}
    for mark in said.marks:
        own, number = fact(said.words, mark), fact(said.words, said.numbers[mark.number])
        extent = Fact(min(own.first, number.first), max(own.end, number.end), _MARKS[mark.mark])
        found[extent] = _Own(own.first, own.end, mark.is_sign)
    return found


def _between(said: Utterance, left: Fact, right: Fact) -> str:
    return said.text[said.words[left.end - 1].end : said.words[right.first].start]
