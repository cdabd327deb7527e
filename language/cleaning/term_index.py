"""The terms of a call, found by their words, by their first or last word, or by how they sound."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract_iter

from language.cleaning.draft import TITLES
from language.cleaning.repeats import ANSWERS
from language.everyday import is_everyday
from language.phonetics import frame, is_spelt, most_apart, phrase_sounds, sounds, swallows
from language.tokens import Token, tokens
from language.word_classes import NEGATIONS, is_number

_Key = TypeVar("_Key")

MOST_TERMS = 200
_SHORTEST_NAME, _LONGEST_INITIALS = 3, 4
_KIN = ("ieao@uYWy", "sSzZCJ", "tdTD", "pbf", "vw", "kg", "mn")
_FIRST = {sound: group[0] for group in _KIN for sound in group}
"""The group of a first sound: recognition garbles within it, hardly ever across."""


@dataclass(frozen=True, eq=False)
class Term:
    """A term of the call: as written, its folded words, its sounds and their frame; `is_name` for a word of a name."""

    text: str
    words: tuple[str, ...]
    sounds: str
    frame: str
    is_name: bool = False

    @property
    def is_brand(self) -> bool:
        """Whether its spelling matters: it is a name, or has a capital, digit or hyphen inside."""
        return self.is_name or any(letter.isupper() or letter.isdigit() or letter == "-" for letter in self.text[1:])


class Group(NamedTuple):
    """Terms that begin alike, shortest first, and beside each how many sounds it has and their frame."""

    terms: tuple[Term, ...]
    lengths: tuple[int, ...]
    frames: tuple[str, ...]


_NO_TERMS = Group((), (), ())


@dataclass(frozen=True)
class TermIndex:
    """Terms by their words; those that state no fact also by first word, last word, and first sound, shortest first.

    Phrases of these that are no names also by their first sound and the last two.
    """

    by_words: Mapping[tuple[str, ...], Term]
    by_start: Mapping[str, tuple[Term, ...]]
    by_end: Mapping[str, tuple[Term, ...]]
    by_sound: Mapping[str, Group]
    by_edges: Mapping[str, tuple[Term, ...]]
    names: tuple[Term, ...]
    longest: int
    """The most sounds that a term has."""

    def near(self, heard: str, floor: float) -> Iterator[Term]:
        """The terms that may be as like to some sounds as `floor` (0..1): they begin alike and are about as long."""
        length = len(heard)
        terms, lengths, frames = self.by_sound.get(first_sound(heard), _NO_TERMS)
        start = bisect_left(lengths, ceil(floor * length))
        near = slice(start, bisect_right(lengths, int(length / floor), lo=start))
        furthest = int(most_apart(int(length / floor), floor))
        distances = extract_iter(frame(heard), frames[near], scorer=Levenshtein.distance, score_cutoff=furthest)
        for at, apart in ((start + place, apart) for _, apart, place in distances):
            if apart <= most_apart(max(length, lengths[at]), floor):
                yield terms[at]

    def swallowed(self, heard: str) -> Iterator[Term]:
        """The terms of several words of which these sounds may be what is left when the middle is swallowed."""
        return (term for term in self.by_edges.get(_edges(heard), ()) if swallows(heard, term.sounds))


def is_fixed(folded: str) -> bool:
    """Whether a word is a fact or an answer, which no likeness may bring in, change or take away."""
    return folded in NEGATIONS or folded in ANSWERS or is_number(folded)


def first_sound(heard: str) -> str:
    """The group of sounds that these begin with."""
    return _FIRST.get(heard[:1], heard[:1])


def _edges(heard: str) -> str:
    return first_sound(heard) + heard[-2:]


@lru_cache(maxsize=64)
def build_index(texts: tuple[str, ...]) -> TermIndex:
    """Index terms once for a call, the first two hundred; a person's name also by its parts, without its title."""
    terms: dict[tuple[str, ...], Term] = {}
    for text in texts[:MOST_TERMS]:
        for term in _terms_in(text.strip()):
            terms.setdefault(term.words, term)
    found = [term for term in terms.values() if not any(map(is_fixed, term.words))]
    return TermIndex(
        by_words=terms,
        by_start=grouped((term.words[0], term) for term in found),
        by_end=grouped((term.words[-1], term) for term in found),
        by_sound=_by_sound(found),
        by_edges=grouped((_edges(term.sounds), term) for term in found if len(term.words) > 1 and term.text.islower()),
        names=tuple(term for term in found if term.is_name),
        longest=max((len(term.sounds) for term in found), default=0),
    )


def grouped(pairs: Iterable[tuple[_Key, Term]]) -> dict[_Key, tuple[Term, ...]]:
    """Put terms together by their keys, in order."""
    groups: defaultdict[_Key, list[Term]] = defaultdict(list)
    for key, term in pairs:
        groups[key].append(term)
    return {key: tuple(terms) for key, terms in groups.items()}


def _by_sound(terms: Iterable[Term]) -> dict[str, Group]:
    ordered = sorted(terms, key=lambda term: len(term.sounds))
    groups = grouped((first_sound(term.sounds), term) for term in ordered)
    return {
        sound: Group(group, tuple(len(term.sounds) for term in group), tuple(term.frame for term in group))
        for sound, group in groups.items()
    }


def _terms_in(text: str) -> Iterator[Term]:
    words = tokens(text)
    if len(words) > 1 and words[0].folded in TITLES:
        words = words[1:]
    if not words or all(is_number(word.folded) for word in words):
        return
    yield _term(text[words[0].start :], words)
    if len(words) > 1:
        yield from (_term(word.text, (word,), is_name=True) for word in words if _names(word))


def _names(word: Token) -> bool:
    """Whether a word of a longer term is a name by itself: Mehta, Vauxhall, but not Medicine."""
    return word.text.istitle() and len(word.text) >= _SHORTEST_NAME and not is_everyday(word.folded)


def _term(text: str, words: tuple[Token, ...], *, is_name: bool = False) -> Term:
    folded = tuple(word.folded for word in words)
    initials = len(words) == 1 and text.isupper() and len(text) <= _LONGEST_INITIALS and not is_spelt(folded[0])
    heard = "".join(map(sounds, folded[0])) if initials else phrase_sounds(folded)
    return Term(text, folded, heard, frame(heard), is_name)
