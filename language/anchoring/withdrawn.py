"""Which dropped words a speaker took back: repeats, restarts and self-corrections that cleaning resolved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from language.names import root
from language.negation import is_negation
from language.number_words import part_of
from language.opposites import opposites_of
from language.tokens import Token, word_set
from language.words import is_word

_FILLERS = word_set("um umm uh uhh er err erm ah eh hm hmm mm")
_STRONG_CUES = (
    "no wait", "no sorry", "no i mean", "no i meant", "no make that", "no make it", "no scratch that", "no rather",
    "no actually", "no hold on", "no no", "oh no", "no really", "sorry i mean", "i mean", "i meant", "make that",
    "make it", "scratch that", "scrap that", "cancel that", "strike that", "forget that", "change that",
    "disregard that", "never mind", "nevermind", "or rather", "my mistake", "hold up", "oops", "whoops",
    "i should say",
)  # fmt: skip
_WEAK_CUES = (
    "no", "nope", "sorry", "well", "oh", "wait", "actually", "rather", "correction", "excuse me", "let me", "instead",
    "hold on", "or really",
)  # fmt: skip
_CUES = {tuple(cue.split()): cue in _STRONG_CUES for cue in (*_STRONG_CUES, *_WEAK_CUES)}
_OPENINGS = {tuple(cue.split()) for cue in ("no wait", "no i mean", "no i meant", "no make that", "no scratch that")}
_LONGEST_CUE = max(map(len, _CUES))
_REACH = 12
_LONGEST_REPEAT = 8
_LONGEST_DETOUR = 6
_NUMBER, _NAME, _NEGATION = "number", "name", "negation"
_ENDINGS = ("ed", "ing", "ly")
_NEVER_DENIED = _FILLERS | word_set(
    "the a an this that these those my your our his her their its i you he she it we they what which who whom "
    "when where why how is are was were be been do does did has have had can could will would should may must "
    "in on at by for from of to with into about after before between during if and but or because not"
)
"""Words that cannot follow the "no" of "no vans": before them it is an interjection."""


_CONJUNCTIONS = word_set("and or but plus then also")


class _Cue(NamedTuple):
    """Words `start:end` that announce a correction; a strong cue means nothing else."""

    start: int
    end: int
    strong: bool


@dataclass(frozen=True)
class RawTurn:
    """The raw words of a turn and which of them are not in its cleaned text (indices)."""

    text: str
    words: Sequence[Token]
    lost: frozenset[int]

    def took_back(self, first: int, end: int) -> bool:
        """Tell whether the speaker withdrew the lost words `first:end`, said them twice or only corrected with them."""
        return self._is_repeat(first, end) or self._is_restart(first, end) or self._is_corrected(first, end)

    def _is_repeat(self, first: int, end: int) -> bool:
        """The words stand twice, side by side, and one copy is kept: "do not do not"."""
        near = range(max(0, first - 2 * _REACH), min(end + 2 * _REACH, len(self.words)))
        spoken = [place for place in near if self._word(place) not in _FILLERS]
        here = [at for at, place in enumerate(spoken) if first <= place < end]
        return any(
            self._twice(spoken, start, width, offset, here)
            for width in range(end - first, _LONGEST_REPEAT + 1)
            for start in range(max(0, here[-1] - width + 1), here[0] + 1)
            for offset in (width, -width)
        )

    def _twice(self, spoken: Sequence[int], start: int, width: int, offset: int, here: Sequence[int]) -> bool:
        other = start + offset
        if other < 0 or max(start, other) + width > len(spoken):
            return False
        if any(spoken[at + offset] in self.lost for at in here):
            return False
        return all(self._word(spoken[start + at]) == self._word(spoken[other + at]) for at in range(width))

    def _is_restart(self, first: int, end: int) -> bool:
        """The sentence began anew with the same word and a fact of the same sort: "we need ten we need two"."""
        again = self._next_kept(end)
        if again is None or self._word(again - 1) in _CONJUNCTIONS:
            return False
        for start in range(first - 1, max(-1, first - _REACH), -1):
            if start not in self.lost:
                return False
            if self._word(start) == self._word(again):
                sorts = {_sort(word) for word in self.words[again : again + end - start + 2]}
                return first in self.lost and _sort(self.words[first]) in sorts
        return False

    def _is_corrected(self, first: int, end: int) -> bool:
        """A lost cue stands after the words and what is kept stands for them; or the words are the cue."""
        for start in range(max(0, first - 1), min(end + _REACH, len(self.words))):
            for cue in self._cues(start):
                if cue.start <= first < cue.end and self._resolves(cue, None):
                    return True
                if cue.start >= end and self._resolves(cue, first):
                    return True
        return False

    def _cues(self, start: int) -> Iterator[_Cue]:
        for end in range(start + 1, min(start + _LONGEST_CUE, len(self.words)) + 1):
            words = tuple(self._word(place) for place in range(start, end))
            if words in _CUES and self.lost.issuperset(range(start, end)):
                yield _Cue(start, end, _CUES[words])

    def _resolves(self, cue: _Cue, fact: int | None) -> bool:
        """Tell whether a cue leads from lost words, the fact among them, to kept ones that stand for them."""
        repair = self._repair(cue)
        if repair is None:
            return False
        sort = "" if fact is None else _sort(self.words[fact])
        if sort != _NEGATION and self._renumbers(cue.start, repair):
            return True
        reparandum = self._reparandum(cue.start)
        if not reparandum and fact is None:
            return tuple(self._word(place) for place in range(cue.start, cue.end)) in _OPENINGS
        if not reparandum or (fact is not None and fact not in reparandum):
            return False
        if sort == _NEGATION:
            return self._repeats_a_word(reparandum, repair)
        return cue.strong or self._is_aside(cue) or self._matches(reparandum, repair)

    def _repair(self, cue: _Cue) -> int | None:
        """The first kept word after a cue; fillers and, after a strong cue, a few words more may be lost between."""
        detour = _LONGEST_DETOUR if cue.strong else 0
        for place in range(cue.end, min(cue.end + _REACH, len(self.words))):
            if place not in self.lost:
                return place
            if self._word(place) not in _FILLERS and (self._word(place),) not in _CUES:
                detour -= 1
            if detour < 0:
                return None
        return None

    def _renumbers(self, start: int, repair: int) -> bool:
        """A number before the cue gave way to the one after it: "fifty calls, no, sixty"."""
        before = range(max(0, start - _REACH), start)
        return any(_sort(self.words[place]) == _NUMBER for place in before if place in self.lost) and any(
            _sort(word) == _NUMBER for word in self.words[repair : repair + 2]
        )

    def _reparandum(self, start: int) -> range:
        first = start
        while first > 0 and first - 1 in self.lost and start - first < _REACH:
            first -= 1
        return range(first, start)

    def _is_aside(self, cue: _Cue) -> bool:
        """The cue stands by itself: between marks, beside a filler, or before a word that it cannot deny."""
        if self._word(cue.start - 1) in _FILLERS or self._word(cue.end) in _NEVER_DENIED:
            return True
        before = self.text[self.words[cue.start - 1].end : self.words[cue.start].start]
        after = self.text[self.words[cue.end - 1].end : self.words[cue.end].start]
        return bool(before.strip() and after.strip())

    def _matches(self, reparandum: range, repair: int) -> bool:
        """Old and new words are of a kind: the same word, its opposite, two numbers, two names, the same ending."""
        old = [self.words[place] for place in reparandum]
        sorts = {_sort(word) for word in old} - {""}
        if sorts & {_sort(word) for word in self.words[repair : repair + 3]}:
            return True
        new = self._word(repair)
        alike = any(word.folded.endswith(ending) and new.endswith(ending) for word in old for ending in _ENDINGS)
        turned = any(root(word.folded) in opposites_of(new) for word in old)
        return alike or turned or self._repeats_a_word(reparandum, repair)

    def _repeats_a_word(self, reparandum: range, repair: int) -> bool:
        new = {word.folded for word in self.words[repair : repair + 3]}
        return any(self._word(place) in new for place in reparandum)

    def _next_kept(self, end: int) -> int | None:
        near = range(end, min(end + _REACH, len(self.words)))
        return next((place for place in near if place not in self.lost), None)

    def _word(self, place: int) -> str:
        return self.words[place].folded


def _sort(word: Token) -> str:
    """The sort of fact that a word states, empty for none."""
    if is_negation(word.folded):
        return _NEGATION
    part = part_of(word)
    if part:
        return "" if part.role in "&.aoxX" else _NUMBER
    return "" if is_word(word.folded) else _NAME
