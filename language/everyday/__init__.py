"""The words that everybody uses, lower case, with their inflections (SCOWL sizes 10 and 20; see ../words/LICENSE)."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def load_everyday_words() -> frozenset[str]:
    """Read the list: some 11,000 words, about 4 ms the first time and nothing after."""
    packed = files(__name__).joinpath("english.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split())


def is_everyday(folded: str) -> bool:
    """Tell whether a folded word is one that everybody uses; "dog's" and "we'll" are where their stem is."""
    words = load_everyday_words()
    return folded in words or folded.partition("'")[0] in words
