"""A text being cleaned: its words, which of them were cut and why, and what is left to read."""

import re
from dataclasses import dataclass, field

from language.tokens import Token, tokens

_STOP = re.compile(r"(?<!\.)[.?!](?!\.)")


@dataclass(frozen=True)
class Edit:
    """One change: `before` is what was said, `after` what stands there now ("" for a cut)."""

    kind: str
    before: str
    after: str


@dataclass
class Draft:
    """The words of `text` in order; `cuts` maps the index of a cut word to the kind of its cut."""

    text: str
    words: tuple[Token, ...] = ()
    cuts: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.words or tokens(self.text)

    def left(self) -> list[int]:
        """Indexes of the words that still stand."""
        return [index for index in range(len(self.words)) if index not in self.cuts]

    def cut(self, indexes: range | list[int], kind: str) -> None:
        """Cut words; a word already cut keeps its first kind."""
        for index in indexes:
            self.cuts.setdefault(index, kind)

    def gap(self, index: int) -> str:
        """The separator before word `index`; `len(words)` asks for what ends the text."""
        start = self.words[index - 1].end if index else 0
        end = self.words[index].start if index < len(self.words) else len(self.text)
        return self.text[start:end]

    def stops_between(self, first: int, second: int) -> bool:
        """Whether a sentence ends between two words (an ellipsis ends none)."""
        return any(_STOP.search(self.gap(index)) for index in range(first + 1, second + 1))

    def pauses_before(self, index: int) -> bool:
        """Whether a comma, dash or ellipsis stands before the word."""
        return bool(set(self.gap(index)) & set(",;:—–…-.")) if index < len(self.words) else True

    def runs(self) -> list[tuple[int, int, str]]:
        """Neighbouring cuts of one kind as (first, past the last, kind)."""
        found: list[tuple[int, int, str]] = []
        for index in sorted(self.cuts):
            kind = self.cuts[index]
            if found and found[-1][1] == index and found[-1][2] == kind:
                found[-1] = (found[-1][0], index + 1, kind)
            else:
                found.append((index, index + 1, kind))
        return found

    def edits(self) -> tuple[Edit, ...]:
        """The cuts in order of the text."""
        return tuple(
            Edit(kind, self.text[self.words[first].start : self.words[end - 1].end], "")
            for first, end, kind in self.runs()
        )

    def rendered(self) -> str:
        """The text without its cuts; punctuation around a cut is joined, a lost capital restored."""
        if not self.cuts:
            return self.text
        pieces: list[str] = []
        last = -1
        for index in [*self.left(), len(self.words)]:
            fresh = self._joined_gap(last, index, bool(pieces))
            word = self.words[index].text if index < len(self.words) else ""
            if index - last > 1 and word and self.words[last + 1].text[:1].isupper():
                word = self._as_sentence_start(last + 1, word)
            pieces.append(fresh + word)
            last = index
        return "".join(pieces).strip() if self.text == self.text.strip() else "".join(pieces)

    def _joined_gap(self, last: int, index: int, inside: bool) -> str:
        before, after = self.gap(last + 1), self.gap(index)
        if index - last == 1:
            return before
        if index == len(self.words):
            return after if after.strip() else before.rstrip(" ,;—–-") + after
        if not inside:
            return before
        if _STOP.search(before):
            return before
        if _STOP.search(after):
            return after
        if self.cuts[index - 1] != "filler":
            return before if before.strip() != "-" else " "
        both = "," in before and "," in after
        return " " if both else after if "," in after else before

    def _as_sentence_start(self, index: int, word: str) -> str:
        starts = index == 0 or _STOP.search(self.gap(index))
        return word[:1].upper() + word[1:] if starts else word
