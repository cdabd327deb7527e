"""Common English words, lower case, with their inflections (SCOWL up to size 50; see LICENSE)."""

import gzip
from functools import cache
from importlib.resources import files

_SUFFIXES = frozenset({"s", "d", "ll", "m", "re", "ve", "em"})


@cache
def load_words() -> frozenset[str]:
    """Read the word list: some 63,000 words, about 20 ms the first time and nothing after."""
    packed = files(__name__).joinpath("english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())


def is_word(folded: str) -> bool:
    """Tell whether a folded token is a common English word; "we'll" and "dog's" are where their stem is."""
    words = load_words()
    if folded in words:
        return True
    stem, mark, suffix = folded.rstrip("'").rpartition("'")
    return bool(mark) and suffix in _SUFFIXES and stem in words
