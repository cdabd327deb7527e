"""What a call makes likely: its terms, the words said so far, and which of them stand side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from language.phonetics import phrase_sounds
from language.tokens import tokens
from language.word_classes import FUNCTION_WORDS, ORDINALS, is_number

NUMBER = "#"
"""Any number above one, in a pair of words: "fifty calls" also speaks for "sixty calls"."""
_ONE = ORDINALS | {"one", "1", "zero", "0", "half", "quarter"}
_TURNS, _TERMS = 20, 200


@dataclass(frozen=True)
class Term:
    """A term of the call, as it is written, as folded words and as sounds."""

    text: str
    words: tuple[str, ...]
    sounds: str

    @property
    def is_brand(self) -> bool:
        """Whether its spelling matters: a capital, digit or hyphen inside it."""
        return any(letter.isupper() or letter.isdigit() or letter == "-" for letter in self.text[1:])


@dataclass(frozen=True)
class TermContext:
    """Terms, the words of the history, which word followed which, and the recogniser's other readings."""

    terms: tuple[Term, ...]
    words: frozenset[str]
    following: Mapping[str, frozenset[str]]
    alternatives: tuple[tuple[str, ...], ...] = field(default=())

    def follows(self, first: str, second: str) -> bool:
        """Whether the words stood side by side in a term or an earlier turn."""
        return second in self.following.get(first, ())

    def reads(self, words: tuple[str, ...]) -> bool:
        """Whether another reading of the same speech holds these words in a row."""
        return any(_holds(reading, words) for reading in self.alternatives)

    def reads_between(self, before: str, words: tuple[str, ...], after: str) -> bool:
        """Whether another reading holds these words between two neighbours, "" for the end of the turn."""
        return any(_holds(("", *reading, ""), (before, *words, after)) for reading in self.alternatives)


@lru_cache(maxsize=64)
def build_terms(texts: tuple[str, ...]) -> tuple[Term, ...]:
    """Index terms once for a call; the first two hundred."""
    found: dict[tuple[str, ...], Term] = {}
    for text in texts[:_TERMS]:
        words = tuple(word.folded for word in tokens(text))
        if words and not all(is_number(word) for word in words):
            found.setdefault(words, Term(text.strip(), words, phrase_sounds(words)))
    return tuple(found.values())


def build_context(terms: Sequence[str], history: Sequence[str], alternatives: Sequence[str]) -> TermContext:
    """What the call's terms, its last twenty turns and the other readings of this one make likely."""
    turns = [_counted(text) for text in history[-_TURNS:]]
    words = frozenset(word for turn in turns for word in turn)
    others = tuple(tuple(word.folded for word in tokens(text)) for text in alternatives[:5])
    following = _following([*(_counted(text) for text in terms[:_TERMS]), *turns])
    return TermContext(build_terms(tuple(terms)), words, following, others)


def counted(folded: str) -> str:
    """The word, or the sign of a number above one."""
    return NUMBER if is_number(folded) and folded not in _ONE else folded


@lru_cache(maxsize=1024)
def _counted(text: str) -> tuple[str, ...]:
    return tuple(counted(word.folded) for word in tokens(text))


def _following(texts: Iterable[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for text in texts:
        for first, second in pairwise(text):
            if not (first in FUNCTION_WORDS and second in FUNCTION_WORDS):
                found.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _holds(reading: tuple[str, ...], words: tuple[str, ...]) -> bool:
    length = len(words)
    return any(reading[at : at + length] == words for at in range(len(reading) - length + 1))
