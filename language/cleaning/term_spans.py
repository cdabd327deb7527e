"""The words of a turn that may be a garbled term, each run with what stands around it."""

from collections.abc import Iterator
from typing import NamedTuple

from language.cleaning.draft import TITLES, Draft
from language.cleaning.term_context import counted
from language.cleaning.term_index import is_fixed
from language.everyday import is_everyday
from language.phonetics import sounds
from language.word_classes import DETERMINERS, FUNCTION_WORDS
from language.words import is_word

_MOST_WORDS = 5
_LEAST_LIKE = 0.9
"""How long a run may be beside the longest term: each sound it has too many makes it less alike."""


class Span(NamedTuple):
    """Standing words that may be a garbled term: positions among them, folded words, sounds, neighbours.

    `titled` after "doctor" and the like, where a name is due; `is_name` when written as a name that is no English word;
    `is_rare` when one of the words is not among those that everybody uses, `is_broken` when one is no English word.
    """

    start: int
    end: int
    words: tuple[str, ...]
    sounds: str
    before: str
    after: str
    titled: bool
    is_name: bool
    is_rare: bool
    is_broken: bool


def spans_of(draft: Draft, left: list[int], longest: int) -> Iterator[Span]:
    """Runs of up to five words without number, negation, answer or pause; they begin and end with plain words.

    Those of several words are no longer, in sounds, than a term of `longest` sounds may be garbled to.
    """
    folded = [draft.words[index].folded for index in left]
    around = ["", *map(counted, folded), ""]
    heard = list(map(sounds, folded))
    common, english = list(map(is_everyday, folded)), list(map(is_word, folded))
    ends = _ends(draft, left, folded)
    for start, word in enumerate(folded):
        if word in FUNCTION_WORDS or ends[start] == start:
            continue
        titled = _is_titled(folded, start)
        name = _is_name(draft, left[start], titled=titled)
        for end in range(start + 1, min(ends[start], start + _MOST_WORDS) + 1):
            run = "".join(heard[start:end])
            if end - start > 1 and len(run) * _LEAST_LIKE > longest + 1:
                break
            if folded[end - 1] not in FUNCTION_WORDS:
                words = tuple(folded[start:end])
                rare, broken = not all(common[start:end]), not all(english[start:end])
                yield Span(start, end, words, run, around[start], around[end + 1], titled, name, rare, broken)


def _ends(draft: Draft, left: list[int], folded: list[str]) -> list[int]:
    """For each standing word the end of the stretch without fact, answer or pause that it is in."""
    ends: list[int] = []
    end = len(left)
    for at in range(len(left) - 1, -1, -1):
        if is_fixed(folded[at]):
            end = at
        elif at + 1 < len(left) and not _joins(draft, left[at], left[at + 1]):
            end = at + 1
        ends.append(end)
    return ends[::-1]


def _is_name(draft: Draft, index: int, *, titled: bool) -> bool:
    """Whether a word is written as a name in mid-sentence: a capital that no English word has, unless after a title."""
    word = draft.words[index]
    inside = index > 0 and not draft.stops_between(index - 1, index)
    named = inside and len(word.text) > 1 and word.text.istitle()
    return named and (titled or not is_word(word.folded))


def _is_titled(folded: list[str], start: int) -> bool:
    """Whether a title stands before a word, as in "with doctor", but not as in "the doctor"."""
    return start > 0 and folded[start - 1] in TITLES and (start == 1 or folded[start - 2] not in DETERMINERS)


def _joins(draft: Draft, first: int, second: int) -> bool:
    """Whether no pause, no cut word and no other name parts two words."""
    together = second == first + 1 and draft.gap(second).strip() in {"", "-"}
    return together and not _is_name(draft, second, titled=False)
