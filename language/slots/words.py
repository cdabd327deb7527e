"""Small numbers as callers say them in dates, times and party sizes, and the spans that slots are found at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from language.tokens import APOSTROPHES

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = (
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINAL_TEENS = [
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
]  # fmt: skip
_JOINT = r"[ -]?"
_PLAIN = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), "\u00a0": " ", "‐": "-", "‑": "-", "\n": " ", "\t": " "})


def _words(ones: Sequence[str], teens: Sequence[str], limit: int) -> dict[str, int]:
    """Number words up to a limit, a compound without what joins it: "twentyone"."""
    named = {word: value for value, word in enumerate([*ones, *teens], 1)}
    for place, ten in enumerate(_TENS, 2):
        if ones is _ONES:
            named[ten] = place * 10
        else:
            named[ten.removesuffix("y") + "ieth"] = place * 10
        named |= {ten + one: place * 10 + value for value, one in enumerate(ones, 1)}
    return {word: value for word, value in named.items() if value <= limit}


_CARDINALS = _words(_ONES, _TEENS, 99)
_ORDINALS = _words(_ORDINAL_ONES, _ORDINAL_TEENS, 31)

_ONE, _TEEN, _TEN = "|".join(_ONES), "|".join(_TEENS), "|".join(_TENS)
COUNT = rf"(?:[0-9]{{1,2}}(?![0-9])|(?:(?:{_TEN})(?:{_JOINT}(?:{_ONE})\b)?|(?:{_TEEN})|(?:{_ONE}))(?![a-z]))"
"""A number from 0 to 99, in figures or words."""
ORDINAL = (
    rf"(?:[0-3]?[0-9]\s?(?:st|nd|rd|th)|(?:twenty|thirty){_JOINT}(?:{'|'.join(_ORDINAL_ONES)})"
    rf"|(?:{'|'.join([*_ORDINAL_TEENS, *_ORDINAL_ONES])})|twentieth|thirtieth)\b"
)
"""A day of the month as an ordinal."""
YEAR = (
    rf"(?:(?:19|20)[0-9]{{2}}(?![0-9])|(?:nineteen|twenty)[ -](?:(?:oh?|zero)[ -](?:{_ONE})"
    rf"|(?:{_TEN})(?:{_JOINT}(?:{_ONE}))?"
    rf"|(?:{_TEEN}))\b|two thousand(?:(?: and)? (?:(?:{_TEN})(?:{_JOINT}(?:{_ONE}))?|(?:{_TEEN})|(?:{_ONE})))?\b)"
)
"""A year of the last or of this century, in figures or as it is spoken."""


def plain(text: str) -> str:
    """The text with one kind of apostrophe, hyphen and space, each character in its place."""
    return text.translate(_PLAIN)


def count_of(words: str) -> int:
    """The value of what COUNT matches; raises KeyError for other words."""
    return int(words) if words.isdecimal() else _CARDINALS[_squeezed(words)]


def ordinal_of(words: str) -> int:
    """The value of what ORDINAL matches; raises KeyError for other words."""
    figures = re.match(r"[0-9]+", words)
    return int(figures.group()) if figures else _ORDINALS[_squeezed(words)]


def year_of(words: str) -> int:
    """The value of what YEAR matches; raises KeyError for other words."""
    if words.isdecimal():
        return int(words)
    said = words.lower().replace("-", " ").split()
    if said[0] == "two":
        rest = "".join(word for word in said[2:] if word != "and")
        return 2000 + (_CARDINALS[rest] if rest else 0)
    century = 1900 if said[0] == "nineteen" else 2000
    return century + _CARDINALS["".join(word for word in said[1:] if word not in {"oh", "o", "zero"})]


def _squeezed(words: str) -> str:
    return words.lower().replace("-", "").replace(" ", "")


class Placed(Protocol):
    """Something found at `start:end` of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


Found = TypeVar("Found", bound=Placed)


def longest(found: Iterable[Found]) -> list[Found]:
    """Of findings that overlap the longest, of equally long ones the first given; in order of the text."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: each.start - each.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


class Quotation(Placed, Protocol):
    """A finding of a frozen dataclass with a `quote`."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Quoted = TypeVar("Quoted", bound=Quotation)


def requoted(text: str, found: Iterable[Quoted]) -> list[Quoted]:
    """The findings of plain(text), each with its quote as it stands in the text itself."""
    return [replace(one, quote=text[one.start : one.end]) for one in found]
