"""What was said: the words, numbers and negations that facts are anchored to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from language.anchoring.derived_values import Derivation
from language.cleaning.readings import readings
from language.names import root, stem
from language.negation import is_denial
from language.number_words import WORDS
from language.tokens import Token
from language.utterance import Utterance

_NEGATED_BEFORE, _NEGATED_AFTER = 3, 5
_LONGEST_JOIN = 8
_BREAK = "\n"
PERCENT = re.compile(r"[%٪％﹪]|\bper cent\b", re.IGNORECASE)
"""What stands for the word "percent"."""
_FIGURES = {word: part.digits for word, part in WORDS.items() if part.role in "zdtyYT"}


@dataclass(frozen=True)
class Corpus:
    """The words said so far, indexed; a value: `plus` makes a larger one and leaves this as it is.

    `stems` are its words without endings, `values` all readings of its numbers, `negated` the stems
    that stand near a negation, `said` the words in order as pieces of names, a line break after each text;
    `derived` are values that pure functions made of words that were said.
    """

    stems: frozenset[str] = frozenset()
    values: frozenset[Decimal] = frozenset()
    negated: frozenset[str] = frozenset()
    said: tuple[str, ...] = field(default=(), repr=False)
    derived: frozenset[Derivation] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Corpus":
        """Index some texts."""
        return cls()._with(texts)

    def plus(self, text: str | Utterance) -> "Corpus":
        """The corpus with one more text; only the new text is read."""
        return self._with((text,))

    def deriving(self, derived: Iterable[Derivation]) -> "Corpus":
        """The corpus with values that were derived from its words: each counts as said where it is stated whole."""
        return replace(self, derived=self.derived | frozenset(derived))

    def union(self, other: "Corpus") -> "Corpus":
        """What either corpus holds."""
        return Corpus(
            self.stems | other.stems,
            self.values | other.values,
            self.negated | other.negated,
            self.said + other.said,
            self.derived | other.derived,
        )

    def _with(self, texts: Iterable[str | Utterance]) -> "Corpus":
        stems, values, negated, said = set[str](), set[Decimal](), set[str](), list[str]()
        for text in texts:
            one = text if isinstance(text, Utterance) else Utterance(text)
            folded = [word.folded for word in one.words]
            own = [stem(word) for word in folded]
            stems.update(own)
            if PERCENT.search(one.text):
                stems.add("percent")
            values.update(readings(one.text, one.numbers))
            negated.update(_negated(folded, own))
            said += (*map(_spelling, folded), _BREAK)
        return self.union(Corpus(frozenset(stems), frozenset(values), frozenset(negated), tuple(said)))

    def holds_name(self, key: str) -> bool:
        """Tell whether a name was said: as a word, or in neighbouring pieces ("check a trade", "P P C")."""
        return key in self.stems or self._holds_joined(key)

    def holds_root(self, folded: str) -> bool:
        """Tell whether a word was said in any of its forms."""
        return stem(folded) in self.stems or root(folded) in self._roots

    def holds_negated(self, stems: Iterable[str]) -> bool:
        """Tell whether one of these words was said near a negation."""
        return not self.negated.isdisjoint(stems)

    def _holds_joined(self, key: str) -> bool:
        squeezed, edges = self._squeezed
        at = squeezed.find(key)
        while at >= 0:
            end = at + len(key)
            if at in edges and (end in edges or (end + 1 in edges and squeezed[end] == "s")):
                return True
            at = squeezed.find(key, at + 1)
        return False

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(map(root, self.stems))

    @cached_property
    def _squeezed(self) -> tuple[str, frozenset[int]]:
        """All that was said without spaces, a line for each text, and where in it words begin and end."""
        return "".join(self.said), frozenset(accumulate(map(len, self.said), initial=0))


def holds_joined_name(corpus: Corpus, words: Sequence[Token], place: int) -> bool:
    """Tell whether the word at `place` is a piece of an anchored name: the "Eye" of "Response-Eye-Q"."""
    for first in range(max(0, place - _LONGEST_JOIN + 1), place + 1):
        joined = "".join(_spelling(word.folded) for word in words[first:place])
        for word in words[place : first + _LONGEST_JOIN]:
            joined += _spelling(word.folded)
            if joined in corpus.stems:
                return True
    return False


def _spelling(folded: str) -> str:
    """A word as a piece of a name: without apostrophe, figures as digits ("b three j" spells B3J)."""
    return _FIGURES.get(folded) or folded.replace("'", "").replace(",", "")


def _negated(words: Sequence[str], stems: Sequence[str]) -> Iterable[str]:
    for place, word in enumerate(words):
        if is_denial(word) or (word == "used" and words[place + 1 : place + 2] == ["to"]):
            yield from stems[max(0, place - _NEGATED_BEFORE) : place]
            yield from stems[place + 1 : place + 1 + _NEGATED_AFTER]
