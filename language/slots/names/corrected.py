"""Names put right in the same breath: "Tom, sorry, Tim"; "Asha Mehra, I mean Menon"; "Rita, Rita Bell"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from language.phonetics import phrase_sounds, similarity
from language.slots.corrections import CUE
from language.slots.names.reading import SpokenName, name_from, named
from language.tokens import Token, folded

TAKES_BACK = re.compile(rf"(?=\W){CUE.pattern}\b(?=\w)", re.IGNORECASE)
"""Between a name that is taken back and the one that stands."""
_AGAIN = re.compile(r"(?:,? (?:not [\w'-]+|(?:with an? )?\w(?:[ ,.-]+\w)*(?!\w)))?[,.]? (?=(\w+))", re.IGNORECASE)
"""Between a first name and the whole one that begins with it; its letters may stand between."""
_SOUNDS_ALIKE = 0.5
"""Likeness of a plain word to the name that it puts right ("tom sorry tim"), where no capital tells."""


def as_corrected(said: str, words: Sequence[Token], found: Iterable[SpokenName]) -> Iterator[SpokenName]:
    """The names, each as the caller put it right at once; what puts one right is no name besides."""
    taken = 0
    for name in found:
        if name.start < taken:
            continue
        standing = name
        while better := _put_right(said, words, standing):
            standing = better
        taken = standing.end
        yield standing


def _put_right(said: str, words: Sequence[Token], name: SpokenName) -> SpokenName | None:
    """The name with what follows it in its stead, None where nothing puts it right."""
    cue = TAKES_BACK.match(said, name.end)
    again = _AGAIN.match(said, name.end)
    repeats = again is not None and name.last is None and folded(again[1]) == folded(name.first or "")
    start = cue.end() if cue else again.end() if again and repeats else None
    place = next((place for place, word in enumerate(words) if word.start == start), None)
    run = _run(said, words, place, name) if place is not None else []
    if not run or (repeats and len(run) == 1):
        return None
    right = named(said, run)
    if right.last is None and name.last is not None:
        right = _part_for(name, right)
    return replace(right, start=name.start, quote=said[name.start : right.end])


def _run(said: str, words: Sequence[Token], place: int, name: SpokenName) -> list[Token]:
    """The words of a name from a place on; a plain word only where it sounds like the one before."""
    run = name_from(said, words, place, plain_too=False)
    if run:
        return run
    alike = name_from(said, words, place, plain_too=True)
    heard = [part for part in (name.first, name.last) if part]
    return alike if alike and max(_likeness(part, alike[0].text) for part in heard) >= _SOUNDS_ALIKE else []


def _part_for(name: SpokenName, right: SpokenName) -> SpokenName:
    """A whole name with the part that one word puts right: the one that it sounds like, else the last."""
    first, last, word = name.first or "", name.last or "", right.first or ""
    if _likeness(first, word) > _likeness(last, word):
        return replace(right, last=last)
    return replace(right, first=name.first, last=word)


def _likeness(one: str, other: str) -> float:
    return similarity(phrase_sounds((folded(one),)), phrase_sounds((folded(other),)))
