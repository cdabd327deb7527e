"""What the agent last asked: whether a yes would answer a proposal to act, and which."""

import re
from collections.abc import Collection

from language.consent import question_phrases as phrases
from language.numbers import numbers_in
from language.tokens import tokens

_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_ENDINGS = frozenset({"", "e", "es", "ed", "ing", "s", "'s", "ion", "or"})
_SHORT = 8
"""Words of a sentence that may say "it" for what the sentences before it named."""


def proposal(question: str, subject: Collection[str] = ()) -> str | None:
    """The sentence of the agent's words that proposes an act, or None when a yes would grant nothing.

    With `subject` only a sentence about one of these words counts.
    """
    said = [sentence for sentence in _SENTENCES.split(question.replace("’", "'").lower()) if tokens(sentence)]
    if len(said) > 1 and phrases.ASKED_BACK.match(said[-1]):
        said.pop()
    if not said or (phrases.MORE.search(said[-1]) and "confirm" not in said[-1]):
        return None
    told = " ".join(said)
    found = next((sentence for sentence in reversed(said) if _proposes(sentence, told)), None)
    asks_last = phrases.OPEN.search(said[-1]) or said[-1].rstrip().endswith("?")
    if found is None or (asks_last and not _proposes(said[-1], told)):
        return None
    return found if not subject or _is_about(found, told, subject) else None


def _is_about(sentence: str, told: str, subject: Collection[str]) -> bool:
    """Whether a sentence asks for the subject in so many words, or briefly for what was just named."""
    named = mentions(sentence, subject) or (len(tokens(sentence)) <= _SHORT and mentions(told, subject))
    return named and bool(phrases.PROPOSAL.search(sentence))


def _proposes(sentence: str, told: str) -> bool:
    """Whether a yes to the sentence, said among all that was `told`, is a yes to an act."""
    failed = phrases.FAILED.search(told)
    if phrases.OPEN.search(sentence) or phrases.MORE.search(sentence):
        return False
    if phrases.REVERSED.search(sentence) and not failed:
        return False
    if phrases.CHOICE.search(sentence) and not phrases.STATED.search(sentence.rstrip("? ")):
        return False
    if failed and phrases.COUNTER.search(sentence):
        return True
    return not _only_tells(sentence, told) and _asks(sentence)


def _only_tells(sentence: str, told: str) -> bool:
    """Whether a sentence shows an option, or tells what is done, and nothing around it asks for a yes."""
    shown = phrases.FOUND.search(sentence) and not phrases.SURE.search(told)
    return bool(shown or (phrases.NOTED.search(sentence) and not phrases.STATED.search(told)))


def _asks(sentence: str) -> bool:
    if sentence.rstrip().endswith("?") and not phrases.INQUIRY.match(sentence):
        return True
    return any(pattern.search(sentence) for pattern in (phrases.PROPOSAL, phrases.TAG, phrases.ACTING))


def offers(question: str) -> bool:
    """Whether the agent's words offer an act that still lacks its details."""
    asked = question.lower()
    return bool(phrases.OFFER.search(asked)) and "confirm" not in asked and not numbers_in(question)


def reads_back(question: str, subject: Collection[str] = ()) -> bool:
    """Whether a plain statement of details asks to be confirmed: numbers, and neither news nor an option."""
    told = question.lower()
    others = (phrases.OPEN, phrases.MORE, phrases.FOUND, phrases.NOTED, phrases.REVERSED, phrases.NEWS)
    about = not subject or mentions(told, subject)
    return about and bool(numbers_in(told)) and not any(pattern.search(told) for pattern in others)


def leaves_open(question: str) -> bool:
    """Whether nothing in the agent's words asks, offers, reports or turns round what a yes would then answer."""
    shut = (phrases.OPEN, phrases.MORE, phrases.REVERSED, phrases.FAILED)
    said = _SENTENCES.split(question.lower())
    return not any(pattern.search(sentence) for sentence in said for pattern in shut)


def mentions(text: str, subject: Collection[str]) -> bool:
    """Whether a text holds one of the words, in any of its regular forms."""
    return any(_is_form(word.folded, wanted.casefold()) for word in tokens(text) for wanted in subject)


def _is_form(word: str, wanted: str) -> bool:
    stem = wanted.removesuffix("e")
    return word == wanted or (word.startswith(stem) and word[len(stem) :] in _ENDINGS)
