"""The promise that cleaning invents nothing and loses no fact, kept word by word."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from language.alignment import Alignment, Region
from language.comparison import Fact, compare, fact
from language.corpus import Corpus
from language.unanchored import Kind, unanchored_in
from language.utterance import Utterance

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Enforced:
    """A cleaned text that states only what was said; which kinds of change were taken back, and if all were."""

    text: str
    reverted: tuple[Kind, ...] = ()
    whole: bool = False


class _Offence(NamedTuple):
    kind: Kind
    regions: frozenset[Region]


def enforce(raw: str, cleaned: str, corpus: Corpus, *, alternatives: Sequence[str] = ()) -> Enforced:
    """Take back what a cleaning may not do, span by span: invent, lose or double a fact of the raw text.

    Names may come from the raw text, the `alternatives` (the recogniser's other hypotheses) or the
    corpus; numbers only from the raw text and the alternatives, for a garbled number must not become
    one that was said elsewhere. Numbers and negations may go only where the speaker took them back.
    Where taking back spans does not help, the raw text is returned whole.
    """
    if cleaned == raw:
        return Enforced(raw)
    elsewhere = Corpus.of(alternatives)
    spoken = Utterance(raw)
    said = elsewhere.plus(spoken)
    heard = replace(corpus.union(said), values=said.values)
    text, reverted = cleaned, list[Kind]()
    for _ in range(_ROUNDS):
        texts = Alignment(spoken, Utterance(text))
        offences = tuple(_offences(texts, heard, elsewhere.values))
        if not offences:
            return Enforced(text, tuple(reverted), whole=text == raw)
        reverted += [offence.kind for offence in offences]
        if not all(offence.regions for offence in offences):
            break
        text = _reverted(texts, frozenset().union(*(offence.regions for offence in offences)))
    return Enforced(raw, tuple(reverted), whole=True)


def _offences(texts: Alignment, heard: Corpus, elsewhere: Set[Decimal]) -> Iterator[_Offence]:
    for span in unanchored_in(texts.cleaned, heard):
        yield _Offence(span.kind, _around_clean(texts, fact(texts.cleaned.words, span)))
    for kind, difference in zip((Kind.NUMBER, Kind.NEGATION), compare(texts, elsewhere), strict=True):
        for added in difference.added:
            yield _Offence(kind, _around_clean(texts, added))
        for dropped in difference.dropped:
            yield _Offence(kind, _around_raw(texts, dropped))


def _around_clean(texts: Alignment, at: Fact) -> frozenset[Region]:
    return frozenset(region for region in texts.regions if _touch(at, region.clean_start, region.clean_end))


def _around_raw(texts: Alignment, at: Fact) -> frozenset[Region]:
    return frozenset(region for region in texts.regions if _touch(at, region.raw_start, region.raw_end))


def _touch(at: Fact, first: int, end: int) -> bool:
    """Tell whether a region overlaps a fact, or is empty and lies inside it."""
    return at.first < end and first < at.end if first < end else at.first < first < at.end


def _reverted(texts: Alignment, regions: frozenset[Region]) -> str:
    """The cleaned text with the raw words again in some regions."""
    pieces: list[str] = []
    done = 0
    for region in sorted(regions):
        start, end = _place(texts, region)
        pieces.append(texts.cleaned.text[done:start])
        pieces.append(_raw_words(texts, region))
        done = end
    pieces.append(texts.cleaned.text[done:])
    return "".join(pieces).strip()


def _place(texts: Alignment, region: Region) -> tuple[int, int]:
    """Where a region lies in the cleaned text; an empty one behind the word before it, an addition with its space."""
    words = texts.cleaned.words
    before = words[region.clean_start - 1].end if region.clean_start else 0
    if region.clean_start == region.clean_end:
        return before, before
    start, end = words[region.clean_start].start, words[region.clean_end - 1].end
    return (before if region.raw_start == region.raw_end else start), end


def _raw_words(texts: Alignment, region: Region) -> str:
    if region.raw_start == region.raw_end:
        return ""
    words = texts.raw.text[texts.raw.words[region.raw_start].start : texts.raw.words[region.raw_end - 1].end]
    if region.clean_start < region.clean_end:
        return words
    return f" {words}" if region.clean_start else f"{words} "
