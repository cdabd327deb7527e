"""What an answer may hold beside its words: told details said again ("yes, Wednesday at ten"), and who is spoken to."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from language.cleaning.draft import Draft
from language.consent.doubts import TAKES_BACK
from language.consent.phrases import FILLED, YES
from language.names import names_in
from language.numbers import numbers_of
from language.tokens import tokens, word_set
from language.utterance import Utterance
from language.word_classes import FUNCTION_WORDS

_LINKS = word_set("on at in for with by of the to from and")
"""Small words that lead a detail in."""
_HALVES = word_set("am pm")
_ANSWERS = (YES, FILLED, *TAKES_BACK)
_SETS_APART = frozenset(",;:—–")


@dataclass(frozen=True)
class Told:
    """Details in the forms they may be said in: their words, their numbers by value, and the halves of the day."""

    words: frozenset[str] = frozenset()
    values: frozenset[Decimal] = frozenset()
    halves: frozenset[str] = frozenset()

    @classmethod
    def of(cls, forms: Iterable[str]) -> "Told":
        """Read the forms; small words, and those of a yes or a no, tell nothing by themselves."""
        return _told(tuple(forms))

    def __bool__(self) -> bool:
        """Whether anything was told."""
        return bool(self.words or self.values)


NOTHING = Told()


@dataclass(frozen=True)
class Known:
    """What may be said again and changes nothing: told details, the agent's names, the act itself as an order."""

    told: Told = NOTHING
    names: tuple[str, ...] = ()
    orders: re.Pattern[str] | None = None


@lru_cache(maxsize=256)
def _told(forms: tuple[str, ...]) -> Told:
    read = [Utterance(form) for form in forms]
    words = frozenset(word.folded for form in read for word in form.words)
    telling = frozenset(word for word in words - FUNCTION_WORDS if not any(sign.fullmatch(word) for sign in _ANSWERS))
    values = frozenset(span.value for form in read for span in form.numbers)
    return Told(telling, values, words & _HALVES)


def cut_repeats(draft: Draft, told: Told) -> None:
    """Cut what says told details again, with the small words before it."""
    if not told:
        return
    numbers = [span for span in numbers_of(draft.text, draft.words) if span.value in told.values]
    counted = {
        at for at, word in enumerate(draft.words) if any(span.start <= word.start < span.end for span in numbers)
    }
    counted -= {at for at in counted if _counts_another(draft, at + 1, counted, told)}
    for index, word in enumerate(draft.words):
        half = index - 1 in counted and word.folded in told.halves
        if half or index in counted or word.folded.removesuffix("'s") in told.words:
            draft.cut(list(_with_links(draft, index)), "told")


def _counts_another(draft: Draft, after: int, counted: Collection[int], told: Told) -> bool:
    """Whether a number counts things that were not told with it: "ten tickets"."""
    if after >= len(draft.words) or after in counted or draft.gap(after).strip():
        return False
    word = draft.words[after].folded
    known = told.words | told.halves | FUNCTION_WORDS
    return not (word in known or YES.match(word) or FILLED.match(word))


def _with_links(draft: Draft, index: int) -> Iterator[int]:
    yield index
    while index and draft.words[index - 1].folded in _LINKS:
        index -= 1
        yield index


def cut_names(draft: Draft, names: Collection[str]) -> None:
    """Cut the names of who is spoken to, where they stand apart: first, last or between commas."""
    said = [word.folded for word in draft.words]
    for name in _folded_names(tuple(names)):
        for first in range(len(said) - len(name) + 1):
            end = first + len(name)
            if tuple(said[first:end]) == name and len(name) < len(said) and _stands_apart(draft, first, end):
                draft.cut(range(first, end), "name")


def _stands_apart(draft: Draft, first: int, end: int) -> bool:
    if first == 0 or end == len(draft.words):
        return True
    return not (_SETS_APART.isdisjoint(draft.gap(first)) or _SETS_APART.isdisjoint(draft.gap(end)))


@lru_cache(maxsize=256)
def _folded_names(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    spans = (span.text for name in names for span in names_in(name))
    return tuple(tuple(word.folded for word in tokens(name)) for name in (*names, *spans) if name.strip())
