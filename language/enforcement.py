"""The promise that cleaning invents nothing and loses no fact, kept word by word."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from language.alignment import Alignment, Region
from language.comparison import changes, fact
from language.corpus import Corpus
from language.unanchored import Kind, unanchored_in
from language.utterance import Utterance

_ROUNDS = 6
_MOST_OFFENCES = 50


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
        offences = tuple(islice(_offences(texts, heard, elsewhere.values), _MOST_OFFENCES))
        if not offences and (text.strip() or not reverted):
            return Enforced(text, tuple(reverted), whole=text == raw)
        reverted += [offence.kind for offence in offences]
        if len(offences) in {0, _MOST_OFFENCES} or not all(offence.regions for offence in offences):
            break
        text = _reverted(texts, frozenset().union(*(offence.regions for offence in offences)))
    return Enforced(raw, tuple(reverted), whole=True)


def _offences(texts: Alignment, heard: Corpus, elsewhere: Set[Decimal]) -> Iterator[_Offence]:
    for span in unanchored_in(texts.cleaned, heard):
        first, end, _ = fact(texts.cleaned.words, span)
        yield _Offence(span.kind, texts.around_clean(first, end))
    for change in changes(texts, elsewhere):
        around = texts.around_raw if change.dropped else texts.around_clean
        yield _Offence(change.kind, around(change.fact.first, change.fact.end))


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
