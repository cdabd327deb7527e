"""The words and numerals that numbers are said with, each with its part in the grammar of numbers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from language.tokens import Token, word_set


class Part(NamedTuple):
    """What a token can be in a number: `role` is one letter of the grammar in numbers.py."""

    role: str
    value: Decimal
    digits: str


class Figure(NamedTuple):
    """A number written in digits: its place in the token, its value and its digits as they stand."""

    start: int
    end: int
    value: Decimal
    digits: str


def _parts(role: str, words: str, first: int, step: int = 1) -> dict[str, Part]:
    values = range(first, first + step * len(words.split()), step)
    return {word: Part(role, Decimal(n), str(n)) for word, n in zip(words.split(), values, strict=True)}


def _named(role: str, **values: str) -> dict[str, Part]:
    return {word: Part(role, Decimal(value), value) for word, value in values.items()}


def _regular_ordinals(cardinals: Mapping[str, Part]) -> dict[str, Part]:
    """Ordinals as recognisers misspell them: "fiveth", "twenty-onest"."""
    return {
        word + ending: Part("f" if part.role == "d" else "g", part.value, part.digits)
        for word, part in cardinals.items()
        for ending in ("st", "nd", "rd", "th")
    }


_CARDINALS = {
    **_parts("d", "one two three four five six seven eight nine", 1),
    **_parts("t", "ten eleven twelve", 10),
    **_parts("y", "thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13),
    **_parts("Y", "twenty", 20),
    **_parts("T", "thirty forty fifty sixty seventy eighty ninety", 30, 10),
}

WORDS: dict[str, Part] = {
    **_regular_ordinals(_CARDINALS),
    **_CARDINALS,
    **_named("z", zero="0", nought="0", naught="0"),
    **_named("o", oh="0", o="0"),
    **_named("Y", twenties="20", twentys="20"),
    **_parts("T", "thirtys fortys fiftys sixtys seventys eightys ninetys", 30, 10),
    **_parts("T", "thirties forties fifties sixties seventies eighties nineties", 30, 10),
    **_named("T", fourty="40"),
    **_named("H", hundred="100"),
    **_named("K", thousand="1000", lakh="100000"),
    **_named("M", million="1000000", crore="10000000"),
    **_named("B", billion="1000000000", trillion="1000000000000"),
    **_named("c", dozen="12"),
    **_parts("f", "first second third fourth fifth sixth seventh eighth ninth", 1),
    **_parts("g", "tenth eleventh twelfth thirteenth fourteenth", 10),
    **_parts("g", "fifteenth sixteenth seventeenth eighteenth nineteenth", 15),
    **_parts("g", "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10),
    **_named("g", hundredth="100", thousandth="1000", millionth="1000000"),
    **_named("h", half="0.5"),
    **_named("q", quarter="0.25"),
    **_named("N", ii="2", iii="3"),
    **_named("x", double="2"),
    **_named("X", triple="3", treble="3"),
    "and": Part("&", Decimal(0), ""),
    "point": Part(".", Decimal(0), ""),
    "a": Part("a", Decimal(0), ""),
    "an": Part("a", Decimal(0), ""),
}
"""Every word of the grammar by its folded form."""

VAGUE = word_set(
    "hundred thousand million billion trillion dozen hundreds thousands millions billions dozens couple couples "
    "twice thrice double triple treble quadruple doubled tripled trebled both pair pairs several score scores gross "
    "quadrupled quintuple grand tens teens nil zilch zillion zillions umpteen umpteenth percent hourly daily weekly "
    "yearly annually fortnightly biweekly bimonthly"
)
"""Quantities without a value: "hundreds", "a few hundred", "a couple"; never equal to a figure."""

_ENDINGS = ("'s", "s", "es", "fold", "ish")
_NOT_FORMED = word_set("seconds second's ones one's quarters quarter's halfs points")
"""Forms of number words that mostly count nothing: a unit of time, a pronoun, part of a year."""

_SHORTEST = 3
_NUMERAL = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:'?s|st|nd|rd|th|(k|m|mn|bn|tn))?")
_DIGITS = re.compile(r"\d+")
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}


def counting_word(folded: str) -> str | None:
    """The number or quantity that a word is a form of: "threes", "seven's", "tenfold", "sixths"; None for others."""
    if folded in VAGUE:
        return folded
    if folded in WORDS or folded in _NOT_FORMED:
        return None
    bases = (folded.removesuffix(ending) for ending in _ENDINGS if folded.endswith(ending))
    return next((base for base in bases if base in VAGUE or (base in WORDS and len(base) >= _SHORTEST)), None)


def part_of(word: Token) -> Part | None:
    """What a token can be in a number, None if nothing."""
    return WORDS.get(word.folded) or (numeral(word) if word.text[0].isdecimal() else None)


def numeral(word: Token) -> Part | None:
    """Read a token that is one plain number in digits: "1,200", "3.5", "50k", "21st", "90s"."""
    if not (found := _NUMERAL.fullmatch(word.folded)):
        return None
    if not word.text.isascii() and not all(letter.isdecimal() for letter in word.text if letter.isnumeric()):
        return None
    plain = found[1].replace(",", "")
    if "." in plain or found[2]:
        return Part("N", Decimal(plain) * _SUFFIXES.get(found[2] or "", 1), "")
    return Part("N", Decimal(plain), _ascii_digits(plain))


def figures(token: Token) -> Iterator[Figure]:
    """Yield the numbers inside a mixed token: "B3J", "4x4", "1.2.3", "2½", "Ⅶ", "㍘"; nothing for a plain word."""
    for found in _DIGITS.finditer(token.text):
        digits = _ascii_digits(found.group())
        yield Figure(token.start + found.start(), token.start + found.end(), Decimal(digits), digits)
    for place, letter in enumerate(token.text, token.start):
        value = unicodedata.numeric(letter, None)
        if value is not None and not letter.isdecimal():
            yield Figure(place, place + 1, Decimal(str(value)), "")
        elif value is None and not letter.isalnum():
            for digits in _DIGITS.findall(unicodedata.normalize("NFKC", letter)):
                yield Figure(place, place + 1, Decimal(digits), digits)


def _ascii_digits(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in digits)
