"""Negation in speech: where a text denies, and whether two texts deny the same.

Beside the negating words proper there are words whose meaning denies ("hardly", "stopped", "used to", "unhappy").
They count where two texts are compared. An opposite ("few" for "many", "down" for "up") is no denial: see opposites.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from language.everyday import load_everyday_words
from language.tokens import Token, tokens, word_set

_NEGATIONS = word_set(
    "no not never none nothing nobody nowhere neither nor without cannot nope nah "
    "dont cant wont didnt doesnt isnt wasnt arent werent couldnt wouldnt shouldnt havent hasnt hadnt aint"
)
_DENYING = word_set(
    "hardly scarcely barely rarely seldom stopped quit quits quitting avoid avoids avoided avoiding "
    "refuse refuses refused refusing lack lacks lacked lacking fail fails failed failing unable impossible dislike "
    "dislikes disliked"
)
_DENYING_PAIRS = frozenset({("used", "to"), ("anything", "but")})
_ACCUSTOMED = word_set("be been being am is are was were i'm we're you're they're he's she's it's get gets got getting")
"""Before "used to": no word on what is over."""
_SHORTEST_DENIED = 4
_REPAIRS = tuple(
    tuple(words.split())
    for words in (
        "wait", "sorry", "i mean", "i meant", "make that", "make it", "scratch that", "scrap that", "cancel that",
        "strike that", "rather", "hold on", "never mind", "nevermind", "change that", "forget that",
    )
)  # fmt: skip
"""What follows the "no" of a correction."""
_SENTENCE_ENDS = frozenset(".!?\n")


@dataclass(frozen=True, slots=True)
class Negation:
    """A denying word or pair where it stands: `text == source[start:end]`; a stutter ("no no") is one."""

    start: int
    end: int
    text: str


def negations_in(text: str) -> tuple[Negation, ...]:
    """Find the negations of a text, and the words whose meaning denies, in order.

    The "no" that only opens a self-correction ("fifty, no wait, sixty") denies nothing, nor does the
    "No." of a numbering ("No. 5"); the "no" of an answer does.
    """
    return negations_of(text, tokens(text))


def negations_of(text: str, words: Sequence[Token]) -> tuple[Negation, ...]:
    """As negations_in, for a text whose tokens are at hand."""
    found: list[Negation] = []
    for place, word in enumerate(words):
        end = _end_of_denial(text, words, place)
        if end is None:
            continue
        start = word.start
        if found and place and words[place - 1].end == found[-1].end and words[place - 1].folded == word.folded:
            start = found.pop().start
        found.append(Negation(start, end, text[start:end]))
    return tuple(found)


def is_negation(folded: str) -> bool:
    """Tell whether a folded word negates: "not", "never", "can't", "dont"."""
    return folded in _NEGATIONS or folded.endswith("n't")


def is_denial(folded: str) -> bool:
    """Tell whether a folded word negates or denies by its meaning: "not", "hardly", "stopped", "unhappy"."""
    return is_negation(folded) or folded in _DENYING or denied_word(folded) is not None


def denied_word(folded: str) -> str | None:
    """What an "un" denies: "happy" of "unhappy"; None for "understand", whose rest is no word that everybody uses."""
    rest = folded.removeprefix("un")
    return rest if rest != folded and len(rest) > _SHORTEST_DENIED and rest in load_everyday_words() else None


def _end_of_denial(text: str, words: Sequence[Token], place: int) -> int | None:
    """Where the denial ends that begins with the word at `place`, None if none does."""
    word = words[place]
    if is_denial(word.folded):
        return None if _denies_nothing(text, words, place) else word.end
    if word.folded not in {"used", "anything"} or place + 1 == len(words):
        return None
    following = words[place + 1]
    if (word.folded, following.folded) not in _DENYING_PAIRS:
        return None
    return None if place and words[place - 1].folded in _ACCUSTOMED else following.end


def _denies_nothing(text: str, words: Sequence[Token], place: int) -> bool:
    if words[place].folded != "no" or place + 1 == len(words):
        return False
    following = words[place + 1]
    if following.text[0].isdecimal() and text[words[place].end : following.start].startswith("."):
        return True
    opens = place == 0 or not _SENTENCE_ENDS.isdisjoint(text[words[place - 1].end : words[place].start])
    after = tuple(word.folded for word in words[place + 1 : place + 3])
    return not opens and any(after[: len(repair)] == repair for repair in _REPAIRS)
