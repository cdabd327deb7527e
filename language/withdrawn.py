"""Which dropped words a speaker took back: repeats, restarts and self-corrections that cleaning resolved."""

from collections.abc import Sequence
from dataclasses import dataclass

from language.negation import is_negation
from language.number_words import part_of
from language.tokens import Token, word_set
from language.words import is_word

_FILLERS = word_set("um umm uh uhh er err erm ah eh hm hmm mm")
_STRONG_CUES = (
    "no wait", "no sorry", "no i mean", "no i meant", "no make that", "no make it", "no scratch that", "no rather",
    "no actually", "no hold on", "no no", "oh no", "no really", "sorry i mean", "i mean", "i meant", "wait",
    "make that", "make it", "scratch that", "scrap that", "cancel that", "strike that", "forget that", "change that",
    "disregard that", "never mind", "nevermind", "or rather", "rather", "correction", "actually", "excuse me",
    "my mistake", "let me", "instead", "hold on", "hold up", "oops", "whoops", "i should say", "what i meant",
)  # fmt: skip
_WEAK_CUES = ("no", "nope", "sorry", "well", "oh", "or", "or really")
_CUES = {tuple(cue.split()): cue in _STRONG_CUES for cue in (*_STRONG_CUES, *_WEAK_CUES)}
_LONGEST_CUE = max(map(len, _CUES))
_REACH = 12
_LONGEST_REPEAT = 8
_LONGEST_DETOUR = 6
_ENDINGS = ("ed", "ing", "ly")
_NEVER_DENIED = _FILLERS | word_set(
    "the a an this that these those my your our his her their its i you he she it we they what which who whom "
    "when where why how is are was were be been do does did has have had can could will would should may must "
    "in on at by for from of to with into about after before between during if and but or because not"
)
"""Words that cannot follow the "no" of "no vans": before them it is an interjection."""


@dataclass(frozen=True)
class RawTurn:
    """The raw words of a turn and which of them are not in its cleaned text (indices)."""

    text: str
    words: Sequence[Token]
    lost: frozenset[int]

    def took_back(self, first: int, end: int) -> bool:
        """Tell whether the speaker withdrew the lost words `first:end`, said them twice or only corrected with them."""
        return (
            self._is_repeat(first, end)
            or self._is_restart(first, end)
            or any(start >= end or start <= first < stop for start, stop in self._corrections(first - 1, end + _REACH))
        )

    def _is_repeat(self, first: int, end: int) -> bool:
        """The words stand twice, side by side, and one copy is kept: "do not do not"."""
        spoken = [place for place, word in enumerate(self.words) if word.folded not in _FILLERS]
        here = [at for at, place in enumerate(spoken) if first <= place < end]
        if not here:
            return False
        for width in range(end - first, _LONGEST_REPEAT + 1):
            for start in range(max(0, here[-1] - width + 1), here[0] + 1):
                if self._twice(spoken, start, width, width, here) or self._twice(spoken, start, width, -width, here):
                    return True
        return False

    def _twice(self, spoken: Sequence[int], start: int, width: int, offset: int, here: Sequence[int]) -> bool:
        other = start + offset
        if other < 0 or max(start, other) + width > len(spoken):
            return False
        same = all(self._word(spoken[start + at]) == self._word(spoken[other + at]) for at in range(width))
        return same and all(spoken[at + offset] not in self.lost for at in here)

    def _is_restart(self, first: int, end: int) -> bool:
        """The sentence began anew with the same word and a fact of the same sort: "we need ten, we need two"."""
        again = next((place for place in range(end, len(self.words)) if place not in self.lost), None)
        for start in range(first, max(-1, first - _REACH), -1):
            if start not in self.lost:
                return False
            if start != first and again is not None and self._word(again) == self._word(start):
                return self._has_sort(first, range(again, again + end - start + 2))
        return False

    def _has_sort(self, sample: int, places: range) -> bool:
        sort = _sort(self.words[sample])
        return any(p not in self.lost and _sort(self.words[p]) == sort for p in places if p < len(self.words))

    def _corrections(self, low: int, high: int) -> list[tuple[int, int]]:
        """The lost cues (start, end) near two places that lead from lost words to the kept words meant instead."""
        return [
            (start, end)
            for start in range(max(0, low), min(high, len(self.words)))
            for end, strong in self._cues(start)
            if self._resolves(start, end, strong)
        ]

    def _cues(self, start: int) -> list[tuple[int, bool]]:
        found = []
        for end in range(start + 1, min(start + _LONGEST_CUE, len(self.words)) + 1):
            cue = tuple(self._word(place) for place in range(start, end))
            if cue in _CUES:
                found.append((end, _CUES[cue]))
        return found

    def _resolves(self, start: int, end: int, strong: bool) -> bool:
        if not self.lost.issuperset(range(start, end)):
            return False
        repair = self._repair(end, _LONGEST_DETOUR if strong else 0)
        if repair is None:
            return False
        if self._renumbers(start, repair):
            return True
        reparandum = self._reparandum(start)
        if not reparandum:
            return False
        return strong or self._is_aside(start, end) or self._matches(reparandum, repair)

    def _repair(self, end: int, detour: int) -> int | None:
        """The first kept word after a cue; fillers and `detour` other words ("and tell me") may be lost between."""
        for place in range(end, len(self.words)):
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
        return any(_sort(self.words[place]) == "number" for place in before if place in self.lost) and any(
            _sort(word) == "number" for word in self.words[repair : repair + 2]
        )

    def _reparandum(self, start: int) -> range:
        first = start
        while first > 0 and first - 1 in self.lost and start - first < _REACH:
            first -= 1
        return range(first, start)

    def _is_aside(self, start: int, end: int) -> bool:
        """The cue stands by itself: between marks, beside a filler, or before a word that it cannot deny."""
        if self._word(start - 1) in _FILLERS or self._word(end) in _NEVER_DENIED:
            return True
        before = self.text[self.words[start - 1].end : self.words[start].start]
        after = self.text[self.words[end - 1].end : self.words[end].start]
        return bool(before.strip() and after.strip())

    def _matches(self, reparandum: range, repair: int) -> bool:
        """Old and new words are of a kind: the same word, two numbers, two names, the same ending."""
        new = [self.words[place] for place in range(repair, min(repair + 3, len(self.words)))]
        old = [self.words[place] for place in reparandum]
        if {word.folded for word in old} & {word.folded for word in new}:
            return True
        sorts = {_sort(word) for word in old} - {""}
        if sorts & {_sort(word) for word in new}:
            return True
        return any(
            word.folded.endswith(ending) and new[0].folded.endswith(ending) for word in old for ending in _ENDINGS
        )

    def _word(self, place: int) -> str:
        return self.words[place].folded


def _sort(word: Token) -> str:
    """The sort of fact that a word states, empty for none."""
    if is_negation(word.folded) and word.folded != "no":
        return "negation"
    part = part_of(word)
    if part:
        return "" if part.role in "&.aoxX" else "number"
    return "" if is_word(word.folded) else "name"
