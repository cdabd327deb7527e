"""Long numbers, written or spoken in whatever pieces, and invented ones that are said figure by figure."""

import re
from collections.abc import Iterator

from language.number_words import WORDS
from language.numbers import NumberSpan, numbers_in
from language.tokens import tokens

FEWEST = 5
"""Figures of a number that may name somebody; fewer are an amount, a day or an hour."""

NETWORK = 4
"""Figures at the beginning of an international number that name nobody."""

_GAP = re.compile(r"(?:[\s,.()/]{0,3}|-\s?)(?:(?:uh|um|then|dash|space)\b[\s,.]{0,3})?", re.IGNORECASE)
"""What may stand between the pieces of one number; a dash that stands apart is between two."""

_OH = re.compile(r"\bo(h?)\b", re.IGNORECASE)
_COUNTING = frozenset("KMBfg")
"""Parts of a number (thousands and up, ordinals) with which it is an amount or a day, however many figures it has."""

_NTH = re.compile(r"\d(?:st|nd|rd|th)$", re.IGNORECASE)
_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_INVENTED = "7305182946"


def figures_in(text: str) -> list[tuple[int, int, str]]:
    """Find long numbers, in order: where each stands, and its figures."""
    found = ((_start(text, run[0]), run[-1].end, "".join(map(_figures_of, run))) for run in _runs(text))
    return [(start, end, figures) for start, end, figures in found if len(figures) >= FEWEST]


def invented_figures(said: str, place: int) -> str:
    """Say the invented number of this place (0, 1, ...) in as many figures: written where it was written.

    An international number keeps its country and network, so that it can still be called one.
    """
    real = "".join(_figures_of(piece) for run in _runs(said) for piece in run)
    kept = real[:NETWORK] if said.startswith("+") else ""
    figures = (kept + _INVENTED[place % len(_INVENTED) :] + _INVENTED * (1 + len(real)))[: len(real)]
    if not any(mark.isdigit() for mark in said):
        return " ".join(_DIGITS[int(figure)] for figure in figures)
    left = iter(figures)
    written = "".join(next(left, "") if mark.isdigit() else mark for mark in said)
    return re.sub("[a-zA-Z]+ ?", "", written) + "".join(left)


def _runs(text: str) -> Iterator[list[NumberSpan]]:
    """Numbers that stand together, each piece of what may be one."""
    heard = _OH.sub(lambda oh: "0" + " " * len(oh[1]), text)  # of the same length, and a number by itself
    run: list[NumberSpan] = []
    for piece in numbers_in(heard):
        if not _figures_of(piece) or _counts(piece):
            continue
        if run and not _GAP.fullmatch(heard, run[-1].end, piece.start):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _counts(piece: NumberSpan) -> bool:
    """Whether a piece is said as an amount or a place in a row, which no long number is."""
    parts = (WORDS.get(word.folded) for word in tokens(piece.text))
    return _NTH.search(piece.text) is not None or any(part.role in _COUNTING for part in parts if part)


def _figures_of(piece: NumberSpan) -> str:
    """The figures of a number as they were said; of a decimal, those that are written."""
    return "".join(piece.digits) or re.sub(r"\D", "", piece.text)


def _start(text: str, first: NumberSpan) -> int:
    return first.start - (text[: first.start].endswith("+"))
