"""What a spoken name reads as, and which words can be of one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from language.everyday import is_everyday
from language.slots.dates.calendar import DAY_NAMES, MONTH_NAMES
from language.slots.names.words import NO_NAMES, PARTICLES
from language.tokens import Token
from language.words import is_word

LONGEST = 3
"""Words that a name has at most."""
_CALENDAR = frozenset(word.lower() for word in (*DAY_NAMES, *MONTH_NAMES))
_SUFFIXES = frozenset({"m", "s", "re", "ve", "ll", "d", "t"})
"""What the contracted forms of words end in: "I'm", "we'll"."""
_SENTENCE_END = re.compile(r"[.!?]\s*$")


@dataclass(frozen=True, slots=True)
class SpokenName:
    """A name that was given, with capitals: `text[start:end] == quote`.

    `first` or `last` is None where only the other was said; not `certain` is a plain word taken for a name because a
    name was asked for; `spelt` where letters decided.
    """

    first: str | None
    last: str | None
    quote: str
    start: int
    end: int
    certain: bool = True
    spelt: bool = False


def named(said: str, run: Sequence[Token], *, certain: bool = True) -> SpokenName:
    """The name that some words in a row are: the first name and all others."""
    start, end = run[0].start, run[-1].end
    last = capitalised(said[run[1].start : end]) if len(run) > 1 else None
    return SpokenName(capitalised(run[0].text), last, said[start:end], start, end, certain)


def capitalised(name: str) -> str:
    """A name with capitals where it has none: "o'brien" O'Brien, "anne-marie" Anne-Marie."""
    if any(letter.isupper() for letter in name):
        return name
    return re.sub(r"(?:^|(?<=[\s'-]))\w", lambda found: found.group().upper(), name)


def name_from(said: str, words: Sequence[Token], place: int, *, plain_too: bool) -> list[Token]:
    """The words of a name from a place on; with `plain_too` the first may be a word like any other."""
    run: list[Token] = []
    for word in words[place : place + LONGEST]:
        if run and said[run[-1].end : word.start] not in {" ", "-"}:
            break
        if not _may_name(said, word, plain_too=plain_too and not run):
            break
        run.append(word)
    while run and run[-1].folded in PARTICLES:
        run.pop()
    return run


def _may_name(said: str, word: Token, *, plain_too: bool) -> bool:
    """Tell whether a word can be of a name: unknown to the dictionary, or with a capital in mid-sentence."""
    if not is_lettered(word) or word.folded in NO_NAMES or word.folded in _CALENDAR:
        return False
    if plain_too:
        return not (word.text.islower() and is_everyday(word.folded) and word.folded.endswith(("ed", "ing")))
    if word.text[0].isupper() and not said.isupper():
        return not (is_everyday(word.folded) and _opens_sentence(said, word))
    return not is_word(word.folded)


def is_lettered(word: Token) -> bool:
    """Whether a token is a word of two letters or more and no contraction."""
    base, _, suffix = word.folded.rpartition("'")
    return len(word.folded) > 1 and (base + suffix).isalpha() and not (base and suffix in _SUFFIXES)


def _opens_sentence(said: str, word: Token) -> bool:
    return word.start == 0 or _SENTENCE_END.search(said[: word.start]) is not None
