"""How a sentence is said: numbers, sums, dates, addresses and abbreviations in words, without markup.

A voice that is given "Dr. Lee, 3:30 PM, $45" says what it pleases, each another; given words, all say the same.
"""

import re

from language.spoken.abbreviations import ABBREVIATIONS, SIGNS
from language.spoken.contacts import MIXED, NUMBERS, with_addresses
from language.spoken.markup import plain_characters, without_blocks, without_marks
from language.spoken.measures import MEASURES, PLAIN
from language.spoken.money import MONEY
from language.spoken.rules import Rule, apply, rule
from language.spoken.time import TIMES, WEEKDAYS, build_dates

_DAY_FIRST = frozenset({"gb", "in", "au", "nz", "ie", "za"})
"""Regions that write the day before the month."""

_PAUSES = (
    rule(r"[^\S\n]+", " "),
    rule(r"\n[ \n]+", "\n"),
    rule(r"(?:\.{2,}|…) ?$", "."),
    rule(r"\.{2,}|…", ","),
    rule(r"\s[-–—]+\s|[—–]+|--+", ", "),
    rule(r"\) ?$", ""),
    rule(r"[()]", ", "),
    rule(r"\s*\|\s*", ", "),
    rule(r"\s*\n\s*", ", "),
)
_LEFT_OVER = rule(r"[*_#`|<>\[\]{}~^\\\"“”„«»]", " ")
_TIDY = (
    rule(r"\s+", " "),
    rule(r"\s+(?=[,.;:!?])", ""),
    rule(r"[,;:](?=\s?[,.;:!?])\s?", ""),
    rule(r"([.!?]),", r"\1"),
    rule(r"^[\s,;:.\-/]+|[\s\-/]+$", ""),
)
_FINISH = (*_PAUSES, _LEFT_OVER, *_TIDY)
_NUMERIC: dict[bool, tuple[Rule, ...]] = {
    day_first: (*MONEY, *build_dates(day_first=day_first), *TIMES, *NUMBERS, *MEASURES, *MIXED, *PLAIN)
    for day_first in (False, True)
}
_FIGURE = re.compile(r"[0-9]")


def spoken(text: str, language: str = "en") -> str:
    """Turn a sentence into what is said, without figures and markup; plain words stay as they are.

    In another language than English only the markup goes: how its numbers are said is left to the voice.

    Args:
        text: one sentence, as a model or a template writes it.
        language: a BCP 47 tag; its region decides whether 3/4/2026 is in March or in April.
    """
    tongue, _, region = language.lower().partition("-")
    plain = plain_characters(without_blocks(text))
    said = _in_english(plain, day_first=region in _DAY_FIRST) if tongue == "en" else without_marks(plain)
    return apply(_FINISH, said)


def _in_english(text: str, *, day_first: bool) -> str:
    text = apply((*WEEKDAYS, *ABBREVIATIONS), without_marks(with_addresses(text)))
    if _FIGURE.search(text):
        text = apply(_NUMERIC[day_first], text)
    return apply(SIGNS, text)
