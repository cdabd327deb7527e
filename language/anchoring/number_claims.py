"""Numbers of tool arguments beside the same numbers of the newest turn: with other bounds, joined or swapped."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from language.anchoring.corpus import Corpus
from language.anchoring.facts import fact
from language.anchoring.number_changes import is_joined, is_range
from language.names import stem
from language.number_marks import Mark
from language.utterance import Utterance

_PERIODS = frozenset({Mark.HOUR, Mark.DAY, Mark.WEEK, Mark.MONTH, Mark.QUARTER, Mark.YEAR})
_Counted = tuple[Decimal, str]


@dataclass(frozen=True)
class NumberClaims:
    """The numbers of the newest turn, as they were said."""

    newest: Utterance

    def changed(self, told: Utterance, corpus: Corpus, *, whole: bool) -> Iterator[str]:
        """Yield the numbers of an argument that the turn has too, but says otherwise.

        Another sign, percent, bound or period makes it another number; where the argument must be the `whole`
        quotation, so does a missing one, except "a month". A period that only the question named may be added.
        """
        if not (told.numbers and self.newest.numbers):
            return
        verbatim = _line(told) in _line(self.newest)
        marks = _marks(told)
        for index, number in enumerate(told.numbers):
            added = frozenset[Mark]() if verbatim else marks[index]
            spoken = self._spoken.get(number.value, frozenset())
            if spoken and not any(_fits(added, marks[index], one, corpus, whole=whole) for one in spoken):
                yield number.text
        yield from self._joined(told)
        yield from self._swapped(told)

    def _joined(self, told: Utterance) -> Iterator[str]:
        """Numbers side by side that were said with a word between: "five ten" of "five to ten"."""
        for before, after in pairwise(told.numbers):
            one, other = fact(told.words, before), fact(told.words, after)
            if (before.value, after.value) in self._ranges and is_joined(told, one, other):
                yield told.text[before.start : after.end]

    def _swapped(self, told: Utterance) -> Iterator[str]:
        """Numbers of a thing that the turn counts with another number."""
        for value, thing in sorted(_counted(told)):
            others = self._counts.get(thing)
            if others and value not in others and any(value in values for values in self._counts.values()):
                yield f"{value} {thing}"

    @cached_property
    def _spoken(self) -> Mapping[Decimal, Set[frozenset[Mark]]]:
        """Each value with the marks of every time it was said."""
        spoken: dict[Decimal, set[frozenset[Mark]]] = defaultdict(set)
        for number, marks in zip(self.newest.numbers, _marks(self.newest), strict=True):
            spoken[number.value].add(marks)
        return spoken

    @cached_property
    def _ranges(self) -> Set[tuple[Decimal, Decimal]]:
        places = [(number.value, fact(self.newest.words, number)) for number in self.newest.numbers]
        return {
            (before, after)
            for (before, one), (after, other) in pairwise(places)
            if one.end < other.first and is_range(self.newest, one, other)
        }

    @cached_property
    def _counts(self) -> Mapping[str, Set[Decimal]]:
        """Each thing that is counted, with its numbers."""
        counts: dict[str, set[Decimal]] = defaultdict(set)
        for value, thing in _counted(self.newest):
            counts[thing].add(value)
        return counts


def _line(said: Utterance) -> str:
    return f" {' '.join(word.folded for word in said.words)} "


def _marks(said: Utterance) -> list[frozenset[Mark]]:
    """The marks of each number."""
    found: list[set[Mark]] = [set() for _ in said.numbers]
    for one in said.marks:
        found[one.number].add(one.mark)
    return [frozenset(marks) for marks in found]


def _fits(added: Set[Mark], own: Set[Mark], spoken: Set[Mark], corpus: Corpus, *, whole: bool) -> bool:
    strange = {mark for mark in added - spoken if mark not in _PERIODS or spoken & _PERIODS or not _named(mark, corpus)}
    return not strange and not (whole and spoken - own - {Mark.MONTH})


def _named(period: Mark, corpus: Corpus) -> bool:
    return corpus.holds_root(period.value) or corpus.holds_root(f"{period.value}ly")


def _counted(said: Utterance) -> set[_Counted]:
    """Each number with the word right after it."""
    ends = ((number, fact(said.words, number).end) for number in said.numbers)
    return {(number.value, stem(said.words[end].folded)) for number, end in ends if end < len(said.words)}
