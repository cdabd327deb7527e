"""The promise "no fact that nobody said": the checks of cleaned texts and of tool arguments.

A number, name or negation is anchored when the corpus holds it: this turn's words, earlier turns of
both sides, the call context, the dataset, tool results. What a derivation makes of anchored words (a
date of "tomorrow") becomes anchored by adding its text to the corpus.
"""

from language.arguments import UnanchoredValue, unanchored_arguments
from language.corpus import Corpus
from language.enforcement import Enforced, enforce
from language.unanchored import Kind, Span, unanchored

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
