"""The promise that cleaning invents nothing and loses no fact, kept word by word."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from language.anchoring.alignment import Alignment, Region
from language.anchoring.comparison import changes
from language.anchoring.corpus import Corpus
from language.anchoring.facts import Change, fact
from language.anchoring.number_changes import phrase_around
from language.anchoring.reverting import reverted_text
from language.anchoring.turned import turnings
from language.anchoring.unanchored import Kind, unanchored_in
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
        offences = tuple(islice(_offences(texts, heard, said, elsewhere.values), _MOST_OFFENCES))
        if not offences and (text.strip() or not reverted):
            return Enforced(text, tuple(reverted), whole=text == raw)
        reverted += [offence.kind for offence in offences]
        if len(offences) in {0, _MOST_OFFENCES} or not all(offence.regions for offence in offences):
            break
        text = reverted_text(texts, frozenset().union(*(offence.regions for offence in offences)))
    return Enforced(raw, tuple(reverted), whole=True)


def _offences(texts: Alignment, heard: Corpus, said: Corpus, elsewhere: Set[Decimal]) -> Iterator[_Offence]:
    words = texts.cleaned.words
    for span in unanchored_in(texts.cleaned, heard):
        regions = _regions(texts, Change(span.kind, False, fact(words, span))) if words else frozenset[Region]()
        yield _Offence(span.kind, regions)
    for change in (*changes(texts, elsewhere), *turnings(texts, said)):
        yield _Offence(change.kind, _regions(texts, change))


def _regions(texts: Alignment, change: Change) -> frozenset[Region]:
    """The regions to take back for a fact: those of its words, or of the whole range of numbers that it is part of."""
    first, end, _ = change.fact
    if change.kind is not Kind.NUMBER:
        return texts.around_raw(first, end) if change.dropped else texts.around_clean(first, end)
    if not change.dropped:
        now = phrase_around(texts.cleaned, first, end)
        raw = phrase_around(texts.raw, *texts.of_clean(*now))
        return texts.around_clean(*now) | texts.around_raw(*raw)
    raw = phrase_around(texts.raw, first, end)
    now = phrase_around(texts.cleaned, *texts.of_raw(*raw))
    return texts.around_raw(*raw) | texts.around_clean(*now)
