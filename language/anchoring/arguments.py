"""The anchor check of tool arguments: values that nobody said, or that were said otherwise."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from language.anchoring.claims import EMPTY_WORDS, Claims
from language.anchoring.corpus import Corpus, holds_joined_name
from language.anchoring.derived_values import derived_wholes
from language.anchoring.number_claims import NumberClaims
from language.anchoring.turned import turned
from language.anchoring.unanchored import Kind, unanchored_in
from language.names import stem
from language.negation import is_negation
from language.number_words import counting_word
from language.tokens import Token, word_set
from language.utterance import Utterance

_NEAR = 4
_LONGEST_TEXT = 80
_UNQUOTED = EMPTY_WORDS | word_set("about around roughly approximately circa per each every")
"""Words that a quotation may hold though nobody said them."""


class UnanchoredValue(NamedTuple):
    """A fact in a tool's arguments that nobody said: where ("channels[1]"), what, which kind."""

    path: str
    text: str
    kind: Kind


def unanchored_arguments(
    arguments: Mapping[str, Any],
    corpus: Corpus,
    exempt: Collection[str] = (),
    quoted: Collection[str] = (),
    newest: str = "",
) -> tuple[UnanchoredValue, ...]:
    """Find the numbers, names and negations in tool arguments that the corpus does not hold.

    Walks strings, numbers, lists and mappings. `exempt` names the keys, at any depth, whose values
    are enums or defaults of the schema; `quoted` those whose values are the speaker's own words, every one of
    which must have been said, in some form. What the `newest` turn only denied may not be stated, nor the opposite of
    what it stated, nor its numbers given another bound, period or thing. Booleans and None state no number.
    """
    turn = Utterance(newest)
    walk = _Walk(corpus, frozenset(exempt), frozenset(quoted), turn, Claims.of(turn), NumberClaims(turn))
    return tuple(walk.mapping(arguments, ""))


@dataclass(frozen=True, slots=True)
class _Walk:
    corpus: Corpus
    exempt: frozenset[str]
    quoted: frozenset[str]
    newest: Utterance
    claims: Claims
    numbers: NumberClaims

    def mapping(self, values: Mapping[str, Any], path: str, *, whole: bool = False) -> Iterator[UnanchoredValue]:
        for key, value in values.items():
            if key not in self.exempt:
                below = f"{path}.{key}" if path else str(key)
                yield from self._value(value, below, whole=whole or key in self.quoted)

    def _value(self, value: Any, path: str, *, whole: bool) -> Iterator[UnanchoredValue]:
        match value:
            case bool() | None:
                return
            case int() | float() | Decimal():
                if abs(Decimal(str(value))) not in self.corpus.values:
                    yield UnanchoredValue(path, str(value), Kind.NUMBER)
            case Mapping():
                yield from self.mapping(value, path, whole=whole)
            case list() | tuple() | set() | frozenset():
                for index, item in enumerate(value):
                    yield from self._value(item, f"{path}[{index}]", whole=whole)
            case _:
                for text, kind in self._text(Utterance(str(value)), whole=whole):
                    yield UnanchoredValue(path, text, kind)

    def _text(self, told: Utterance, *, whole: bool) -> Iterator[tuple[str, Kind]]:
        strange = unanchored_in(told, self.corpus, title=_is_title(told.words))
        yield from ((span.text, span.kind) for span in strange)
        if whole:
            known = {span.start for span in strange}
            yield from ((word.text, Kind.WORDS) for word in _unsaid(told, self.corpus) if word.start not in known)
        yield from ((text, Kind.NEGATION) for text in _undenied(told, self.corpus))
        if self.claims.contradict(told):
            yield told.text[:_LONGEST_TEXT], Kind.NEGATION
        yield from ((word.text, Kind.NEGATION) for word in turned(told.words, self.newest, self.corpus))
        yield from ((text, Kind.NUMBER) for text in self.numbers.changed(told, self.corpus, whole=whole))


def _is_title(words: Sequence[Token]) -> bool:
    """Tell a name ("Grace", "Quick Fit Windows") from a sentence, whose first capital means nothing."""
    return all(word.text[0].isupper() or word.folded in EMPTY_WORDS for word in words)


def _unsaid(told: Utterance, corpus: Corpus) -> Iterator[Token]:
    """The words of a quotation that nobody said, nor any that they were derived from.

    Numbers, quantities and negations are checked by themselves.
    """
    derived = derived_wholes(told.text, corpus.derived)
    numbers = {place for span in told.numbers for place in range(span.start, span.end)}
    free = frozenset[str]() if _UNQUOTED.issuperset(word.folded for word in told.words) else _UNQUOTED
    for place, word in enumerate(told.words):
        if word.folded in free or is_negation(word.folded) or counting_word(word.folded):
            continue
        if word.start in numbers or corpus.holds_root(word.folded):
            continue
        if any(start <= word.start < end for start, end in derived):
            continue
        if not corpus.holds_name(stem(word.folded)) and not holds_joined_name(corpus, told.words, place):
            yield word


def _undenied(told: Utterance, corpus: Corpus) -> Iterator[str]:
    """The denials of an argument that nobody made."""
    places = {word.start: place for place, word in enumerate(told.words)}
    for denial in told.negations:
        place = places[denial.start]
        if not _was_used(denial.text, told.words[place], corpus) and not _was_denied(told.words, place, corpus):
            yield denial.text


def _was_used(denial: str, word: Token, corpus: Corpus) -> bool:
    """Tell whether the very word that denies by its meaning was said, of "used to" the "used"."""
    if is_negation(word.folded):
        return False
    return corpus.holds_root(word.folded) if len(denial) == len(word.text) else word.folded in corpus.stems


def _was_denied(words: Sequence[Token], place: int, corpus: Corpus) -> bool:
    """Tell whether somebody negated what this argument negates: a word beside it was said in a negation."""
    if not corpus.negated:
        return False
    near = [*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]]
    stems = {stem(word.folded) for word in near if word.folded not in EMPTY_WORDS}
    return not stems or corpus.holds_negated(stems)
