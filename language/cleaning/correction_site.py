"""Where a self-correction stands: the words before its cue and the words after it."""

from dataclasses import dataclass
from functools import cached_property

from language.cleaning.correction_cues import Cue
from language.cleaning.draft import Draft
from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS, QUESTION, word_class

_SOFTENERS = word_set("just like maybe well and please so")

_OPENING = 4
QUANTIFIERS = word_set("many much other another more most few some any all both each every same")


@dataclass(frozen=True)
class Site:
    """A cue among the words still standing: the indexes `said` before it and `repair` after it."""

    draft: Draft
    cue: Cue
    said: list[int]
    repair: list[int]

    @cached_property
    def heard(self) -> list[str]:
        """The folded words before the cue."""
        return [self.draft.words[index].folded for index in self.said]

    @cached_property
    def meant(self) -> list[str]:
        """The folded words of the repair, without the softeners at its head."""
        words = [self.draft.words[index].folded for index in self.repair[:8]]
        while len(words) > 1 and words[0] in _SOFTENERS:
            words.pop(0)
        return words

    @cached_property
    def asked(self) -> int | None:
        """Where the last question word before the cue stands in `heard`."""
        return last_of(self.heard, QUESTION)

    @property
    def is_question(self) -> bool:
        """Whether a question word stands among the first words or in the repair."""
        later = (self.draft.words[index].folded for index in self.repair)
        return not QUESTION.isdisjoint(self.heard[:_OPENING]) or not QUESTION.isdisjoint(later)

    def is_name(self, index: int) -> bool:
        """Whether a word is capitalised within the text."""
        word = self.draft.words[index]
        return index > 0 and word.text[:1].isupper() and word.folded not in {"i", "i'm"}


def last_of(words: list[str], wanted: frozenset[str]) -> int | None:
    """The last place of one of the wanted words."""
    return next((at for at in range(len(words) - 1, -1, -1) if words[at] in wanted), None)


def last_of_class(words: list[str], kind: str) -> int | None:
    """The last place of a word of a closed class."""
    return next((at for at in range(len(words) - 1, -1, -1) if word_class(words[at]) == kind), None)


def is_plain(folded: str) -> bool:
    """Whether a word is of no closed class: a noun, a verb, an adjective."""
    return folded not in FUNCTION_WORDS | QUANTIFIERS and word_class(folded) is None


def plain_run(words: list[str]) -> int:
    """How many plain words stand in a row at the head of some words."""
    return next((at for at, word in enumerate(words) if not is_plain(word)), len(words))
