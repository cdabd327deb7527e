"""A text being cleaned: its words, which of them were cut or replaced and why, and what is left to read."""

import re
from dataclasses import dataclass, field

from language.numbers import numbers_in
from language.tokens import Token, tokens, word_set
from language.word_classes import is_number

TITLES = word_set("doctor dr mister mr mrs ms miss prof professor nurse")
"""Words before a person's name; the full stop of a short one ends no sentence."""
_STOP = re.compile(r"(?<!\.)[.?!](?!\.)")
_INITIAL = re.compile("[A-HJ-Z]")
_PAUSES = frozenset(",;:—–…-.")


@dataclass(frozen=True)
class Edit:
    """One change: `before` is what was said, `after` what stands there now ("" for a cut)."""

    kind: str
    before: str
    after: str


@dataclass
class Draft:
    """The words of `text` in order.

    `cuts` maps the index of a cut word to the kind of its cut; `spoken` the index of a word to what stands
    for it now, and `kinds` to why.
    """

    text: str
    words: tuple[Token, ...] = ()
    cuts: dict[int, str] = field(default_factory=dict)
    spoken: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.words or tokens(self.text)

    def left(self) -> list[int]:
        """Indexes of the words that still stand."""
        return [index for index in range(len(self.words)) if index not in self.cuts]

    def cut(self, indexes: range | list[int], kind: str) -> None:
        """Cut words; a word already cut keeps its first kind."""
        for index in indexes:
            self.cuts.setdefault(index, kind)

    def replace(self, first: int, end: int, text: str, kind: str) -> None:
        """Let `text` stand for the words from `first` up to `end`."""
        self.spoken[first] = text
        self.kinds[first] = kind
        self.cuts.update(dict.fromkeys(range(first + 1, end), kind))

    def gap(self, index: int) -> str:
        """The separator before word `index`; `len(words)` asks for what ends the text."""
        start = self.words[index - 1].end if index else 0
        end = self.words[index].start if index < len(self.words) else len(self.text)
        return self.text[start:end]

    def stops_between(self, first: int, second: int) -> bool:
        """Whether a sentence ends between two words (an ellipsis ends none)."""
        return any(map(self._stops_before, range(first + 1, second + 1)))

    def _stops_before(self, index: int) -> bool:
        before = self.words[index - 1] if index else None
        shortened = before is not None and (before.folded in TITLES or _INITIAL.fullmatch(before.text) is not None)
        return not shortened and _STOP.search(self.gap(index)) is not None

    def pauses_before(self, index: int) -> bool:
        """Whether a comma, dash or ellipsis stands before the word."""
        return not _PAUSES.isdisjoint(self.gap(index)) if index < len(self.words) else True

    def edits(self) -> tuple[Edit, ...]:
        """The changes in order of the text; neighbouring cuts of one kind are one change."""
        found: list[tuple[int, int, str]] = []
        for index in sorted(self.cuts.keys() | self.spoken.keys()):
            kind = self.cuts.get(index) or self.kinds[index]
            if found and found[-1][1] == index and found[-1][2] == kind and index not in self.spoken:
                found[-1] = (found[-1][0], index + 1, kind)
            else:
                found.append((index, index + 1, kind))
        return tuple(
            Edit(kind, self.text[self.words[first].start : self.words[end - 1].end], self.spoken.get(first, ""))
            for first, end, kind in found
        )

    def rendered(self) -> str:
        """The text as it now reads; punctuation around a cut is joined, a lost capital restored."""
        if not self.cuts and not self.spoken:
            return self.text
        pieces: list[str] = []
        last = -1
        for index in [*self.left(), len(self.words)]:
            pieces.append(self._joined_gap(last, index) + self._word(last, index))
            last = index
        return "".join(pieces)

    def _word(self, last: int, index: int) -> str:
        """Word `index` as it now reads, with the capital of a sentence whose first word was cut before it."""
        if index == len(self.words):
            return ""
        word = self.spoken.get(index, self.words[index].text)
        first = last + 1 if index - last > 1 else index
        opens = first == 0 or bool(_STOP.search(self.gap(first)))
        capital = opens and self.words[first].text[:1].isupper()
        return word[:1].upper() + word[1:] if capital else word

    def _joined_gap(self, last: int, index: int) -> str:
        """The separator between two standing words, from those around the cut words between them."""
        before, after = self.gap(last + 1), self.gap(index)
        if index - last == 1 or last < 0:
            return before
        kind = self.cuts[index - 1]
        if kind in self.kinds.values():
            return after
        if index == len(self.words):
            return after if after.strip() else before.rstrip(" ,;—–-") + after
        if _STOP.search(before) or _STOP.search(after):
            return before if _STOP.search(before) else after
        if kind != "filler" or "correction" in map(self.cuts.get, range(last + 1, index)):
            return before if before.strip() != "-" else " "
        if "," in before and "," in after and not self._parts_numbers(last, index):
            return " "
        return after if "," in after else before

    def _parts_numbers(self, last: int, index: int) -> bool:
        """Whether two numbers would run into another: "at five, uh, thirty people", unlike "twenty, uh, five"."""
        joined = f"{self.words[last].text} {self.words[index].text}"
        return is_number(self.words[last].folded) and len(numbers_in(joined)) > 1
