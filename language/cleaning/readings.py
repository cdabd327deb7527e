"""What a spoken number can also be read as: digits in one, a price, a time of day."""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from language.numbers import NumberSpan

_BETWEEN_FIGURES = " \t\r\n\u00a0-‐‑–()./"
_LONGEST = 18
_SHORTEST_JOINT = 3
_PRICE = re.compile(r"\s*(?:pounds?|quid|euros?|dollars?|bucks|point)(?:\s+and)?\s*", re.IGNORECASE)
_PAST = re.compile(r"\s*past\s*", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|of|till|before)\s*", re.IGNORECASE)
_AFTER_HOUR = re.compile(r"\s*(?:([ap])\.?\s?m\b|o'?\s?clock|in the (morning|afternoon|evening))", re.IGNORECASE)
_HOURS, _NOON = 24, 12
_CENTS = -2
_HALF, _QUARTER = Decimal("0.5"), Decimal("0.25")


def readings(text: str, spans: Sequence[NumberSpan]) -> frozenset[Decimal]:
    """Every value that the numbers of a text plausibly stand for, their own values among them.

    "one two three" is 123, and 1, 2, 3, 12 and 23 as well; "ten thirty" is 10.30; "quarter to five"
    is 4 and 45; "three pm" is 15 and 0 minutes.
    """
    values = {span.value for span in spans}
    for run in _runs(text, spans):
        values.update(_windows([digits for index in run for digits in spans[index].digits]))
    for before, after in pairwise(spans):
        values.update(_pair(before, text[before.end : after.start], after))
    for span in spans:
        values.update(_hour(span, text))
    return frozenset(values)


def strangers(text: str, spans: Sequence[NumberSpan], known: Set[Decimal]) -> tuple[NumberSpan, ...]:
    """The numbers whose value is not among the `known`, nor their figures with their neighbours'.

    Figures are taken together where three or more of them make a known number: "07700 900 123".
    """
    unknown = [index for index, span in enumerate(spans) if span.value not in known]
    if not unknown:
        return ()
    covered = {index for joint in joints(text, spans) if joint.value in known for index in joint.indices}
    return tuple(spans[index] for index in unknown if index not in covered)


class Joint(NamedTuple):
    """Neighbouring whole numbers read as one: their indices among the spans, the value of all their figures."""

    indices: range
    value: Decimal


def joints(text: str, spans: Sequence[NumberSpan]) -> Iterator[Joint]:
    """Yield what two or more neighbouring numbers make together, where it has at least three figures."""
    for run in _runs(text, spans):
        for at in range(len(run)):
            yield from _joints_from(run[at:], spans)


def _joints_from(run: Sequence[int], spans: Sequence[NumberSpan]) -> Iterator[Joint]:
    """The joints that begin with the first number of a run."""
    digits = ""
    for last in run:
        digits += "".join(spans[last].digits)
        if len(digits) > _LONGEST:
            return
        if last > run[0] and len(digits) >= _SHORTEST_JOINT:
            yield Joint(range(run[0], last + 1), Decimal(digits))


def _windows(pieces: Sequence[str]) -> Iterator[Decimal]:
    """Every reading of neighbouring pieces of figures as one number."""
    for at in range(len(pieces)):
        digits = ""
        for piece in pieces[at : at + _LONGEST]:
            digits += piece
            if len(digits) > _LONGEST:
                break
            yield Decimal(digits)


def _runs(text: str, spans: Sequence[NumberSpan]) -> Iterator[list[int]]:
    run: list[int] = []
    for index, span in enumerate(spans):
        if run and text[spans[run[-1]].end : span.start].strip(_BETWEEN_FIGURES):
            yield run
            run = []
        if span.digits:
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _pair(before: NumberSpan, gap: str, after: NumberSpan) -> Iterator[Decimal]:
    """Two numbers that make a third: "twelve pounds fifty", "ten thirty", "half past two"."""
    cents = "".join(after.digits)
    if len(cents) == 2 and before.digits and (not gap.strip() or _PRICE.fullmatch(gap)):
        yield Decimal(f"{''.join(before.digits)}.{cents}")
    if _PAST.fullmatch(gap) and before.value in {_HALF, _QUARTER}:
        yield before.value * 60
    if _TO.fullmatch(gap) and before.value == _QUARTER and 1 <= after.value <= _NOON:
        yield from (Decimal(45), (after.value + _NOON - 2) % _NOON + 1)


def _hour(span: NumberSpan, text: str) -> Iterator[Decimal]:
    """The hour and minutes of a time: "three pm" is 15 and 0, "10.30" and "ten point three am" 10 and 30."""
    if not 1 <= span.value <= _HOURS:
        return
    found = _AFTER_HOUR.match(text, span.end)
    if not (found or span.value.as_tuple().exponent == _CENTS):
        return
    hour = int(span.value)
    yield from (Decimal(hour), span.value % 1 * 100)
    if found and ((found[1] or "").lower() == "p" or (found[2] or "").lower() in {"afternoon", "evening"}):
        yield Decimal(hour % _NOON + _NOON)
