"""What a call makes likely: its terms, the words said so far, which of them stand side by side, other readings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from language.cleaning.draft import TITLES
from language.cleaning.term_index import MOST_TERMS, TermIndex, build_index
from language.tokens import tokens
from language.word_classes import FUNCTION_WORDS, ORDINALS, is_number

NUMBER = "#"
"""Any number above one, in a pair of words: "fifty calls" also speaks for "sixty calls"."""
_ONE = ORDINALS | {"one", "1", "zero", "0", "half", "quarter"}
_TURNS, _READINGS = 20, 5
_EDGE = "|"
_Pairs = Mapping[str, Set[str]]


@dataclass(frozen=True)
class TermContext:
    """Terms, the words of the history, which word stood after and before which, the recogniser's other readings.

    `offered` are words that other readings have, the first has not, and the call knows.
    """

    index: TermIndex
    words: frozenset[str]
    following: _Pairs
    preceding: _Pairs
    readings: tuple[str, ...] = ()
    offered: tuple[tuple[str, ...], ...] = ()

    def follows(self, first: str, second: str) -> bool:
        """Whether the words stood side by side in a term or an earlier turn."""
        return second in self.following.get(first, ())

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
    following, preceding = _neighbours([*map(_counted, terms[:MOST_TERMS]), *turns])
    known = dict.fromkeys(chain.from_iterable(_known(reading, index, words) for reading in readings))
    offered = tuple(each for each in known if not heard.issuperset(each))
    spaced = tuple(f" {_EDGE} {' '.join(reading)} {_EDGE} " for reading in readings)
    return TermContext(index, words, following, preceding, spaced, offered)


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


def _neighbours(texts: Iterable[tuple[str, ...]]) -> tuple[_Pairs, _Pairs]:
    """Which words stood right after a word, and which before it; two function words say nothing, nor does a title."""
    following: defaultdict[str, set[str]] = defaultdict(set)
    preceding: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in chain.from_iterable(map(pairwise, texts)):
        if not (first in FUNCTION_WORDS and second in FUNCTION_WORDS) and first not in TITLES:
            following[first].add(second)
            preceding[second].add(first)
    return following, preceding
