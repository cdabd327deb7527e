"""Words repeated from a text: nobody comes by so many in a row by chance."""

from collections.abc import Iterable
from functools import lru_cache

from language.tokens import tokens

ECHOED_WORDS = 8
"""So many words in a row shared with another text are an echo of it."""

Runs = frozenset[tuple[str, ...]]


def echoes(text: str, sources: Iterable[str], said: Iterable[str] = ()) -> bool:
    """Whether a text repeats a run of words of a source that stands in nothing of what was said."""
    runs = _runs(text)
    repeated = Runs().union(*(runs & _runs_of_source(source) for source in sources))
    return bool(repeated) and not repeated <= Runs().union(*map(_runs, said))


@lru_cache(maxsize=64)
def _runs_of_source(source: str) -> Runs:
    return _runs(source)


def _runs(text: str) -> Runs:
    words = [token.folded for token in tokens(text)]
    return frozenset(tuple(words[at : at + ECHOED_WORDS]) for at in range(len(words) - ECHOED_WORDS + 1))
