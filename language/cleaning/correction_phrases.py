"""The phrases by which speakers take something back, and the words that lead from them to the repair."""

from language.word_classes import QUESTION

_PHRASES = (
    "i mean to say, i meant to say, let me rephrase that, let me rephrase, wait a minute, i should say, i am sorry, "
    "i'm sorry, i mean, i meant, make that, make it, scratch that, strike that, excuse me, pardon me, my mistake, "
    "my bad, hold on, hold up, not that, never mind, forget that, disregard that, forgive me, no, nope, sorry, wait, "
    "actually, rather, instead, oops, opps, whoops, pardon, correction, better yet, nevermind, apologies, dang it, dang"
)
_LEADS = (
    "change that to, change this to, i want to say, let me say, not that but, not this but, that should be, "
    "better yet, i guess, like, just"
)
"""Words between a cue and its repair that belong to neither."""
_ASKING_LEADS = (
    "and tell me, can you tell me, tell me, i want to know, let me ask you, let me ask, how about, first tell me, first"
)
"""The same before a question that starts anew."""


def _by_first_word(phrases: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases.split(", "):
        found.setdefault(phrase.split()[0], []).append(phrase.split())
    return found


_ELEMENTS, _TAILS, _ASKING_TAILS = map(_by_first_word, (_PHRASES, _LEADS, _ASKING_LEADS))
FIRST_WORDS = frozenset(_ELEMENTS)
"""The words that a phrase of correction begins with."""


def elements_in(words: list[str]) -> list[str]:
    """The phrases of correction that stand in a row at the head of some words."""
    found: list[str] = []
    rest = words
    while length := _length(_ELEMENTS, rest):
        found.append(" ".join(rest[:length]))
        rest = rest[length:]
    return found


def lead_length(words: list[str]) -> int:
    """How many words lead from a cue to its repair: "no, tell me" what, "no, change that to" Friday."""
    asking = _length(_ASKING_TAILS, words)
    if asking and not QUESTION.isdisjoint(words[asking : asking + 2]):
        return asking
    return _length(_TAILS, words)


def _length(phrases: dict[str, list[list[str]]], words: list[str]) -> int:
    """Words of the first phrase that some words begin with, 0 for none."""
    fitting = phrases.get(words[0], ()) if words else ()
    return next((len(phrase) for phrase in fitting if words[: len(phrase)] == phrase), 0)
