"""Which numbers and negations of a raw text its cleaned version dropped, doubled or added."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from functools import cache
from typing import NamedTuple, Protocol

from language.alignment import Alignment
from language.numbers import NumberSpan
from language.readings import readings
from language.tokens import Token
from language.unanchored import Kind
from language.withdrawn import RawTurn

_LONG = 3
_MOST_REWORDED = 64


class Fact(NamedTuple):
    """Words `first:end` of a text that state something; negations all have the value 0."""

    first: int
    end: int
    value: Decimal


class Change(NamedTuple):
    """A fact that the cleaned text may not have changed: a raw one it dropped, or one of its own it added."""

    kind: Kind
    dropped: bool
    fact: Fact


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def fact(words: Sequence[Token], span: _Placed, value: Decimal = Decimal(0)) -> Fact:
    """The words that a span of characters touches."""
    first = bisect_right(words, span.start, key=_start) - 1
    return Fact(first, bisect_right(words, span.end - 1, key=_start), value)


def changes(texts: Alignment, heard: Set[Decimal] = frozenset()) -> Iterator[Change]:
    """Yield the numbers and negations dropped from the raw text, and the ones doubled or added.

    What the speaker took back may go. `heard` are values of the recogniser's other hypotheses, which
    may come in. Numbers that nobody said at all are not looked for here.
    """
    numbers = [fact(texts.raw.words, span, span.value) for span in texts.raw.numbers]
    said = {number.value for number in numbers}
    gone, new = _unmatched_numbers(texts, numbers)
    denied_before, denied_now = _unmatched_negations(texts)
    yield from (Change(Kind.NUMBER, False, now) for now in new if now.value in said - heard and _is_changed(texts, now))
    yield from (Change(Kind.NEGATION, False, now) for now in denied_now if _is_changed(texts, now))
    rewritten = {place for number in set(numbers).difference(gone) for place in range(number.first, number.end)}
    turn = RawTurn(texts.raw.text, texts.raw.words, texts.lost - rewritten)
    for kind, lost in ((Kind.NUMBER, gone), (Kind.NEGATION, denied_before)):
        yield from (Change(kind, True, old) for old in lost if not turn.took_back(old.first, old.end))


def _unmatched_numbers(texts: Alignment, numbers: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The raw numbers that are gone, and the cleaned ones that match none."""
    new = [fact(texts.cleaned.words, span, span.value) for span in texts.cleaned.numbers]
    gone = _without_partners(texts, numbers, new, in_place=True)
    gone = _without_partners(texts, gone, new, in_place=False)
    if len(gone) > _MOST_REWORDED:
        return gone, new
    spans = dict(zip(numbers, texts.raw.numbers, strict=True))
    reworded = _Reworded(texts)
    return [old for old in gone if not reworded.holds(old, spans[old])], new


def _unmatched_negations(texts: Alignment) -> tuple[list[Fact], list[Fact]]:
    old = [fact(texts.raw.words, span) for span in texts.raw.negations]
    new = [fact(texts.cleaned.words, span) for span in texts.cleaned.negations]
    return _without_partners(texts, old, new, in_place=True), new


def _without_partners(texts: Alignment, old: Sequence[Fact], new: list[Fact], *, in_place: bool) -> list[Fact]:
    """The old facts without an equal new one, in its place or anywhere; each new one serves once and goes."""
    waiting: dict[Decimal, list[Fact]] = defaultdict(list)
    for now in new:
        waiting[now.value].append(now)
    gone = []
    for one in old:
        first, end = texts.of_raw(one.first, one.end) if in_place else (0, len(texts.cleaned.words))
        equals = waiting.get(one.value, [])
        at = bisect_right(equals, first, key=_end)
        if at < len(equals) and equals[at].first < end:
            equals.pop(at)
        else:
            gone.append(one)
    new[:] = sorted(now for left in waiting.values() for now in left)
    return gone


class _Reworded:
    """Numbers that stand there in another reading: "one fifty" as 150, "half past two" as 2:30."""

    def __init__(self, texts: Alignment) -> None:
        self._texts = texts
        self._read = cache(self._read_once)

    def holds(self, old: Fact, span: NumberSpan) -> bool:
        """Tell whether a raw number is in the cleaned text in another reading, with all its figures."""
        first, end = self._texts.of_raw(old.first, old.end)
        if first >= end:
            return False
        values, derived, figures = self._read(first, end)
        said = "".join(span.digits)
        return old.value in values or (derived and (len(said) < _LONG or said in figures))

    def _read_once(self, first: int, end: int) -> tuple[frozenset[Decimal], bool, str]:
        """Of some cleaned words: all readings, whether one of them is a reading of the raw words, the figures."""
        raw, cleaned = self._texts.raw, self._texts.cleaned
        start, stop = self._texts.of_clean(first, end)
        before = _within(raw.words, raw.numbers, start, stop)
        after = _within(cleaned.words, cleaned.numbers, first, end)
        new = {span.value for span in after} - {span.value for span in before}
        figures = "".join(digits for span in after for digits in span.digits)
        return readings(cleaned.text, after), not new.isdisjoint(readings(raw.text, before)), figures


def _within(words: Sequence[Token], spans: Iterable[NumberSpan], first: int, end: int) -> list[NumberSpan]:
    if first >= end:
        return []
    return [span for span in spans if span.end > words[first].start and span.start < words[end - 1].end]


def _is_changed(texts: Alignment, now: Fact) -> bool:
    return bool(texts.around_clean(now.first, now.end))


def _start(word: Token) -> int:
    return word.start


def _end(one: Fact) -> int:
    return one.end
