"""Where a text dictates: an address with its dots, letters one by one. What stands there is meant to the letter."""

import re
from collections.abc import Iterator

from language.slots.email import emails
from language.slots.spelling import example_length, spellings
from language.tokens import tokens

_ADDRESS = re.compile(r"\b[^\W_]++(?:(?:\s(?:dot|underscore)\s|[.@_])[^\W_]++)++", re.IGNORECASE)
_SIGNS = re.compile(r"\b[^\W_](?:[\s,.-]+[^\W_]\b){2,}+")
"""Letters and figures, one by one: "0 m d"."""
_FEWEST_LETTERS = 3
"""Two letters in a row may be the end of a garbled word: "response i q"."""


def dictated_in(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text, as start and end, that are said for their letters."""
    spelt = ((one.start, one.end) for one in spellings(text) if len(one.letters) >= _FEWEST_LETTERS)
    signs = (one.span() for one in _SIGNS.finditer(text))
    return (*_addresses(text), *spelt, *signs, *_examples(text))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Words with a dot between them, and all of an e-mail address: "anita rao" of "anita rao at example dot com"."""
    found = [one.span() for one in _ADDRESS.finditer(text)]
    yield from found
    if found:
        yield from ((one.start, one.end) for one in emails(text))


def _examples(text: str) -> Iterator[tuple[int, int]]:
    """Letters told by a word: "m for mother"."""
    words = tokens(text)
    for place, word in enumerate(words):
        length = example_length(words, place, word.folded) if len(word.folded) == 1 else 0
        if length:
            yield word.start, words[place + length].end
