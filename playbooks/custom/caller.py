"""Who calls, and on which number: from an answer to the question, or said unasked."""

import re
from collections.abc import Iterator

from language.anchoring.claims import EMPTY_WORDS
from language.slots.corrections import CUE
from language.slots.names.given import SpokenName, names
from language.tokens import Token, tokens, word_set
from playbooks.custom import questions
from playbooks.custom.acts import Act, asks

_NUMBER = re.compile(
    r"\b(?:(?:please )?(?:you can )?(?:reach|call|ring|phone|text) me (?:back )?(?:on|at)"
    r"|my (?:(?:tele)?phone |mobile |cell |home |work |office |callback |contact |new )?number(?: is)?)\b",
    re.IGNORECASE,
)
_FIGURES = word_set("zero oh o nought one two three four five six seven eight nine double triple plus")
_BETWEEN_FIGURES = re.compile(r"\W*(?:(?:and|then|uh|um|er|erm)\W+)*", re.IGNORECASE)
_LONGEST = 2_000
"""Characters of a turn that are looked through for a name."""
_NO_MESSAGE = EMPTY_WORDS | word_set(
    "hello hi hey good morning afternoon evening name please thanks thank calling speaking here again yes no okay "
    "sorry back call ring phone number gave wrong usual same old new keep not actually best"
)
"""Words that are no message beside a name or a number: "hello there, this is Jo"."""
_FEW_WORDS = 1
_FEWEST_FIGURES = 3
_WHOLE_NUMBER = 7
_OWN_NAME = re.compile(r"\bmy (?:\w+ )?name(?:'s| is)\b", re.IGNORECASE)

_PRESENTS = re.compile(r"\b(?:this is|it's|it is|i'm|i am)\b", re.IGNORECASE)
"""How callers say who they are; in a question without it a name is somebody else's."""


def facts_of_caller(question: str, words: str, act: Act) -> Iterator[tuple[str, str]]:
    """Yield what a turn says about its caller, as fields of the dataset and values."""
    asked_name, asked_number = question.endswith(questions.NAME), question.endswith(questions.NUMBER)
    if name := _name(words, asked=asked_name and act is Act.STATEMENT):
        yield "caller_name", " ".join(filter(None, (name.first, name.last)))
    said = _NUMBER.search(words)
    if number := _figures(words if asked_number or _is_number(words) else words[said.end() :] if said else ""):
        yield "callback_number", number


def is_all_about_caller(words: str) -> bool:
    """Whether a turn says nothing beside a name or a number: who answers for what it is about."""
    name = _name(words, asked=False)
    rest = words[: name.start] + words[name.end :] if name else words
    return _content(_NUMBER.sub("", rest)) <= _FEW_WORDS


def has_content(words: str) -> bool:
    """Whether a turn says anything beside who calls and which number is meant."""
    return _content(words) > 0


def _is_number(words: str) -> bool:
    """Whether a turn is a whole telephone number and nothing besides, asked for or not."""
    return _count(words) >= _WHOLE_NUMBER and not has_content(words)


def _name(words: str, *, asked: bool) -> SpokenName | None:
    """The last name that the caller gives as their own."""
    spelt = _OWN_NAME.search(words) is not None
    if asks(words) and not (spelt or _PRESENTS.search(words)):
        return None
    return next(reversed(names(words[:_LONGEST], asked=asked or spelt)), None)


def _figures(text: str) -> str | None:
    """The part of a text that spells a number: the last whole one, or else the longest."""
    spelt = max(_runs(text), key=lambda run: min(_count(run), _WHOLE_NUMBER), default="")
    return spelt if _count(spelt) >= _FEWEST_FIGURES else None


def _runs(text: str) -> Iterator[str]:
    """The stretches of a text that are figures and little between them, the last first."""
    runs: list[tuple[int, int]] = []
    for word in filter(_is_figure, tokens(text)):
        if runs and _goes_on(text, runs[-1][1], word.start):
            runs[-1] = runs[-1][0], word.end
        else:
            runs.append((word.start - text[: word.start].endswith("+"), word.end))
    for start, end in reversed(runs):
        yield text[start:end]


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether the number goes on between two places, or a part of it is put right; a whole one stands by itself."""
    corrects = CUE.fullmatch(text, end, start) and _count(text[start:]) < _WHOLE_NUMBER
    return bool(corrects or _BETWEEN_FIGURES.fullmatch(text, end, start))


def _count(text: str) -> int:
    """The figures of a text, written or spoken."""
    return sum(max(1, sum(map(str.isdigit, word.folded))) for word in tokens(text) if _is_figure(word))


def _content(text: str) -> int:
    """The words of a text that could be of a message."""
    return sum(not _is_figure(word) and not _is_small(word) for word in tokens(text))


def _is_figure(word: Token) -> bool:
    return word.folded in _FIGURES or any(map(str.isdigit, word.folded))


def _is_small(word: Token) -> bool:
    return word.folded in _NO_MESSAGE or word.folded.partition("'")[0] in _NO_MESSAGE
