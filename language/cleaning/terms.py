"""Words that recognition garbled, repaired towards the terms of the call.

Sound alone decides only where the heard words make no sense of their own (they are rare, or in pieces); an everyday
word gives way only where the call speaks for the term: another reading of the same speech, the neighbours that the
term had before, or a plural after a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from language.cleaning.draft import Draft
from language.cleaning.term_context import NUMBER, Term, TermContext, build_context, counted
from language.everyday import is_everyday
from language.names import stem
from language.phonetics import is_spelt, phrase_sounds, similarity, swallows
from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS, NEGATIONS, PREPOSITIONS, is_number
from language.words import is_word

_LONGEST_SPAN = 5
_NEVER, _SURE, _EQUAL, _NEAR, _ALIKE, _SUPPORTED = 1.1, 0.94, 0.9, 0.78, 0.65, 0.5
"""How alike the sounds must be, 0..1, by what else speaks for the term; measured on calls and on read speech."""
_COUNTERS = word_set("many few several these those")
_KIN_SOUNDS = ("ieao@uYW", "sSzZCJ", "tdTD", "pbf", "vw", "kg", "mn")
_FIRST = {sound: group[0] for group in _KIN_SOUNDS for sound in group}
"""The group of a first sound: recognition garbles within it, hardly ever across."""


@dataclass(frozen=True)
class _Span:
    """Standing words that may be a garbled term: positions in `left`, folded words, sounds, neighbours."""

    start: int
    end: int
    words: tuple[str, ...]
    sounds: str
    before: str
    after: str

    @cached_property
    def is_rare(self) -> bool:
        """Whether one of the words is not among those that everybody uses."""
        return not all(is_everyday(word) for word in self.words)


def repair_terms(
    draft: Draft, terms: Sequence[str], history: Sequence[str] = (), alternatives: Sequence[str] = ()
) -> None:
    """Replace in the draft what sounds like a term of the call and makes less sense as it stands."""
    if not terms and not history:
        return
    context = build_context(terms, history, alternatives)
    left = draft.left()
    taken: set[int] = set()
    found = sorted(_candidates(draft, left, context), key=lambda one: (-one[0], one[1].start - one[1].end))
    for _, span, text in found:
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            if text is not None:
                draft.replace(left[span.start], left[span.end - 1] + 1, text)


def _candidates(draft: Draft, left: list[int], context: TermContext) -> Iterator[tuple[float, _Span, str | None]]:
    """Spans with their score and what replaces them; None for a term that stands as it should."""
    groups: dict[str, list[Term]] = {}
    for term in context.terms:
        groups.setdefault(_first(term.sounds), []).append(term)
    longest = max((len(term.sounds) for term in context.terms), default=0)
    for span in _spans(draft, left, longest):
        for term in groups.get(_first(span.sounds), ()):
            score = _score(span, term, context)
            if score > 0:
                same = span.words == term.words and not term.is_brand
                yield score, span, None if same else term.text
        if span.end - span.start == 1:
            yield from _from_history(span, context)


def _first(sounds: str) -> str:
    return _FIRST.get(sounds[:1], sounds[:1])


def _spans(draft: Draft, left: list[int], longest: int) -> Iterator[_Span]:
    """Runs of up to five words without number, negation, pause or name; they begin and end with plain words.

    Those of several words are no longer, in sounds, than the longest term may be garbled to.
    """
    folded = [draft.words[index].folded for index in left]
    fixed = [word in NEGATIONS or is_number(word) for word in folded]
    for start in range(len(left)):
        if folded[start] in FUNCTION_WORDS or _is_name(draft, left[start]):
            continue
        for end in range(start + 1, min(start + _LONGEST_SPAN, len(left)) + 1):
            if fixed[end - 1] or (end - start > 1 and not _joins(draft, left[end - 2], left[end - 1])):
                break
            if folded[end - 1] in FUNCTION_WORDS:
                continue
            words = tuple(folded[start:end])
            heard = phrase_sounds(words)
            if end - start > 1 and len(heard) * _EQUAL > longest + 1:
                break
            yield _Span(start, end, words, heard, *_around(folded, start, end))


def _is_name(draft: Draft, index: int) -> bool:
    """Whether a word that is no English word is written as a name in mid-sentence."""
    word = draft.words[index]
    return index > 0 and word.text.istitle() and not draft.stops_between(index - 1, index) and not is_word(word.folded)


def _joins(draft: Draft, first: int, second: int) -> bool:
    return second == first + 1 and draft.gap(second).strip() in {"", "-"}


def _around(folded: list[str], start: int, end: int) -> tuple[str, str]:
    return (counted(folded[start - 1]) if start else ""), (folded[end] if end < len(folded) else "")


def _score(span: _Span, term: Term, context: TermContext) -> float:
    """How surely the span is the term, 0.0 for not at all."""
    if span.words == term.words:
        return 2.0
    if _is_related(span.words, term.words) or span.after == term.words[-1] or span.before == term.words[0]:
        return 0.0
    floor = min(_floor_by_sound(span, term), _floor_by_call(span, term.words, context))
    short, long = sorted((len(span.sounds), len(term.sounds)))
    if short < floor * long:
        return 0.0
    likeness = similarity(span.sounds, term.sounds, floor)
    return 1.0 + likeness if likeness >= floor else 0.0


def _is_related(words: tuple[str, ...], term: tuple[str, ...]) -> bool:
    """Whether the words are a form of the term itself: "lead" and "leads", "improvements"."""
    return len(words) == len(term) and all(stem(a) == stem(b) for a, b in zip(words, term, strict=True))


def _floor_by_sound(span: _Span, term: Term) -> float:
    """How alike a span must sound where sound alone decides; above 1.0 where it never does."""
    if len(span.words) > 1 or len(term.words) > 1:
        rare = len(span.sounds) >= 4 and span.is_rare
        if rare and len(span.words) == 1 and swallows(span.sounds, term.sounds):
            return 0.0
        return _NEAR if rare else _EQUAL if len(term.sounds) >= 6 else _NEVER
    word = span.words[0]
    if not span.is_rare or _is_kin(word, term) or is_spelt(word) or span.before in PREPOSITIONS:
        return _NEVER
    return _NEAR if len(term.sounds) >= 7 else _SURE


def _is_kin(word: str, term: Term) -> bool:
    """Whether an English word shares its beginning with the term: "convergence" may be meant as it stands."""
    return word[:4] == term.words[0][:4] and is_word(word)


def _floor_by_call(span: _Span, term: tuple[str, ...], context: TermContext) -> float:
    """How alike an everyday word must sound where the call speaks for the term; above 1.0 where it does not."""
    if context.words.issuperset(span.words):
        return _NEVER
    if context.reads_between(span.before, term, span.after) and not context.reads(span.words):
        return _SUPPORTED
    before, after = context.follows(span.before, term[0]), context.follows(term[-1], span.after)
    if (before and after) or _counts(span, term):
        return _SUPPORTED
    return _ALIKE if (before and _weighs(span.before)) or (after and _weighs(span.after)) else _NEVER


def _weighs(word: str) -> bool:
    return word not in FUNCTION_WORDS and word != NUMBER


def _counts(span: _Span, term: tuple[str, ...]) -> bool:
    """Whether a plural is due where the heard word is none: "fifty coast a month"."""
    counted = span.before == NUMBER or span.before in _COUNTERS
    closed = not span.after or span.after in FUNCTION_WORDS or span.after in {"per", "each", "every"}
    single = len(span.words) == 1 and not span.words[0].endswith("s")
    return counted and closed and single and term[-1].endswith("s")


def _from_history(span: _Span, context: TermContext) -> Iterator[tuple[float, _Span, str]]:
    """A word of earlier turns that had both these neighbours, or one of them and the plural that is due."""
    word = span.words[0]
    if word in context.words or not span.before:
        return
    for candidate in context.following.get(span.before, ()):
        if candidate in FUNCTION_WORDS or candidate in (NUMBER, span.after) or candidate.endswith("ing"):
            continue
        due = _counts(span, (candidate,))
        if _is_related(span.words, (candidate,)) or not (due or context.follows(candidate, span.after)):
            continue
        heard = phrase_sounds((candidate,))
        likeness = similarity(span.sounds, heard) if _first(span.sounds) == _first(heard) else 0.0
        if likeness >= (_SUPPORTED if due else _ALIKE):
            yield likeness, span, candidate
