"""What a call makes likely: its terms, the words said so far, which of them stand side by side, other readings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from language.cleaning.draft import TITLES
from language.cleaning.term_index import MOST_TERMS, Term, TermIndex, build_index, first_sound, grouped
from language.tokens import tokens
from language.word_classes import FUNCTION_WORDS, ORDINALS, is_number

NUMBER = "#"
"""Any number above one, in a pair of words: "fifty calls" also speaks for "sixty calls"."""
_ONE = ORDINALS | {"one", "1", "zero", "0", "half", "quarter"}
_TURNS, _READINGS = 20, 5
_EDGE = "|"


class _Neighbours(NamedTuple):
    """Which words stood right after a word, and which right before it."""

    following: Mapping[str, Set[str]]
    preceding: Mapping[str, Set[str]]


@dataclass(frozen=True)
class TermContext:
    """Terms, the words of the history, which words stood side by side in both, the recogniser's other readings.

    `offered` are words that other readings have, the first has not, and the call knows.
    """

    index: TermIndex
    words: frozenset[str]
    beside: tuple[_Neighbours, ...]
    readings: tuple[str, ...] = ()
    offered: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def offered_terms(self) -> Mapping[str, tuple[Term, ...]]:
        """The terms among what is offered, by their first sound."""
        found = [self.index.by_words[words] for words in self.offered if words in self.index.by_words]
        return grouped((first_sound(term.sounds), term) for term in found)

    @cached_property
    def offered_words(self) -> frozenset[str]:
        """The single words among what is offered."""
        return frozenset(words[0] for words in self.offered if len(words) == 1)

    def follows(self, first: str, second: str) -> bool:
        """Whether the words stood side by side in a term or an earlier turn."""
        return any(second in pairs.following.get(first, ()) for pairs in self.beside)

    def following(self, word: str) -> Set[str]:
        """The words that stood right after a word."""
        return frozenset().union(*(pairs.following.get(word, ()) for pairs in self.beside))

    def preceding(self, word: str) -> Set[str]:
        """The words that stood right before a word."""
        return frozenset().union(*(pairs.preceding.get(word, ()) for pairs in self.beside))

    def votes(self, before: str, words: tuple[str, ...], after: str) -> float:
        """How many other readings have these words between two neighbours, "" for the end; the first weighs most."""
        place = f" {before or _EDGE} {' '.join(words)} {after or _EDGE} "
        return sum(1 / (rank + 2) for rank, reading in enumerate(self.readings) if place in reading)


def build_context(
    terms: Sequence[str], history: Sequence[str], alternatives: Sequence[str], heard: frozenset[str]
) -> TermContext:
    """What the call's terms, its last twenty turns and readings other than the words `heard` make likely."""
    turns = [_counted(text) for text in history[-_TURNS:]]
    index = build_index(tuple(terms))
    words = frozenset(chain.from_iterable(turns))
    readings = [_counted(text) for text in alternatives[:_READINGS]]
    beside = (_neighbours_in(tuple(terms[:MOST_TERMS])), _neighbours(turns))
    known = dict.fromkeys(chain.from_iterable(_known(reading, index, words) for reading in readings))
    offered = tuple(each for each in known if not heard.issuperset(each))
    spaced = tuple(f" {_EDGE} {' '.join(reading)} {_EDGE} " for reading in readings)
    return TermContext(index, words, beside, spaced, offered)


@lru_cache(maxsize=8192)
def counted(folded: str) -> str:
    """The word, or the sign of a number above one."""
    return NUMBER if is_number(folded) and folded not in _ONE else folded


@lru_cache(maxsize=1024)
def _counted(text: str) -> tuple[str, ...]:
    return tuple(counted(word.folded) for word in tokens(text))


def _known(reading: tuple[str, ...], index: TermIndex, words: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The terms and the words of the call that a reading has."""
    for at, word in enumerate(reading):
        if word in words:
            yield (word,)
        for term in index.by_start.get(word, ()):
            if reading[at : at + len(term.words)] == term.words:
                yield term.words


@lru_cache(maxsize=64)
def _neighbours_in(terms: tuple[str, ...]) -> _Neighbours:
    """The neighbours within the terms of a call, which stay while it lasts."""
    return _neighbours(map(_counted, terms))


def _neighbours(texts: Iterable[tuple[str, ...]]) -> _Neighbours:
    """The neighbours within some texts."""
    following: defaultdict[str, set[str]] = defaultdict(set)
    preceding: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in chain.from_iterable(map(_pairs, texts)):
        following[first].add(second)
        preceding[second].add(first)
    return _Neighbours(following, preceding)


@lru_cache(maxsize=1024)
def _pairs(text: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The words of a text that stand side by side; two function words say nothing of each other, nor does a title."""
    return tuple(
        (first, second)
        for first, second in pairwise(text)
        if not (first in FUNCTION_WORDS and second in FUNCTION_WORDS) and first not in TITLES
    )
