"""Facts without an anchor: numbers and names of a text that nobody said."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from language.anchoring.corpus import PERCENT, Corpus, holds_joined_name
from language.anchoring.derived_values import derived_wholes, other_wholes
from language.cleaning.readings import strangers
from language.names import NameSpan, names_of, stem
from language.number_words import VAGUE, WORDS, counting_word
from language.numbers import NumberSpan
from language.tokens import Token
from language.utterance import Utterance

_ORDINAL = "fg"


class Kind(StrEnum):
    """What sort of fact a span states."""

    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    WORDS = "words"


class Span(NamedTuple):
    """A fact where it stands: `text == source[start:end]`."""

    kind: Kind
    start: int
    end: int
    text: str


def unanchored(text: str, corpus: Corpus, *, title: bool = False) -> tuple[Span, ...]:
    """Find the numbers and names of a text that the corpus does not hold, in order.

    Numbers are compared by value, in all plausible readings of what was said; names by stem, whole,
    in pieces or joined. In a `title` the capital of the first word makes it a name too. A value that the corpus derived
    is anchored as a whole; once it derived a date or an address, no other is anchored by its pieces.
    """
    return unanchored_in(Utterance(text), corpus, title=title)


def unanchored_in(said: Utterance, corpus: Corpus, *, title: bool = False) -> tuple[Span, ...]:
    """As unanchored, for a text that was read already."""
    found = [_span(Kind.NUMBER, span) for span in strangers(said.text, said.numbers, corpus.values)]
    if "percent" not in corpus.stems:
        found += [Span(Kind.NUMBER, *sign.span(), sign.group()) for sign in PERCENT.finditer(said.text)]
    found += _vague(said.words, said.numbers, corpus)
    found += _names(said.text, said.words, corpus, title=title)
    return tuple(sorted(_judged_whole(said.text, found, corpus), key=lambda span: span.start))


def _judged_whole(text: str, found: Sequence[Span], corpus: Corpus) -> list[Span]:
    """The findings outside of derived values, and the dates and addresses that are neither derived nor said whole."""
    if not corpus.derived:
        return list(found)
    whole = derived_wholes(text, corpus.derived)
    others = other_wholes(text, corpus.derived)
    wrong = [span for span in others if not corpus.holds_name(_squeezed(text[slice(*span)]))]
    left = [span for span in found if not any(start <= span.start < end for start, end in (*whole, *wrong))]
    kinds = [Kind.NAME if "@" in text[start:end] else Kind.NUMBER for start, end in wrong]
    return [*left, *(Span(kind, *span, text[slice(*span)]) for kind, span in zip(kinds, wrong, strict=True))]


def _squeezed(value: str) -> str:
    return "".join(sign for sign in value.lower() if sign.isalnum())


def _span(kind: Kind, span: NumberSpan | NameSpan) -> Span:
    return Span(kind, span.start, span.end, span.text)


def _vague(words: Sequence[Token], numbers: Sequence[NumberSpan], corpus: Corpus) -> list[Span]:
    return [
        Span(Kind.NUMBER, word.start, word.end, word.text)
        for word in words
        if (quantity := counting_word(word.folded))
        and not _was_counted(quantity, word, corpus)
        and not any(span.start <= word.start < span.end for span in numbers)
    ]


def _was_counted(quantity: str, word: Token, corpus: Corpus) -> bool:
    if stem(word.folded) in corpus.stems or word.folded.endswith("fold"):
        return stem(word.folded) in corpus.stems
    if quantity in VAGUE or WORDS[quantity].role in _ORDINAL:
        return stem(quantity) in corpus.stems
    return WORDS[quantity].value in corpus.values


def _names(text: str, words: Sequence[Token], corpus: Corpus, *, title: bool) -> list[Span]:
    places = {word.start: place for place, word in enumerate(words)}
    return [
        _span(Kind.NAME, name)
        for name in names_of(text, words, title=title)
        if not corpus.holds_name(name.key) and not holds_joined_name(corpus, words, places[name.start])
    ]
