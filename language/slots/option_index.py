"""Names to choose from, made ready once to be found in what is said: by their words, then by their sound."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.everyday import is_everyday
from language.names import root
from language.phonetics import phrase_sounds, similarity
from language.tokens import Token, tokens, word_set

EXACT = 1.0
TITLES = word_set("doctor dr doc mister mr missus mrs ms miss")
_SLIGHT = word_set("the a an of for and department dept clinic unit ward section team please with ka ke ki ko mein hai")
_NEAR, _NAMED_NEAR = 0.82, 0.7
"""Likeness in sound that a name needs; less is enough after a title ("doctor meta")."""
_FEWEST_SOUNDS = 4

Roots = tuple[str, ...]
Choices = tuple[tuple[str, tuple[str, ...]], ...]
"""Options, each with the names it goes by."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option that words of a text may mean, and how like they are, from 0 to 1."""

    option: str
    start: int
    end: int
    likeness: float


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an option: whether it has a title, its telling words, how they and the last of them sound."""

    option: str
    title: bool
    parts: Roots
    sound: str
    last: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words in a row of a text; `titled` where a title stands before them."""

    start: int
    end: int
    count: int
    telling: Roots
    titled: bool

    def is_plain(self, parts: Roots = ()) -> bool:
        """Whether it begins or ends with a word of its own that everybody uses, or has only such."""
        edges = any(is_everyday(word) and word not in parts for word in (self.telling[0], self.telling[-1]))
        return edges or all(map(is_everyday, self.telling))


@dataclass(frozen=True, slots=True)
class OptionIndex:
    """All names, and those of the same roots together."""

    names: Sequence[_Name]
    by_roots: Mapping[Roots, Sequence[_Name]]
    longest: int

    def candidates(self, said: str) -> Iterator[Candidate]:
        """The options that words of a text may mean."""
        for stretch in _stretches(tokens(said), self.longest + 1):
            same = self.by_roots.get(tuple(map(root, stretch.telling)), ())
            for name in same:
                if stretch.count <= len(name.parts) + 1:
                    yield Candidate(name.option, stretch.start, stretch.end, EXACT)
            if stretch.titled or not all(map(is_everyday, stretch.telling)):
                yield from self._by_sound(stretch, same)

    def _by_sound(self, stretch: _Stretch, but: Collection[_Name]) -> Iterator[Candidate]:
        heard = phrase_sounds(stretch.telling)
        for name in self.names:
            fits = stretch.count <= len(name.parts) + 1 and name not in but
            if likeness := _likeness(stretch, heard, name) if fits else 0.0:
                yield Candidate(name.option, stretch.start, stretch.end, likeness)


@lru_cache(maxsize=64)
def option_index(choices: Choices) -> OptionIndex:
    """Make the names of some options ready to be found."""
    names = [_name(option, name) for option, others in choices for name in (option, *others)]
    by_roots = defaultdict(list)
    for name in names:
        by_roots[tuple(map(root, name.parts))].append(name)
    return OptionIndex(names, dict(by_roots), max((len(name.parts) for name in names), default=0))


def _name(option: str, name: str) -> _Name:
    folded = [word.folded for word in tokens(name)]
    title = folded[0] in TITLES
    parts = tuple(word for word in folded[title:] if word not in _SLIGHT) or tuple(folded)
    return _Name(option, title, parts, phrase_sounds(parts), phrase_sounds(parts[-1:]))


def _stretches(words: Sequence[Token], longest: int) -> Iterator[_Stretch]:
    """Every stretch of words that is not too long, and begins and ends with a telling one."""
    folded = [word.folded for word in words]
    for first, word in enumerate(folded):
        if word in _SLIGHT or word in TITLES:
            continue
        titled = first > 0 and folded[first - 1] in TITLES
        for end in range(first + 1, min(len(words), first + longest) + 1):
            if folded[end - 1] not in _SLIGHT:
                telling = tuple(each for each in folded[first:end] if each not in _SLIGHT)
                yield _Stretch(words[first].start, words[end - 1].end, end - first, telling, titled)


def _likeness(stretch: _Stretch, heard: str, name: _Name) -> float:
    """How like the words of a stretch sound to a name, 0 if they do not; after its title one of its words will do."""
    if not (name.title and stretch.titled):
        few = min(len(heard), len(name.sound)) < _FEWEST_SOUNDS
        return 0.0 if few or stretch.is_plain(name.parts) else _alike_throughout(stretch, heard, name)
    if len(stretch.telling) > 1:
        return 0.0 if stretch.is_plain(name.parts) else _alike(heard, name.sound, _NAMED_NEAR)
    if len(name.parts) > 1 and stretch.telling[0] in name.parts:
        return EXACT
    return _alike(heard, name.last, _NEAR if stretch.is_plain() else _NAMED_NEAR)


def _alike_throughout(stretch: _Stretch, heard: str, name: _Name) -> float:
    """The likeness of a whole name, no greater than that of what tells it: a "doctor" in both is no likeness."""
    whole = _alike(heard, name.sound, _NEAR)
    telling, meant = (
        phrase_sounds(tuple(part for part in each if part not in TITLES)) for each in (stretch.telling, name.parts)
    )
    return min(whole, _alike(telling, meant, _NEAR)) if whole else 0.0


def _alike(heard: str, meant: str, floor: float) -> float:
    """The likeness of two sounds that are not the same words, 0 below the floor."""
    alike = similarity(heard, meant, floor)
    return min(alike, 0.99) if alike >= floor else 0.0
