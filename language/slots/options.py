"""Which of some options a caller means: "the skin doctor" is Dermatology, "doctor meta" is Dr Mehta."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.everyday import is_everyday
from language.names import root
from language.phonetics import phrase_sounds, similarity
from language.slots.corrections import standing
from language.slots.words import longest, plain
from language.tokens import Token, tokens, word_set

_TITLES = word_set("doctor dr doc mister mr missus mrs ms miss")
_SLIGHT = word_set("the a an of for and department dept clinic unit ward section team please with")
_EXACT, _NEAR, _NAMED_NEAR = 1.0, 0.82, 0.7
"""Likeness in sound that an option needs; less is enough after a title ("doctor meta")."""
_LEAD = 0.08
_FEWEST_SOUNDS = 4


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    option: str
    start: int
    end: int
    likeness: float


def match_option(text: str, options: Mapping[str, Collection[str]]) -> OptionMatch | None:
    """The option that a text means, None if none; each option counts by its own name and by its synonyms.

    Words are compared by their roots, titles left out, then by sound. What the caller took back is not meant; where
    several options are named, the first is answered and the others are its rivals.
    """
    said = plain(text)
    words = tokens(said)
    found = [one for option, names in options.items() for one in _candidates(words, option, (option, *names))]
    meant = standing(said, longest(_best_of_each(found)))
    if not meant:
        return None
    best = max(meant, key=lambda one: (one.likeness, -one.start))
    rivals = tuple(sorted({one.option for one in found if one.option != best.option and _competes(one, best, meant)}))
    certain = best.likeness >= _EXACT and not rivals
    return OptionMatch(best.option, said[best.start : best.end], best.start, best.end, best.likeness, certain, rivals)


def _best_of_each(found: Collection[_Candidate]) -> list[_Candidate]:
    """The likelier findings first, so that of two on the same words the likelier is kept."""
    return sorted(found, key=lambda one: -one.likeness)


def _competes(one: _Candidate, best: _Candidate, meant: Collection[_Candidate]) -> bool:
    overlaps = one.start < best.end and best.start < one.end
    return one.likeness >= best.likeness - _LEAD and (overlaps or one in meant)


def _candidates(words: Sequence[Token], option: str, names: Collection[str]) -> Iterator[_Candidate]:
    for name in names:
        title, parts = _parts(name)
        for start, end in _stretches(len(words), len(parts) + 1):
            if likeness := _likeness(words, start, end, title, parts):
                yield _Candidate(option, words[start].start, words[end - 1].end, likeness)


def _stretches(words: int, longest_stretch: int) -> Iterator[tuple[int, int]]:
    """Every stretch of so many words that is not too long."""
    for start in range(words):
        for end in range(start + 1, min(words, start + longest_stretch) + 1):
            yield start, end


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a name has a title, and its telling words."""
    folded = [word.folded for word in tokens(name)]
    telling = tuple(word for word in folded[folded[0] in _TITLES :] if word not in _SLIGHT)
    return folded[0] in _TITLES, telling or tuple(folded)


def _likeness(words: Sequence[Token], start: int, end: int, title: bool, parts: tuple[str, ...]) -> float:
    """How like the words of a stretch are to the telling words of a name, 0 if they are not."""
    said = [word.folded for word in words[start:end]]
    if said[0] in _SLIGHT or said[0] in _TITLES or said[-1] in _SLIGHT:
        return 0.0
    telling = tuple(word for word in said if word not in _SLIGHT)
    titled = title and start > 0 and words[start - 1].folded in _TITLES
    if len(telling) == len(parts) and all(root(a) == root(b) for a, b in zip(telling, parts, strict=True)):
        return _EXACT
    if titled and len(telling) == 1 and len(parts) > 1 and telling[0] in parts:
        return _EXACT
    wanted = parts if len(telling) > 1 or not titled else parts[-1:]
    return _by_sound(telling, wanted, _NAMED_NEAR if titled else _NEAR)


def _is_plain(telling: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether what was said begins or ends with a word of its own that everybody uses, or has only such."""
    edges = any(is_everyday(word) and word not in parts for word in (telling[0], telling[-1]))
    return edges or all(map(is_everyday, telling))


def _by_sound(telling: tuple[str, ...], parts: tuple[str, ...], floor: float) -> float:
    heard, meant = phrase_sounds(telling), phrase_sounds(parts)
    if floor == _NEAR and (min(len(heard), len(meant)) < _FEWEST_SOUNDS or _is_plain(telling, parts)):
        return 0.0
    alike = similarity(heard, meant, floor)
    return min(alike, 0.99) if alike >= floor else 0.0
