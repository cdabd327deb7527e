"""How alike a run of words must sound to a term of the call, by what else speaks for the term.

Sound alone decides only where the heard words make no sense of their own (they are rare, or in pieces); an everyday
word gives way only where the call speaks for the term: another reading of the same speech, the neighbours that the
term had before, a title that a name must follow, or a plural after a number.
"""

from language.cleaning.term_context import NUMBER, TermContext
from language.cleaning.term_index import Term, is_fixed
from language.cleaning.term_spans import Span
from language.names import stem
from language.phonetics import is_spelt, swallows
from language.tokens import word_set
from language.word_classes import FUNCTION_WORDS, PREPOSITIONS
from language.words import is_word

NEVER, SURE, EQUAL, CLOSE, NEAR, ALIKE, SUPPORTED = 1.1, 0.94, 0.9, 0.85, 0.78, 0.65, 0.5
"""Likeness of sounds, 0..1, above which one is the other; measured on calls and on read speech."""
_LONG, _MIDDLING, _SHORT = 7, 6, 4
"""Sounds by which likeness says much, something, little."""
_COUNTERS = word_set("many few several these those")


def floor_of(span: Span, term: Term, context: TermContext) -> float:
    """How alike the span must sound to be the term; above 1.0 where it never is."""
    if is_related(span.words, term.words) or span.after == term.words[-1] or span.before == term.words[0]:
        return NEVER
    return min(_floor_by_sound(span, term), _floor_by_call(span, term, context))


def is_related(words: tuple[str, ...], term: tuple[str, ...]) -> bool:
    """Whether the words are a form of the term itself: "lead" and "leads", "improvements"."""
    return len(words) == len(term) and all(stem(a) == stem(b) for a, b in zip(words, term, strict=True))


def _floor_by_sound(span: Span, term: Term) -> float:
    """How alike a span must sound where sound alone decides; above 1.0 where it never does."""
    single = len(span.words) == 1
    if span.is_name or (term.is_name and not (span.is_broken and single)):
        return NEVER
    return _floor_of_word(span, term) if single and len(term.words) == 1 else _floor_of_phrase(span, term)


def _floor_of_phrase(span: Span, term: Term) -> float:
    if len(span.sounds) < _SHORT or not span.is_rare:
        return EQUAL if len(term.sounds) >= _MIDDLING else NEVER
    swallowed = len(span.words) == 1 and term.text.islower() and swallows(span.sounds, term.sounds)
    return 0.0 if swallowed else NEAR if span.is_broken else CLOSE


def _floor_of_word(span: Span, term: Term) -> float:
    """A rare word gives way to a long term, a less rare one only to its double; a place after a preposition stays."""
    word, long = span.words[0], len(term.sounds) >= _LONG
    if not span.is_rare or _is_kin(word, term) or is_spelt(word) or (span.before in PREPOSITIONS and not long):
        return NEVER
    if term.is_name or len(term.sounds) < _MIDDLING:
        return SURE
    return NEAR if long else EQUAL if span.is_broken else SURE


def _is_kin(word: str, term: Term) -> bool:
    """Whether an English word shares its beginning with the term: "convergence" may be meant as it stands."""
    return word[:4] == term.words[0][:4] and is_word(word)


def _floor_by_call(span: Span, term: Term, context: TermContext) -> float:
    """How alike an everyday word must sound where the call speaks for the term; above 1.0 where it does not."""
    if context.words.issuperset(span.words):
        return NEVER
    if _outvoted(span, term.words, context):
        return SUPPORTED
    before, after = context.follows(span.before, term.words[0]), context.follows(term.words[-1], span.after)
    if span.is_name:
        return NEAR if before or after else SURE if span.titled and term.is_name else NEVER
    if (before and after) or (counts(span) and term.words[-1].endswith("s") and term.words[-1] in context.words):
        return SUPPORTED
    if span.titled and term.is_name:
        return CLOSE if span.is_rare else SURE
    return ALIKE if (before and _weighs(span.before)) or (after and _weighs(span.after)) else NEVER


def _outvoted(span: Span, words: tuple[str, ...], context: TermContext) -> bool:
    """Whether more of the other readings have these words here than what was heard."""
    votes = context.votes(span.before, words, span.after) if words in context.offered else 0.0
    return votes > 0 and votes > context.votes(span.before, span.words, span.after)


def _weighs(word: str) -> bool:
    return word not in FUNCTION_WORDS and word != NUMBER


def counts(span: Span) -> bool:
    """Whether a plural is due where the heard word is none: "fifty coast a month"."""
    counted = span.before == NUMBER or span.before in _COUNTERS
    closed = not span.after or span.after in FUNCTION_WORDS or span.after in {"per", "each", "every"}
    return counted and closed and len(span.words) == 1 and not span.words[0].endswith("s")


def floor_in_history(span: Span, word: str, context: TermContext) -> float:
    """How alike the span must sound to a word of the call; above 1.0 where nothing speaks for it here."""
    if word in FUNCTION_WORDS or is_fixed(word) or word in (NUMBER, span.after) or word.endswith("ing"):
        return NEVER
    if _outvoted(span, (word,), context):
        return SUPPORTED
    followed = context.follows(span.before, word)
    if followed and counts(span) and word.endswith("s"):
        return SUPPORTED
    return ALIKE if followed and context.follows(word, span.after) else NEVER
