"""Words as they are compared in public sets: lower case, no punctuation, numbers by their figures."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from evals.public.heard_numbers import number_spans

_SINGLE = frozenset("bcdefghjklmnopqrstuvwxyz")
"""Letters that are no words by themselves."""


def words_of(text: str) -> list[str]:
    """The words of a text; amounts without their sign, ordinals in figures without their ending."""
    plain = text.lower().replace("’", "'")
    plain = re.sub(r"([0-9]),([0-9]{3})\b", r"\1\2", plain)
    plain = re.sub(r"([0-9])\s*%", r"\1 percent", plain)
    plain = re.sub(r"\$\s*", "", plain)
    plain = re.sub(r"([0-9]+)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"[^a-z0-9' ]+", " ", plain)
    return re.sub(r"(?:^|\s)'+|'+(?:\s|$)", " ", plain).split()


def numbers_of(text: str) -> list[str]:
    """The numbers of a text as figures: "nineteen eighty six" is 1986, "five five five" 555."""
    return [figures for figures, _, _ in number_spans(words_of(text))]


def compared(text: str) -> list[str]:
    """The words of a text with its numbers as figures and its spelt letters joined: "u s" is "us"."""
    words = words_of(text)
    for figures, start, end in reversed(number_spans(words)):
        words[start:end] = [figures]
    joined: list[str] = []
    spelling = False
    for word in words:
        letter = word in _SINGLE
        if letter and spelling:
            joined[-1] += word
        else:
            joined.append(word)
        spelling = letter
    return joined


def more_in(some: Iterable[str], others: Iterable[str]) -> Sequence[str]:
    """What is in the first and not, or less often, in the second."""
    return list((Counter(some) - Counter(others)).elements())
