"""Which of some options a caller means: "the skin doctor" is Dermatology, "doctor meta" is Dr Mehta."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from language.slots.corrections import denied, standing
from language.slots.option_index import EXACT, TITLES, Candidate, option_index
from language.slots.words import longest, plain

_TITLE = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\b\.?", re.IGNORECASE)
"""What stands before a name and is no part of it: "Dr Verma, no, Dr Joshi"."""
_LEAD = 0.08
"""By so much the best of several must be likelier than the others."""


@dataclass(frozen=True, slots=True)
class OptionMatch:
    """The option that was meant: `text[start:end] == quote`.

    `likeness` is from 0 to 1, 1 for its own words. Not `certain` where it was told by sound, or `rivals` fit as well.
    """

    option: str
    quote: str
    start: int
    end: int
    likeness: float
    certain: bool
    rivals: tuple[str, ...] = ()


def match_option(text: str, options: Mapping[str, Collection[str]]) -> OptionMatch | None:
    """The option that a text means, None if none; each option counts by its own name and by its synonyms.

    Words are compared by their roots, titles left out, then by sound. What the caller took back is not meant; where
    several options are named, the first is answered and the others are its rivals.
    """
    said = plain(text)
    found = _found(said, options)
    meant = standing(_untitled(said), longest(_best_of_each(found)))
    if not meant:
        return None
    best = max(meant, key=lambda one: (one.likeness, -one.start))
    rivals = tuple(sorted({one.option for one in found if one.option != best.option and _competes(one, best, meant)}))
    certain = best.likeness >= EXACT and not rivals
    return OptionMatch(best.option, said[best.start : best.end], best.start, best.end, best.likeness, certain, rivals)


def denied_options(text: str, options: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The options that a text names only to deny them: "anyone but Dr Khan"."""
    said = plain(text)
    named = longest(_best_of_each(_found(said, options)))
    meant = {one.option for one in standing(_untitled(said), named)}
    unwanted = (one.option for one in denied(_untitled(said), named))
    return tuple(dict.fromkeys(option for option in unwanted if option not in meant))


def _found(said: str, options: Mapping[str, Collection[str]]) -> list[Candidate]:
    index = option_index(tuple((option, tuple(names)) for option, names in options.items()))
    return list(index.candidates(said))


def _untitled(said: str) -> str:
    """The text with the titles in it blanked out, each letter in its place."""
    return _TITLE.sub(lambda title: " " * len(title.group()), said)


def _best_of_each(found: Collection[Candidate]) -> list[Candidate]:
    """The likelier findings first, so that of two on the same words the likelier is kept."""
    return sorted(found, key=lambda one: -one.likeness)


def _competes(one: Candidate, best: Candidate, meant: Collection[Candidate]) -> bool:
    overlaps = one.start < best.end and best.start < one.end
    return one.likeness >= best.likeness - _LEAD and (overlaps or one in meant)
