"""Words whose opposite was said: "fewer calls" of "more calls", "up" of "down"."""

from collections.abc import Iterator, Sequence

from language.anchoring.alignment import Alignment
from language.anchoring.corpus import Corpus
from language.anchoring.facts import Change, fact
from language.anchoring.unanchored import Kind
from language.names import root
from language.opposites import opposites_of
from language.tokens import Token
from language.utterance import Utterance


def turned(told: Sequence[Token], said: Utterance, corpus: Corpus) -> Iterator[Token]:
    """Yield the words of an argument whose opposite was said, and they never; a denial in what was said turns both."""
    if said.negations:
        return
    roots = frozenset(root(word.folded) for word in said.words)
    yield from (word for word in told if _is_turned(word, roots, corpus))


def turnings(texts: Alignment, heard: Corpus) -> Iterator[Change]:
    """Yield the words of a cleaned text that stand for their opposite in the raw one, and were not heard."""
    raw, cleaned = texts.raw.words, texts.cleaned.words
    for region in texts.regions:
        roots = frozenset(root(word.folded) for word in raw[region.raw_start : region.raw_end])
        for word in cleaned[region.clean_start : region.clean_end]:
            if _is_turned(word, roots, heard):
                yield Change(Kind.NEGATION, False, fact(cleaned, word))


def _is_turned(word: Token, roots: frozenset[str], corpus: Corpus) -> bool:
    return not opposites_of(word.folded).isdisjoint(roots) and not corpus.holds_root(word.folded)
