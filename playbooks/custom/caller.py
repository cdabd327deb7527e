"""Who calls, and on which number: from an answer to the question, or said unasked."""

import re
from collections.abc import Iterator

from language.tokens import Token, tokens, word_set
from playbooks.custom import questions
from playbooks.custom.acts import Act

_NAME_ANSWER = re.compile(
    r"^(?:(?:yes|yeah|sure|okay|ok|of course|well|it's|it is|this is|my name is|my name's|the name is|the name's|i'm"
    r"|i am|name's|call me)[\s,.]+)+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"[\s,.]+(?:speaking|here|please|thanks|thank you)\W*$", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name's|[Tt]his is|I am|I'm)"
    r" ((?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})"
    r"|\b[Mm]y name is ([\w'-]+)"
)
_NUMBER = re.compile(
    r"\b(?:(?:please )?(?:you can )?(?:reach|call|ring|phone|text) me (?:back )?(?:on|at)|my (?:\w+ )?number is)\b",
    re.IGNORECASE,
)
_FIGURES = word_set("zero oh o nought one two three four five six seven eight nine double triple plus")
_LONGEST_NAME = 4
_MOST_LETTERS = 80
_FEW_WORDS = 3
"""Beside a name or a number so few words are no message: "hello there, this is Jo"."""
_FEWEST_FIGURES = 3


def facts_of_caller(question: str, words: str, act: Act) -> Iterator[tuple[str, str]]:
    """Yield what a turn says about its caller, as fields of the dataset and values."""
    asked_name, asked_number = question.endswith(questions.NAME), question.endswith(questions.NUMBER)
    if name := _answered_name(words) if asked_name and act is Act.STATEMENT else _said_name(words):
        yield "caller_name", name
    said = _NUMBER.search(words)
    if number := _figures(words if asked_number else words[said.end() :] if said else ""):
        yield "callback_number", number


def is_all_about_caller(words: str) -> bool:
    """Whether a turn says nothing beside a name or a number: who answers for what it is about."""
    rest = tokens(_NUMBER.sub("", _NAME.sub("", words)))
    return sum(not _is_figure(word) for word in rest) <= _FEW_WORDS


def _said_name(words: str) -> str | None:
    found = _NAME.search(words)
    return (found[1] or found[2]) if found else None


def _answered_name(words: str) -> str | None:
    name = _AFTER_NAME.sub("", _NAME_ANSWER.sub("", words)).strip(" .,!?")
    fits = len(name.split()) <= _LONGEST_NAME and len(name) <= _MOST_LETTERS and any(map(str.isalpha, name))
    return name if fits and not _figures(name) else None


def _figures(text: str) -> str | None:
    """The part of a text that spells a number, from its first figure to its last."""
    places = [word for word in tokens(text) if _is_figure(word)]
    count = sum(max(1, sum(map(str.isdigit, word.folded))) for word in places)
    if count < _FEWEST_FIGURES:
        return None
    start = places[0].start - text[: places[0].start].endswith("+")
    return text[start : places[-1].end]


def _is_figure(word: Token) -> bool:
    return word.folded in _FIGURES or any(map(str.isdigit, word.folded))
