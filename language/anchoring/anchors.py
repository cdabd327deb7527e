"""The promise "no fact that nobody said": the checks of cleaned texts and of tool arguments.

A number, name or negation is anchored when the corpus holds it: this turn's words, earlier turns of
both sides, the call context, the dataset, tool results. What a derivation makes of anchored words (a
date of "tomorrow") becomes anchored by adding its text to the corpus. Numbers keep their order, sign, percent,
bound and period; a quoted argument holds only words that were said; what the newest turn denied is not
told as stated.

The limit: these are checks of words, by lists. A text that holds the same numbers, names and denials can still say
something else: "we will" for "we may", "he pays" for "she pays". An opposite ("many" for "few", "up" for "down") is
seen where no denial stands beside it and it was not said anywhere else. A common word said in one sense anchors the
same word in another, and a number of the dataset or an earlier turn anchors an equal one of another thing, where the
newest turn does not count it.
"""

from language.anchoring.arguments import UnanchoredValue, unanchored_arguments
from language.anchoring.corpus import Corpus
from language.anchoring.enforcement import Enforced, enforce
from language.anchoring.unanchored import Kind, Span, unanchored

__all__ = [
    "Corpus",
    "Enforced",
    "Kind",
    "Span",
    "UnanchoredValue",
    "enforce",
    "unanchored",
    "unanchored_arguments",
]
