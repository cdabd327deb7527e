"""Long numbers, written or spoken figure by figure, and invented ones that are said the same way."""

import re

FEWEST = 5
"""Figures of a number that may name somebody; fewer are an amount, a day or an hour."""

NETWORK = 4
"""Figures at the beginning of an international number that name nobody."""

_DIGITS = {
    word: str(digit)
    for digit, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
}
_SPOKEN = _DIGITS | {"oh": "0", "o": "0", "nought": "0"}
_TIMES = {"double": 2, "triple": 3}
_WORD = rf"(?:\d|\b(?:{'|'.join((*_SPOKEN, *_TIMES))})\b)"
_RUN = re.compile(rf"\+?{_WORD}(?:[\s,.()/-]{{0,2}}{_WORD})+", re.IGNORECASE)
_EACH = re.compile(_WORD, re.IGNORECASE)
_INVENTED = "7305182946"


def figures_in(text: str) -> list[tuple[int, int, str]]:
    """Find long numbers, in order: where each stands, and its figures."""
    found = ((match.start(), match.end(), _figures(match.group())) for match in _RUN.finditer(text))
    return [(start, end, figures) for start, end, figures in found if len(figures) >= FEWEST]


def invented_figures(said: str, place: int) -> str:
    """Say the invented number of this place (0, 1, ...) in as many figures: written where it was written.

    An international number keeps its country and network, so that it can still be called one.
    """
    kept = _figures(said)[:NETWORK] if said.startswith("+") else ""
    figures = (kept + _INVENTED[place % len(_INVENTED) :] + _INVENTED * (1 + len(said)))[: len(_figures(said))]
    if not any(mark.isdigit() for mark in said):
        words = list(_DIGITS)
        return " ".join(words[int(figure)] for figure in figures)
    left = iter(figures)
    written = "".join(next(left, "") if mark.isdigit() else mark for mark in said)
    return re.sub("[a-zA-Z]+ ?", "", written) + "".join(left)


def _figures(said: str) -> str:
    times, figures = 1, ""
    for word in _EACH.findall(said):
        folded = word.casefold()
        if folded in _TIMES:
            times = _TIMES[folded]
        else:
            figures += _SPOKEN.get(folded, folded) * times
            times = 1
    return figures
