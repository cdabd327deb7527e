"""Names put right: by the letters that the caller spelt, or by the register."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from language.phonetics import phrase_sounds, similarity
from language.slots.names.reading import SpokenName, capitalised
from language.slots.spelling import Spelling
from language.tokens import folded, tokens

_SOUNDS_KNOWN, _SPELT_LIKE = 0.86, 0.5
"""Likeness in sound to a name of the register, and of what was spelt to what was heard."""
_SHORTEST = 3


def respelt(found: Sequence[SpokenName], letters: Sequence[Spelling], said: str) -> Iterator[SpokenName]:
    """The names, each with the part that letters after it spell as they spell it."""
    left = list(letters)
    for heard in found:
        name = heard
        for one in [spelling for spelling in left if spelling.start >= heard.end]:
            if fitted := _fitted(said, name, one):
                name = fitted
                left.remove(one)
        yield name


def spelt_out(letters: Sequence[Spelling]) -> Iterator[SpokenName]:
    """The name that letters alone spell."""
    if letters and len(letters[0].letters) >= _SHORTEST:
        one = letters[0]
        first, _, last = one.letters.partition(" ")
        yield SpokenName(capitalised(first), capitalised(last) or None, one.quote, one.start, one.end, spelt=True)


def _fitted(said: str, name: SpokenName, one: Spelling) -> SpokenName | None:
    """The name with the part that the letters spell corrected by them, None if they spell neither part."""
    quote, first = said[name.start : one.end], folded(name.first or "")
    if name.first and name.last and one.letters.startswith(first) and len(one.letters) >= len(first) + _SHORTEST:
        last = capitalised(one.letters.removeprefix(first).strip())
        return replace(name, last=last, quote=quote, end=one.end, certain=True, spelt=True)
    likeness = {
        part: similarity(phrase_sounds((folded(heard),)), phrase_sounds((one.letters,)))
        for part, heard in (("first", name.first), ("last", name.last))
        if heard and folded(heard)[0] == one.letters[0]
    }
    if not likeness or max(likeness.values()) < _SPELT_LIKE:
        return None
    spelt = capitalised(one.letters)
    fixed = replace(name, quote=quote, end=one.end, certain=True, spelt=True)
    if likeness.get("first", 0.0) >= likeness.get("last", 0.0):
        return replace(fixed, first=spelt)
    return replace(fixed, last=spelt)


def as_known(name: SpokenName, known: Collection[str]) -> SpokenName:
    """The name as the register spells it, where it sounds like exactly one that is there."""
    if not known or name.spelt:
        return name
    heard = _sound(" ".join(filter(None, (name.first, name.last))))
    alike = {one for one in known if similarity(heard, _sound(one)) >= _SOUNDS_KNOWN}
    if len(alike) != 1:
        return name
    first, _, last = alike.pop().partition(" ")
    return replace(name, first=first, last=last or name.last)


def _sound(name: str) -> str:
    return phrase_sounds(tuple(word.folded for word in tokens(name)))
