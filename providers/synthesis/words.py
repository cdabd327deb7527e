"""A sentence's words against the seconds of its sound: how far a voice has come."""

import re
from bisect import bisect_right
from itertools import accumulate

_NEVER_SAID = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters: no program and no service takes them."""

_WORD = re.compile(r"\S+")
_VOWELS = re.compile(r"[aeiouyäöü]+|\d", re.IGNORECASE)
_PAUSES = (",", ";", ":", ".", "!", "?")

_BEATS_A_VOWEL = 2.0
_BEATS_A_PAUSE = 4.0
"""What a word takes, in beats: one a letter, these for each group of vowels and for a mark at its end. Fitted to the
word times of eSpeak NG over 15 sentences, where a sentence's pace then varies by 9 %."""

SECONDS_A_BEAT = 0.04
"""The pace of a voice that has not been heard yet."""

_CAUTION = 1.1
_DOUBT_SECONDS = 0.08


def sayable(text: str) -> str:
    """Return a text without what nobody can say; an empty one if no letter and no figure is in it."""
    return _NEVER_SAID.sub(" ", text) if any(character.isalnum() for character in text) else ""


def count_words(text: str) -> int:
    """Count the words of a text."""
    return len(_WORD.findall(text))


def beats(text: str) -> float:
    """Say how long a text takes, in beats."""
    return sum(map(_beats, _WORD.findall(text)))


def unsaid(text: str, seconds: float, pace: float) -> str:
    """Return the rest of a text from the first word that was not surely said in full.

    Words take time in proportion to their beats. The word in progress is said again, and the one before it where a
    voice a little slower than thought would not have ended it: at most that one, so that no more is repeated.

    Args:
        text: what was being said.
        seconds: how long, from the first sound on.
        pace: seconds a beat.
    """
    words = list(_WORD.finditer(text))
    ends = list(accumulate(_beats(word[0]) for word in words))
    probably = bisect_right(ends, seconds / pace)
    surely = bisect_right(ends, (seconds - _DOUBT_SECONDS) / (pace * _CAUTION))
    said = max(surely, probably - 1)
    return text[words[said].start() :] if said < len(words) else ""


def _beats(word: str) -> float:
    """Say how long a word takes; a dash by itself takes nothing."""
    letters = sum(character.isalnum() for character in word)
    if not letters:
        return 0.0
    return letters + _BEATS_A_VOWEL * max(1, len(_VOWELS.findall(word))) + _BEATS_A_PAUSE * word.endswith(_PAUSES)
