"""Words that recognition garbled, repaired towards the terms of the call."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from language.cleaning.dictated import dictated_in
from language.cleaning.draft import Draft
from language.cleaning.term_context import TermContext, build_context
from language.cleaning.term_evidence import EQUAL, NEAR, SUPPORTED, counts, floor_in_history, floor_of, is_related
from language.cleaning.term_index import Term, TermIndex, first_sound
from language.cleaning.term_spans import Span, spans_of
from language.phonetics import phrase_sounds, similarity
from language.tokens import folded

_MARGIN = 0.1
"""How much likelier one name must sound than the next."""


def repair_terms(
    draft: Draft, terms: Sequence[str], history: Sequence[str] = (), alternatives: Sequence[str] = ()
) -> None:
    """Replace in the draft what sounds like a term of the call and makes less sense as it stands."""
    if not terms and not history:
        return
    left = draft.left()
    heard = frozenset(draft.words[index].folded for index in left)
    context = build_context(terms, history, alternatives, heard)
    taken: set[int] = set()
    found = sorted(_candidates(draft, left, context), key=lambda one: (-one[0], one[1].start - one[1].end))
    dictated = dictated_in(draft.text) if found else ()
    for _, span, text in found:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            if text is not None and (_joins(span, text) or not _is_dictated(draft, left, span, dictated)):
                draft.replace(left[span.start], left[span.end - 1] + 1, text, "term")


def _is_dictated(draft: Draft, left: list[int], span: Span, places: Sequence[tuple[int, int]]) -> bool:
    """Whether the span has words said for their letters."""
    start, end = draft.words[left[span.start]].start, draft.words[left[span.end - 1]].end
    return any(start < last and first < end for first, last in places)


def _joins(span: Span, text: str) -> bool:
    """Whether a text has the very letters that were spelt: PPC for "p p c"."""
    return all(len(word) == 1 for word in span.words) and "".join(span.words) == folded(text)


def _candidates(draft: Draft, left: list[int], context: TermContext) -> Iterator[tuple[float, Span, str | None]]:
    """Spans with their score and what replaces them; None for a term that stands as it should."""
    for span in spans_of(draft, left, context.index.longest):
        said = context.index.by_words.get(span.words)
        if said is not None:
            yield 2.0, span, said.text if said.is_brand else None
            continue
        for term in dict.fromkeys(chain(_by_sound(span, context), _by_call(span, context))):
            score = _score(span, term, context)
            if score > 0 and not (term.is_name and _is_doubtful(span, term, context.index)):
                yield score, span, term.text
        if span.end - span.start == 1:
            yield from _from_history(span, context)


def _by_sound(span: Span, context: TermContext) -> Iterable[Term]:
    """The terms that sound like the span, as near as it must be; a rare word may be what is left of a long term."""
    if counts(span):
        return context.index.near(span.sounds, SUPPORTED)
    if not span.is_rare:
        return context.index.near(span.sounds, EQUAL)
    swallowed = context.index.swallowed(span.sounds) if len(span.words) == 1 else ()
    return chain(context.index.near(span.sounds, NEAR), swallowed)


def _by_call(span: Span, context: TermContext) -> Iterator[Term]:
    """The terms that the call would have here: by another reading, or beside one of the span's neighbours."""
    index, first = context.index, first_sound(span.sounds)
    after = chain.from_iterable(index.by_start.get(word, ()) for word in context.following(span.before))
    before = chain.from_iterable(index.by_end.get(word, ()) for word in context.preceding(span.after))
    yield from context.offered_terms.get(first, ())
    yield from (term for term in chain(after, before) if first_sound(term.sounds) == first)


def _score(span: Span, term: Term, context: TermContext) -> float:
    """How surely the span is the term, 0.0 for not at all."""
    floor = floor_of(span, term, context)
    likeness = similarity(span.sounds, term.sounds, floor) if floor <= 1 else 0.0
    return 1.0 + likeness if likeness >= floor else 0.0


def _is_doubtful(span: Span, name: Term, index: TermIndex) -> bool:
    """Whether another name of the call is about as near."""
    near = similarity(span.sounds, name.sounds) - _MARGIN
    return any(similarity(span.sounds, other.sounds, near) > near for other in index.names if other is not name)


def _from_history(span: Span, context: TermContext) -> Iterator[tuple[float, Span, str]]:
    """A word of earlier turns: another reading has it here, or it had both neighbours, or one and the plural due."""
    if span.words[0] in context.words or span.is_name:
        return
    followers = context.following(span.before) if span.before else frozenset()
    first = first_sound(span.sounds)
    for candidate in sorted(followers | context.offered_words):
        heard = phrase_sounds((candidate,))
        if first_sound(heard) != first:
            continue
        floor = floor_in_history(span, candidate, context)
        if floor > 1 or (candidate,) in context.index.by_words or is_related(span.words, (candidate,)):
            continue
        likeness = similarity(span.sounds, heard, floor)
        if likeness >= floor:
            yield likeness, span, candidate
