"""Words and numbers of a text, each with the place where it stands."""

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ＇`´"
"""Characters that transcripts and models use for the apostrophe of "don't"."""

_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
_ACCENTS = "\u0300-\u036f"
_LETTER_SIGNS = "\u249c-\u24e9\u3200-\u33ff\U0001f110-\U0001f18f"
"""Circled, bracketed and squared letters and figures: signs to Unicode, words to a reader."""
_LETTER = rf"(?:[^\W_]|[{_LETTER_SIGNS}])"
_GROUPED = r"\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)+"
_TOKEN = re.compile(
    rf"(?:{_GROUPED}|{_LETTER})"
    rf"(?:{_LETTER}|[{_INVISIBLE}{_ACCENTS}]|[{APOSTROPHES}](?={_LETTER}))*"
)
_TYPOGRAPHIC = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


class Token(NamedTuple):
    """One word or number: `text == source[start:end]`; `folded` is what to compare by."""

    text: str
    start: int
    end: int
    folded: str


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into words and numbers, in order; everything between them is separator.

    A word keeps its inner apostrophes ("don't"), a number its inner separators ("1,200.50") and its
    unit or ending ("50k", "21st"). Hyphens, colons and full stops between letters separate.
    """
    places = [found.span() for found in _TOKEN.finditer(text)]
    if text.isascii():
        plain = folded(text)
        return tuple([Token(text[start:end], start, end, plain[start:end]) for start, end in places])
    return tuple([Token(text[start:end], start, end, folded(text[start:end])) for start, end in places])


def folded(word: str) -> str:
    """Fold case, accents, invisible characters, compatibility forms and the variants of the apostrophe."""
    if word.isascii():
        return word.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKD", word.translate(_TYPOGRAPHIC)).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) not in {"Mn", "Cf"})


def word_set(words: str) -> frozenset[str]:
    """Read a list of words with spaces between them as a set."""
    return frozenset(words.split())
