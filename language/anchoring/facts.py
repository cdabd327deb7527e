"""Facts of a raw text and of its cleaned version: where each stands, and which belong together."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from language.anchoring.alignment import Alignment
from language.anchoring.unanchored import Kind
from language.tokens import Token


class Fact(NamedTuple):
    """Words `first:end` of a text that state something; negations all have the value 0."""

    first: int
    end: int
    value: Decimal


class Change(NamedTuple):
    """A fact that the cleaned text may not have changed: a raw one it dropped, or one of its own it added."""

    kind: Kind
    dropped: bool
    fact: Fact


class Pairs(NamedTuple):
    """Raw facts with their equals in the cleaned text; those whose equal stands elsewhere; facts without an equal."""

    kept: dict[Fact, Fact]
    moved: list[Fact]
    gone: list[Fact]
    new: list[Fact]


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def fact(words: Sequence[Token], span: _Placed, value: Decimal = Decimal(0)) -> Fact:
    """The words that a span of characters touches."""
    first = max(0, bisect_right(words, span.start, key=_start) - 1)
    return Fact(first, max(first + 1, bisect_right(words, span.end - 1, key=_start)), value)


def pairs(texts: Alignment, old: Sequence[Fact], new: Sequence[Fact], *, anywhere: bool = True) -> Pairs:
    """Match equal facts of both texts, in place where they can be and, if allowed, anywhere else; each serves once."""
    kept: dict[Fact, Fact] = {}
    left = list(new)
    displaced = _matched(texts, old, left, kept, in_place=True)
    gone = _matched(texts, displaced, left, kept, in_place=False) if anywhere else displaced
    return Pairs(kept, [one for one in displaced if one in kept], gone, left)


def _matched(
    texts: Alignment, old: Sequence[Fact], new: list[Fact], kept: dict[Fact, Fact], *, in_place: bool
) -> list[Fact]:
    """Note the equals of the old facts, take them out of the new ones, and return the old ones without."""
    waiting: dict[Decimal, list[Fact]] = defaultdict(list)
    for now in new:
        waiting[now.value].append(now)
    gone = []
    for one in old:
        first, end = texts.of_raw(one.first, one.end) if in_place else (0, len(texts.cleaned.words))
        equals = waiting.get(one.value, [])
        at = bisect_right(equals, first, key=_end)
        if at < len(equals) and equals[at].first < end:
            kept[one] = equals.pop(at)
        else:
            gone.append(one)
    new[:] = sorted(now for left in waiting.values() for now in left)
    return gone


def _start(word: Token) -> int:
    return word.start


def _end(one: Fact) -> int:
    return one.end
