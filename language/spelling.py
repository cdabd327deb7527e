"""Whether a text ends in digits or letters that are being spelt out, one by one or in groups, or asks for some."""

import re

from language.number_words import part_of
from language.tokens import Token, tokens, word_set

_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SIGNS = word_set("dash hyphen dot underscore slash plus star hash capital uppercase lowercase")
_ALPHABET = word_set(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
_ABBREVIATIONS = frozenset({"am", "pm", "us", "uk", "tv", "id", "ok"})
_APART = frozenset(":/")
"""Between figures these make one time or date, said in full."""
_LONE_FIGURES = 5
"""So many figures in one group are no amount or year, but the beginning of a number."""

_SPELT = re.compile(r"\b(spell|letters?|digits?|number|phone|e-?mail|code|postcode|zip)\b", re.IGNORECASE)


def asks_for_spelling(question: str) -> bool:
    """Tell whether a question is about something that is said letter by letter or digit by digit."""
    return _SPELT.search(question) is not None


def is_spelling(text: str) -> bool:
    """Tell whether a text ends in the midst of spelling: "four one five", "J O H", "415 555", "double seven three".

    A time ("3 p.m."), an abbreviation ("the U.S.") and a telephone number in full are not; neither is one digit alone.
    """
    run = _last_run(text)
    if "".join(word.folded for word in run[-2:]) in _ABBREVIATIONS:
        return False
    digits = _digits_of(run)
    letters = [word for word in run if _is_letter(word)]
    names = [word for word in run if word.folded in _ALPHABET]
    if len(names) + len(letters) < 2:
        names = []
    if not letters and not names and len(digits) >= _whole_number(digits):
        return False
    items = len(letters) + len(names) + sum(bool(_digits(word)) or word.folded in _TIMES for word in run)
    return items > 1 or len(digits) >= _LONE_FIGURES


def _last_run(text: str) -> list[Token]:
    """The spelt words at the end, in order."""
    run: list[Token] = []
    for word in reversed(tokens(text)):
        between = text[word.end : run[-1].start] if run else ""
        if not _is_spelt(word) or _APART.intersection(between):
            break
        run.append(word)
    return run[::-1]


def _is_spelt(word: Token) -> bool:
    return bool(_digits(word)) or _is_letter(word) or word.folded in _TIMES or word.folded in _SIGNS | _ALPHABET


def _is_letter(word: Token) -> bool:
    return len(word.folded) == 1 and word.folded.isalpha()


def _digits_of(run: list[Token]) -> str:
    """All digits of a run, "double seven" as 77."""
    said, times = "", 1
    for word in run:
        said += _digits(word) * times
        times = _TIMES.get(word.folded, 1)
    return said


def _digits(word: Token) -> str:
    """The digits that a word gives: one for a digit's name, all of plain figures, else none."""
    if word.text.isdecimal():
        return word.text
    part = part_of(word)
    return part.digits if part is not None and part.role in {"d", "z", "o"} and not word.text[0].isdecimal() else ""


def _whole_number(digits: str) -> int:
    """Digits of a telephone number in full, the leading 0 or country code 1 included."""
    return 11 if digits[:1] in {"0", "1"} else 10
