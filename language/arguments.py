"""The anchor check of tool arguments: values that nobody said."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from language.corpus import Corpus
from language.names import stem
from language.negation import is_negation
from language.tokens import Token, tokens, word_set
from language.unanchored import Kind, unanchored

_NEAR = 4
_EMPTY_WORDS = word_set(
    "a an the is are was were be been am do does did have has had to of in on at for with and or but it its "
    "this that they them their he she his her we our you your i me my there any so as by from will would can could"
)


class UnanchoredValue(NamedTuple):
    """A fact in a tool's arguments that nobody said: where ("channels[1]"), what, which kind."""

    path: str
    text: str
    kind: Kind


def unanchored_arguments(
    arguments: Mapping[str, Any], corpus: Corpus, exempt: Collection[str] = ()
) -> tuple[UnanchoredValue, ...]:
    """Find the numbers, names and negations in tool arguments that the corpus does not hold.

    Walks strings, numbers, lists and mappings; `exempt` names the keys, at any depth, whose values
    are enums or defaults of the schema. Booleans and None state no number.
    """
    return tuple(_of_mapping(arguments, corpus, frozenset(exempt), ""))


def _of_mapping(
    values: Mapping[str, Any], corpus: Corpus, exempt: Collection[str], path: str
) -> Iterator[UnanchoredValue]:
    for key, value in values.items():
        if key not in exempt:
            yield from _of_value(value, corpus, exempt, f"{path}.{key}" if path else str(key))


def _of_value(value: Any, corpus: Corpus, exempt: Collection[str], path: str) -> Iterator[UnanchoredValue]:
    match value:
        case bool() | None:
            return
        case str():
            yield from _of_text(value, corpus, path)
        case int() | float() | Decimal():
            if abs(Decimal(str(value))) not in corpus.values:
                yield UnanchoredValue(path, str(value), Kind.NUMBER)
        case Mapping():
            yield from _of_mapping(value, corpus, exempt, path)
        case list() | tuple() | set() | frozenset():
            for index, item in enumerate(value):
                yield from _of_value(item, corpus, exempt, f"{path}[{index}]")
        case _:
            yield from _of_text(str(value), corpus, path)


def _of_text(text: str, corpus: Corpus, path: str) -> Iterator[UnanchoredValue]:
    words = tokens(text)
    for span in unanchored(text, corpus, title=_is_title(words)):
        yield UnanchoredValue(path, span.text, span.kind)
    for place, word in enumerate(words):
        if is_negation(word.folded) and not _was_denied(words, place, corpus):
            yield UnanchoredValue(path, word.text, Kind.NEGATION)


def _is_title(words: Sequence[Token]) -> bool:
    """Tell a name ("Grace", "Quick Fit Windows") from a sentence, whose first capital means nothing."""
    return all(word.text[0].isupper() or word.folded in _EMPTY_WORDS for word in words)


def _was_denied(words: Sequence[Token], place: int, corpus: Corpus) -> bool:
    """Tell whether somebody negated what this argument negates: a word beside it was said in a negation."""
    if not corpus.negated:
        return False
    near = [*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]]
    stems = {stem(word.folded) for word in near if word.folded not in _EMPTY_WORDS}
    return not stems or corpus.holds_negated(stems)
