"""The pieces of a spoken e-mail address: words, spelt letters, figures and signs."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from language.numbers import NumberSpan, numbers_in
from language.slots.dates.calendar import compiled
from language.slots.spelling import NATO, TIMES, example_length
from language.tokens import Token, tokens, word_set


class Mark(StrEnum):
    """What a piece is in an address; a `PIECE` is a spelt letter or figures, which join on to their neighbours."""

    WORD = "word"
    PIECE = "piece"
    SIGN = "sign"
    AT = "at"
    BREAK = "break"


class Lexeme(NamedTuple):
    """A piece where it stands; `text` is what it writes."""

    kind: Mark
    text: str
    start: int
    end: int


SIGNS = {
    "dot": ".", "period": ".", "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-", "plus": "+",
}  # fmt: skip
"""The names of the signs of an address."""
STOPS = word_set(
    "is it's its email mail e-mail address id my the on to use me send sent confirmation reach contact as and yes "
    "yeah sure "
    "okay ok um uh so well that that's this no sorry actually with try under via by for or hi hello please you can it "
    "i'm "
    "i'd would be will should write type was not then if in"
)
"""Words that an address does not go back beyond, nor on to."""
PROVIDERS = word_set("gmail hotmail outlook yahoo icloud protonmail rediffmail live aol")
"""Hosts that everybody names without their ending."""

_ENDINGS = frozenset({"com", "org", "co"})
_HOST_WORDS = 5
"""So many pieces after the "at" a host has ended."""
_SPLIT_HOSTS = ("gmail", "hotmail", "outlook", "icloud", "protonmail", "rediffmail")
_AT = compiled(r"\bat the rate(?: of)?\b|\bat\b|@")
_NOISE = compiled(
    r",?\s*\b(?:(?:all|that's)? ?(?:in )?(?:all )?(?:lower ?case|small (?:letters|case)|capital(?:s| letters)?"
    r"|upper ?case)"
    r"|no spaces?|(?:all |as )?one word|all together|altogether|without spaces?)\b,?"
)
_SIGN = re.compile(r"(?<=\w)[._+-](?=\w)|(?<=\w) - (?=\w)")
_BREAK = re.compile(r"[,;:?!]|\.(?=\s|$)|\n")


def lexemes(said: str) -> list[Lexeme]:
    """Cut a text into the pieces that an address may be made of, in order."""
    words, numbers = tokens(said), {span.start: span for span in numbers_in(said) if span.digits}
    fixed = [Lexeme(Mark.AT, "@", *found.span()) for found in _AT.finditer(said)]
    covered = [found.span() for found in _NOISE.finditer(said)]
    inside = [(word.start, word.end) for word in words]
    signs = [one for one in _signs(said) if not any(start <= one.start < end for start, end in inside)]
    marks = [*fixed, *signs, *_words(words, numbers)]
    taken = [*covered, *((one.start, one.end) for one in fixed)]
    kept = [one for one in marks if one in fixed or not any(start <= one.start < end for start, end in taken)]
    return list(_with_dots(_without_hyphens(sorted(kept, key=lambda one: one.start))))


def _with_dots(marks: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """The pieces, and before an ending that follows a word of the host the dot that was not said: "at gmail com"."""
    words = {Mark.WORD, Mark.PIECE}
    since_at = _HOST_WORDS
    for place, mark in enumerate(marks):
        since_at = 0 if mark.kind is Mark.AT else since_at + 1
        before = marks[place - 1] if place else mark
        ends = mark.text in _ENDINGS or (mark.text == "in" and before.text == "co")
        if ends and 1 < since_at < _HOST_WORDS and mark.kind is Mark.WORD and before.kind in words:
            yield Lexeme(Mark.SIGN, ".", mark.start, mark.start)
        yield mark


def _signs(said: str) -> Iterator[Lexeme]:
    for found in _SIGN.finditer(said):
        yield Lexeme(Mark.SIGN, found.group().strip(), *found.span())
    for found in _BREAK.finditer(said):
        yield Lexeme(Mark.BREAK, found.group(), *found.span())


def _words(words: Sequence[Token], numbers: dict[int, NumberSpan]) -> Iterator[Lexeme]:
    place = 0
    while place < len(words):
        word = words[place]
        if span := numbers.get(word.start):
            yield Lexeme(Mark.PIECE, "".join(span.digits), span.start, span.end)
            place = next((at for at in range(place, len(words)) if words[at].start >= span.end), len(words))
            continue
        lexeme, count = _word(words, place)
        yield lexeme
        place += count


def _word(words: Sequence[Token], place: int) -> tuple[Lexeme, int]:
    """One word as a piece, and how many words it takes: "double r", "p for Peter"."""
    word = words[place]
    if word.folded in TIMES and place + 1 < len(words) and len(words[place + 1].folded) == 1:
        return Lexeme(Mark.PIECE, words[place + 1].folded * TIMES[word.folded], word.start, words[place + 1].end), 2
    if len(word.folded) == 1:
        more = example_length(words, place, word.folded)
        return Lexeme(Mark.PIECE, word.folded, word.start, words[place + more].end), 1 + more
    if word.folded in SIGNS:
        return Lexeme(Mark.SIGN, SIGNS[word.folded], word.start, word.end), 1
    if _is_nato(words, place):
        return Lexeme(Mark.PIECE, NATO[word.folded], word.start, word.end), 1
    return Lexeme(Mark.WORD, word.folded.replace("'", ""), word.start, word.end), 1


def _is_nato(words: Sequence[Token], place: int) -> bool:
    """Whether a word of the telephone alphabet stands beside another; alone it is a name ("mike at …")."""
    beside = (*words[max(0, place - 1) : place], *words[place + 1 : place + 2])
    return words[place].folded in NATO and any(word.folded in NATO for word in beside)


def _without_hyphens(marks: list[Lexeme]) -> list[Lexeme]:
    """The pieces without marks that only keep spelt letters apart: "P-R-I-Y-A", "p, r, i"."""
    apart = {
        at
        for at in range(1, len(marks) - 1)
        if marks[at].text in {"-", ","} and marks[at - 1].kind is marks[at + 1].kind is Mark.PIECE
    }
    return [mark for at, mark in enumerate(marks) if at not in apart]


def joined(marks: Sequence[Lexeme]) -> tuple[str, bool]:
    """What pieces write, and whether each sign of it was said: no two words side by side, no dot made up."""
    text = "".join(mark.text for mark in marks)
    made_up = any(mark.start == mark.end for mark in marks)
    side_by_side = any(a.kind is b.kind is Mark.WORD for a, b in pairwise(marks))
    return text, not made_up and (text.partition(".")[0] in _SPLIT_HOSTS or not side_by_side)
