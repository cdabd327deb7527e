"""Letters that a caller spells: "P R I Y A", "bravo oscar bravo", "B as in boy", "double L", "em ay why"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.number_words import WORDS
from language.tokens import Token, tokens

_ALPHABET = (
    "alpha alfa bravo charlie delta echo eko ecco foxtrot golf hotel india indigo juliet juliett julia kilo lima "
    "lemur mike "
    "november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu zebra"
)
NATO = {word: word[0] for word in _ALPHABET.split()}
"""The words of the telephone alphabet and what recognisers make of them."""

_LETTER_NAMES = {
    "ay": "a", "eh": "a", "bee": "b", "be": "b", "cee": "c", "see": "c", "sea": "c", "dee": "d", "eff": "f", "ef": "f",
    "gee": "g", "aitch": "h", "haitch": "h", "eye": "i", "jay": "j", "kay": "k", "kaye": "k", "ell": "l", "el": "l",
    "em": "m",
    "en": "n", "oh": "o", "pee": "p", "pea": "p", "queue": "q", "cue": "q", "are": "r", "ar": "r", "our": "r",
    "ess": "s",
    "tee": "t", "tea": "t", "you": "u", "yu": "u", "vee": "v", "ex": "x", "why": "y", "wye": "y", "zed": "z",
    "zedd": "z", "zee": "z",
}  # fmt: skip
"""What the names of letters are heard as; letters only among others that are spelt."""

TIMES = {"double": 2, "triple": 3, "treble": 3}
_DIGITS = {word: part.digits for word, part in WORDS.items() if part.role in "dz"}
_AS_IN = ("as", "in"), ("for",), ("like",), ("as",), ("is", "for")
_MARKS = {"hyphen": "-", "dash": "-", "apostrophe": "'", "space": " "}
_SHORTEST = 2
_CLUSTER, _FEWEST, _MOSTLY = 2, 3, 0.6
"""What a spelling written in groups looks like: how long a group is, how many words, how many of them groups."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was spelt, in small letters and figures: `text[start:end] == quote`."""

    letters: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """What some words spell; `sure` where they can hardly be anything else."""

    letters: str
    words: int
    sure: bool


def spellings(text: str, *, digits: bool = False) -> tuple[Spelling, ...]:
    """Find the runs of two or more letters that a text spells, in order; with `digits` figures are pieces too."""
    words = tokens(text)
    return tuple(_spelt(text, words, digits))


def _spelt(text: str, words: Sequence[Token], digits: bool) -> Iterator[Spelling]:
    place = 0
    while place < len(words):
        run, end = _run(words, place, digits)
        sure = sum(piece.sure for piece in run)
        if sure >= _SHORTEST and 2 * sure >= len(run):
            run, place = _trimmed(run, place)
            last = place + sum(piece.words for piece in run)
            span = words[place].start, words[last - 1].end
            yield Spelling("".join(piece.letters for piece in run), text[slice(*span)], *span)
        place = max(end, place + 1)


def _trimmed(run: list[_Piece], place: int) -> tuple[list[_Piece], int]:
    """A run without the doubtful pieces at its head ("you" of "you S A M")."""
    while run and not run[0].sure:
        place += run[0].words
        run = run[1:]
    return run, place


def _run(words: Sequence[Token], place: int, digits: bool) -> tuple[list[_Piece], int]:
    run: list[_Piece] = []
    while place < len(words) and (piece := _piece(words, place, digits, bool(run))):
        run.append(piece)
        place += piece.words
    return run, place


def _piece(words: Sequence[Token], place: int, digits: bool, within: bool) -> _Piece | None:
    """What the words at a place spell; None if nothing."""
    word = words[place].folded
    if word in TIMES and place + 1 < len(words):
        if word == "double" and words[place + 1].folded in {"u", "you"}:
            return _Piece("w", 2, sure=True)
        doubled = _piece(words, place + 1, digits, within)
        return _Piece(doubled.letters * TIMES[word], doubled.words + 1, sure=True) if doubled else None
    if letter := _letter(word):
        return _Piece(letter, 1 + example_length(words, place, letter), sure=True)
    if within and word in _MARKS:
        return _Piece(_MARKS[word], 1, sure=False)
    if digits and (figure := _DIGITS.get(word) or (word if re.fullmatch(r"[a-z]?\d[\da-z]*", word) else None)):
        return _Piece(figure, 1, sure=True)
    return _Piece(_LETTER_NAMES[word], 1, sure=False) if word in _LETTER_NAMES else None


def _letter(word: str) -> str | None:
    if len(word) == 1 and word.isascii() and word.isalpha():
        return word
    return NATO.get(word)


def example_length(words: Sequence[Token], place: int, letter: str) -> int:
    """How many words after a letter tell it by a word: "as in boy", "for Bravo"."""
    for link in _AS_IN:
        end = place + 1 + len(link)
        said = tuple(word.folded for word in words[place + 1 : end])
        if said == link and end < len(words) and words[end].folded.startswith(letter) and len(words[end].folded) > 1:
            return len(link) + 1
    return 0


def letters_of(text: str) -> str:
    """All letters of a text that is spelt from end to end, in whatever groups a recogniser wrote them; else nothing.

    "SC o TT j o n e s" is scottjones, "kilo echo november" ken; "Scott Jones" is no spelling.
    """
    words = [word.folded for word in tokens(text)]
    short = sum(len(word) <= _CLUSTER or word in NATO for word in words)
    if len(words) < _FEWEST or short < _MOSTLY * len(words):
        return ""
    return "".join(NATO.get(word) or _LETTER_NAMES.get(word) or word for word in words)
