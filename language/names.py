"""Names in a text: words outside the common English list, and words capitalised in mid-sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from language.back_channel import is_hesitation
from language.number_words import part_of
from language.tokens import Token, tokens, word_set
from language.word_classes import FUNCTION_WORDS, MODALS
from language.words import is_word

_SENTENCE_ENDS = frozenset(".!?…\n。؟")
_ABBREVIATIONS = word_set("mr mrs ms dr prof st no vs")
_NOT_NAMES = (FUNCTION_WORDS - MODALS) | word_set("i've i'd i'll im ive point")
"""Words that name nobody, however they are written; Will and May do."""
_ENDINGS = ("ation", "ment", "ing", "ed", "er", "ly", "e")
_SHORTEST_ROOT = 4
_IRREGULAR = {"using": "use", "used": "use", "got": "get", "getting": "get", "ran": "run", "running": "run"}
_SUFFIXES = frozenset({"s", "d", "ll", "m", "re", "ve"})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name where it stands, one word of it: `text == source[start:end]`; `key` is what to compare by."""

    start: int
    end: int
    text: str
    key: str


def names_in(text: str) -> tuple[NameSpan, ...]:
    """Find the words of a text that name something, in order; a name of several words is several spans."""
    return names_of(text, tokens(text))


def names_of(text: str, words: Sequence[Token], *, title: bool = False) -> tuple[NameSpan, ...]:
    """As names_in, for a text whose tokens are at hand; in a `title` the first word's capital counts too."""
    found = []
    for place, word in enumerate(words):
        capital = word.text[0].isupper() and (title or not _opens_sentence(text, words, place))
        named = (capital and word.folded not in _NOT_NAMES) or not is_word(word.folded)
        if named and not _is_number(word) and not is_hesitation(word.folded):
            found.append(NameSpan(word.start, word.end, word.text, stem(word.folded)))
    return tuple(found)


def stem(folded: str) -> str:
    """Reduce a folded word to what its possessive, plural and contracted forms share."""
    base = folded
    if "'" in folded:
        head, _, suffix = folded.rpartition("'")
        base = (head if suffix in _SUFFIXES else folded).replace("'", "")
    if not base.endswith("s"):
        return base
    if base.endswith("ies") and len(base) > 4:
        return base[:-3] + "y"
    return base if base.endswith("ss") or len(base) <= 3 else base[:-1]


@lru_cache(maxsize=8192)
def root(folded: str) -> str:
    """Reduce a folded word further, to what "install", "installing" and "installer" share; roughly."""
    base = _IRREGULAR.get(folded) or stem(folded)
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST_ROOT:
            base = base.removesuffix(ending)
            break
    return base[:-1] if len(base) > _SHORTEST_ROOT and base[-1] == base[-2] and base[-1] not in "sl" else base


def _opens_sentence(text: str, words: Sequence[Token], place: int) -> bool:
    if place == 0:
        return True
    before = words[place - 1]
    gap = text[before.end : words[place].start]
    if gap.startswith(".") and (before.folded in _ABBREVIATIONS or len(before.folded) == 1):
        return False
    return not _SENTENCE_ENDS.isdisjoint(gap)


def _is_number(word: Token) -> bool:
    """Tell whether the checks of numbers own this word; a mix of letters and digits is a name as well."""
    return part_of(word) is not None or not any(letter.isalpha() for letter in word.folded)
