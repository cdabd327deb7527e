"""Which numbers and negations of a raw text its cleaned version dropped, doubled or added."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from language.alignment import Alignment
from language.numbers import NumberSpan
from language.readings import readings
from language.tokens import Token
from language.withdrawn import RawTurn


_LONG = 3


class Fact(NamedTuple):
    """Words `first:end` of a text that state something; negations all have the value 0."""

    first: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of the facts of one sort: `dropped` lie in the raw text, `added` in the cleaned one."""

    dropped: tuple[Fact, ...] = ()
    added: tuple[Fact, ...] = ()


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def fact(words: Sequence[Token], span: _Placed, value: Decimal = Decimal(0)) -> Fact:
    """The words that a span of characters touches."""
    first = bisect_right(words, span.start, key=_start) - 1
    return Fact(first, bisect_right(words, span.end - 1, key=_start), value)


def compare(texts: Alignment, heard: Set[Decimal] = frozenset()) -> tuple[Difference, Difference]:
    """Find the numbers and the negations dropped from the raw text, and the ones doubled or added.

    What the speaker took back may go. `heard` are values of the recogniser's other hypotheses, which
    may come in. Numbers that nobody said at all are not looked for here.
    """
    numbers, numbers_gone, doubled = _compare_numbers(texts, heard)
    negations_gone, added = _compare_negations(texts)
    lost = {place for region in texts.regions for place in range(region.raw_start, region.raw_end)}
    rewritten = {place for one in numbers if one not in numbers_gone for place in range(one.first, one.end)}
    turn = RawTurn(texts.raw.text, texts.raw.words, frozenset(lost - rewritten))
    return (
        Difference(_not_taken_back(turn, numbers_gone), tuple(doubled)),
        Difference(_not_taken_back(turn, negations_gone), tuple(added)),
    )


def _compare_numbers(texts: Alignment, heard: Set[Decimal]) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """The numbers of the raw text, those of them that are gone, and those of the cleaned text in excess."""
    raw = texts.raw.numbers
    clean = texts.cleaned.numbers
    facts = [fact(texts.raw.words, span, span.value) for span in raw]
    gone = facts.copy()
    new = [fact(texts.cleaned.words, span, span.value) for span in clean]
    _pair(gone, new, lambda old, now: old.value == now.value and _meet(texts, old, now))
    _pair(gone, new, lambda old, now: old.value == now.value)
    spans = dict(zip(facts, raw, strict=True))
    gone = [old for old in gone if not _is_reworded(texts, old, spans, clean)]
    said = {span.value for span in raw}
    return facts, gone, [now for now in new if now.value in said - heard and _is_changed(texts, now)]


def _compare_negations(texts: Alignment) -> tuple[list[Fact], list[Fact]]:
    """The negations that are gone from the raw text and those added to the cleaned one."""
    gone = [fact(texts.raw.words, span) for span in texts.raw.negations]
    new = [fact(texts.cleaned.words, span) for span in texts.cleaned.negations]
    _pair(gone, new, lambda old, now: _meet(texts, old, now))
    return gone, [now for now in new if _is_changed(texts, now)]


def _not_taken_back(turn: RawTurn, gone: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(old for old in gone if not turn.took_back(old.first, old.end))


def _pair(gone: list[Fact], new: list[Fact], matches: Callable[[Fact, Fact], bool]) -> None:
    """Take out of both lists, one for one, the facts that match."""
    for old in tuple(gone):
        partner = next((now for now in new if matches(old, now)), None)
        if partner:
            gone.remove(old)
            new.remove(partner)


def _meet(texts: Alignment, old: Fact, now: Fact) -> bool:
    first, end = texts.of_raw(old.first, old.end)
    return first < now.end and now.first < end


def _is_reworded(texts: Alignment, old: Fact, raw: Mapping[Fact, NumberSpan], clean: Sequence[NumberSpan]) -> bool:
    """A number that stands there in another reading: "one fifty" as 150, "half past two" as 2:30."""
    first, end = texts.of_raw(old.first, old.end)
    start, stop = texts.of_clean(first, end) if first < end else (old.first, old.end)
    before = _within(texts.raw.words, raw.values(), start, stop)
    after = _within(texts.cleaned.words, clean, first, end)
    derived = {span.value for span in after} - {span.value for span in before}
    if old.value in readings(texts.cleaned.text, after):
        return True
    return _keeps_figures(raw[old], after) and not derived.isdisjoint(readings(texts.raw.text, before))


def _keeps_figures(old: NumberSpan, after: Iterable[NumberSpan]) -> bool:
    """Tell whether no figure of a long number went missing."""
    figures = "".join(old.digits)
    return len(figures) < _LONG or figures in "".join(digits for span in after for digits in span.digits)


def _within(words: Sequence[Token], spans: Iterable[NumberSpan], first: int, end: int) -> list[NumberSpan]:
    if first >= end:
        return []
    return [span for span in spans if span.end > words[first].start and span.start < words[end - 1].end]


def _is_changed(texts: Alignment, now: Fact) -> bool:
    """Tell whether any of these cleaned words is not the raw text's own."""
    return any(now.first < region.clean_end and region.clean_start < now.end for region in texts.regions)


def _start(word: Token) -> int:
    return word.start
