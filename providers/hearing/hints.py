"""How much of a hint a service is told."""

from collections.abc import Iterable

_BETWEEN = 2
"""Characters that separate a phrase from the next."""


def choose_phrases(phrases: Iterable[str], most_characters: int, most_phrases: int = 1_000) -> list[str]:
    """Take the first phrases that stay within the limits, each once; blank ones are left out."""
    chosen: list[str] = []
    room = most_characters
    for phrase in dict.fromkeys(stripped for phrase in phrases if (stripped := phrase.strip())):
        room -= len(phrase) + _BETWEEN
        if room < 0 or len(chosen) == most_phrases:
            break
        chosen.append(phrase)
    return chosen
