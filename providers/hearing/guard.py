"""Words that no caller said: what models make up from silence, from their hints or from their instructions."""

import math
import re
from collections.abc import Sequence

from domain.errors import Fault, ProviderRejected

_WORD = re.compile(r"\w+(?:['’]\w+)*")

_WORDS_PER_SECOND = 5
"""More than anybody says for long: an auctioneer's rate, twice that of a brisk conversation."""

_CHARACTERS_PER_SECOND = 40
"""The same for writing without spaces between words."""

_FEW_WORDS = 2
"""What may be said in no time at all: an utterance can be cut close."""

_WHOLE_LIST, _PART_OF_LIST = 3, 5
"""Phrases in the list's own order that are nobody's answer: all of a list of three or more, or five of a longer one."""

_RUN_OF_PROMPT = 8
"""Words of the prompt in a row that nobody says by chance."""


def check_words(provider: str, text: str, seconds: float, phrases: Sequence[str], prompt: str = "") -> None:
    """Refuse a transcript that cannot be what was said in `seconds` of sound.

    The message holds no word of it.

    Raises:
        ProviderRejected: OVERLONG, more words than the sound has room for; ECHO, the hint's phrases or the prompt.
    """
    if _is_overlong(text, seconds):
        raise ProviderRejected(provider, Fault.OVERLONG, f"{provider}: more words than {seconds:.1f} s of sound hold")
    words = _words(text)
    if _echoes_hint(words, phrases) or _echoes_prompt(words, prompt):
        raise ProviderRejected(provider, Fault.ECHO, f"{provider}: the answer repeats what was asked")


def _is_overlong(text: str, seconds: float) -> bool:
    most_words = _FEW_WORDS + math.ceil(_WORDS_PER_SECOND * seconds)
    most_characters = _CHARACTERS_PER_SECOND * (1 + seconds)
    return len(text.split()) > most_words or len(text) > most_characters


def _echoes_hint(words: list[str], phrases: Sequence[str]) -> bool:
    """Tell whether the words are so many of the phrases, in the list's order and nothing else."""
    listed = [written for phrase in phrases if (written := _words(phrase))]
    most = len(listed) if len(listed) < _PART_OF_LIST else _PART_OF_LIST
    return most >= _WHOLE_LIST and any(_spans(words, listed[start:], most) for start in range(len(listed) - most + 1))


def _spans(words: list[str], listed: list[list[str]], least: int) -> bool:
    """Tell whether the words are the first `least` or more of the phrases; the last of them may be cut off."""
    at = taken = 0
    for phrase in listed:
        if at == len(words) or words[at : at + len(phrase)] != phrase[: len(words) - at]:
            break
        at, taken = min(at + len(phrase), len(words)), taken + 1
    return taken >= least and at == len(words)


def _echoes_prompt(words: list[str], prompt: str) -> bool:
    written = " ".join(["", *_words(prompt), ""])
    runs = (words[at : at + _RUN_OF_PROMPT] for at in range(len(words) - _RUN_OF_PROMPT + 1))
    return any(" ".join(["", *run, ""]) in written for run in runs)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
