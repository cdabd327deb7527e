"""Figures as English words: cardinals, ordinals, years, digits one by one."""

import re
from itertools import pairwise

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_INDIAN_SCALES = ((10**7, "crore"), (10**5, "lakh"), (10**3, "thousand"))
_LONGEST_GROUPED = 15
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip

LONGEST_CARDINAL = 6
"""Figures in a row, without separators, beyond which they are a number to dial or to note, not an amount."""


def cardinal(value: int, *, indian: bool = False) -> str:
    """Say a whole number from 0: "one thousand two hundred five", or in lakhs and crores."""
    if value < 100:
        return _below_hundred(value)
    if value < 1_000:
        return f"{_ONES[value // 100]} hundred{_tail(value % 100)}"
    for scale, name in _INDIAN_SCALES if indian else _SCALES:
        if value >= scale:
            return f"{cardinal(value // scale, indian=indian)} {name}{_tail(value % scale, indian=indian)}"
    raise AssertionError(value)


def ordinal(value: int) -> str:
    """Say a place in an order: "twenty-first"."""
    words = cardinal(value)
    at = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[at:]
    if last not in _IRREGULAR:
        return words[:at] + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return words[:at] + _IRREGULAR[last]


def year(figures: str) -> str:
    """Say a year of four figures: "nineteen eighty-six", "two thousand five", "twenty twenty-six"."""
    century, rest = int(figures[:2]), int(figures[2:])
    if century % 10 == 0 and rest < 10:
        return cardinal(int(figures))
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def digits(figures: str) -> str:
    """Say every figure by itself; what is no figure is a gap."""
    return " ".join(_ONES[int(figure)] for figure in figures if figure.isdecimal())


def decimal(text: str, *, indian: bool = False) -> str:
    """Say a number as it is written, "1,200.50": separators go, figures after the point are said one by one.

    Commas in groups of two ("1,50,000") are Indian. What is too long for an amount, or begins with a needless zero, is
    said figure by figure.
    """
    whole, _, fraction = text.partition(".")
    plain = whole.replace(",", "")
    parts = [_whole(plain, "," in whole, indian or _is_indian(whole))] if plain else []
    if fraction:
        parts.append(f"point {digits(fraction)}")
    return " ".join(parts)


def _whole(plain: str, grouped: bool, indian: bool) -> str:
    if _is_code(plain, grouped):
        return grouped_digits(in_groups(plain))
    return cardinal(int(plain), indian=indian)


def _is_code(plain: str, grouped: bool) -> bool:
    if len(plain) > 1 and plain[0] == "0":
        return True
    return len(plain) > (_LONGEST_GROUPED if grouped else LONGEST_CARDINAL)


def _is_indian(whole: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}(?:,\d\d)+,\d{3}", whole))


def _below_hundred(value: int) -> str:
    if value < 20:
        return _ONES[value]
    return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")


def _tail(rest: int, *, indian: bool = False) -> str:
    return f" {cardinal(rest, indian=indian)}" if rest else ""


def grouped_digits(groups: list[str]) -> str:
    """Say groups of figures one figure at a time, with a breath between the groups."""
    return ", ".join(digits(group) for group in groups if group)


def in_groups(figures: str) -> list[str]:
    """Cut a long row of figures as it is read aloud: threes, with a last four where one would be left over.

    Eleven that begin with 1 are a North American number: 1-3-3-4.
    """
    if len(figures) == 11 and figures[0] == "1":
        return [figures[0], *in_groups(figures[1:])]
    cuts = list(range(0, len(figures), 3))
    if len(figures) % 3 == 1 and len(cuts) > 1:
        cuts.pop()
    return [figures[start:end] for start, end in pairwise([*cuts, len(figures)])]
