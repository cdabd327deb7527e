"""Which numbers and negations of a raw text its cleaned version dropped, doubled, added or put elsewhere."""

from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from functools import cache

from language.anchoring.alignment import Alignment
from language.anchoring.facts import Change, Fact, fact, pairs
from language.anchoring.number_changes import joined, marked, moved_alone
from language.anchoring.unanchored import Kind
from language.anchoring.withdrawn import RawTurn
from language.cleaning.readings import readings
from language.numbers import NumberSpan
from language.tokens import Token

_LONG = 3
_MOST_REWORDED = 64


def changes(texts: Alignment, heard: Set[Decimal] = frozenset()) -> Iterator[Change]:
    """Yield the numbers and negations dropped from the raw text, and the ones doubled or added.

    What the speaker took back may go. `heard` are values of the recogniser's other hypotheses, which
    may come in. Numbers that nobody said at all are not looked for here. A number that only changed places
    with another is dropped and added; one that lost its sign, percent, bound or period, or its distance to the
    next number, is changed as well.
    """
    numbers = [fact(texts.raw.words, span, span.value) for span in texts.raw.numbers]
    said = {number.value for number in numbers}
    kept, gone, new = _paired_numbers(texts, numbers)
    denied_before, denied_now = _unmatched_negations(texts)
    yield from (Change(Kind.NUMBER, False, now) for now in new if now.value in said - heard and _is_changed(texts, now))
    yield from (Change(Kind.NEGATION, False, now) for now in denied_now if _is_changed(texts, now))
    rewritten = {place for number in set(numbers).difference(gone) for place in range(number.first, number.end)}
    turn = RawTurn(texts.raw.text, texts.raw.words, texts.lost - rewritten)
    for kind, lost in ((Kind.NUMBER, gone), (Kind.NEGATION, denied_before)):
        yield from (Change(kind, True, old) for old in lost if not turn.took_back(old.first, old.end))
    yield from (Change(Kind.NUMBER, True, old) for old in joined(texts, kept))
    yield from marked(texts, turn)


def _paired_numbers(texts: Alignment, numbers: Sequence[Fact]) -> tuple[dict[Fact, Fact], list[Fact], list[Fact]]:
    """The raw numbers with their equals, the raw ones that are gone, and the cleaned ones that match none."""
    found = pairs(texts, numbers, [fact(texts.cleaned.words, span, span.value) for span in texts.cleaned.numbers])
    astray = {old for old in found.moved[:_MOST_REWORDED] if moved_alone(texts, old, found.kept)}
    kept = {old: now for old, now in found.kept.items() if old not in astray}
    gone, new = sorted(astray.union(found.gone)), sorted({found.kept[old] for old in astray}.union(found.new))
    if len(gone) > _MOST_REWORDED:
        return kept, gone, new
    spans = dict(zip(numbers, texts.raw.numbers, strict=True))
    reworded = _Reworded(texts)
    return kept, [old for old in gone if not reworded.holds(old, spans[old])], new


def _unmatched_negations(texts: Alignment) -> tuple[list[Fact], list[Fact]]:
    old = [fact(texts.raw.words, span) for span in texts.raw.negations]
    new = [fact(texts.cleaned.words, span) for span in texts.cleaned.negations]
    found = pairs(texts, old, new, anywhere=False)
    return found.gone, found.new


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
