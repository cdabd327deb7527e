"""The caller's answer as folded sentences, beside the question that it follows."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from language.cleaning.disfluency import cut_fillers
from language.cleaning.draft import Draft
from language.consent.doubts import HARD_TURN, LOOKING
from language.consent.phrases import FILLED, FOLLOW_UP, YES
from language.consent.questions import offers, proposal
from language.consent.said_again import NOTHING, Known, Told, cut_names, cut_repeats


@dataclass(frozen=True)
class Sentence:
    """Folded words, commas kept; `asked` when it ended with a question mark."""

    text: str
    asked: bool


@dataclass(frozen=True)
class Answer:
    """What was said, to which question; `proposed` is the sentence of it that proposes an act.

    `told` are the details of the act that the question told. Where they are said again they are left out.
    """

    text: str
    sentences: tuple[Sentence, ...]
    question: str
    proposed: str | None
    subject: Collection[str]
    told: Told = NOTHING


_COMMAS = frozenset(",;:—–")
_SENTENCE = re.compile(r"(?:[^.!?…\n]|[.](?=\S))+[.!?…\n]*")
_HALF_OF_DAY = re.compile(r"\b([ap])\.? ?m\b\.?", re.IGNORECASE)
_PERCENT = re.compile(r"(?<=\d)\s?%")
_BOOKING = re.compile(
    r"\b(?:play|watch|listen|hear|song|movie|alarm|view|property|house|hotel|book|reserv|schedul|appointment|visit|table|"
    r"ticket|seat|room|rent|order|purchas|buy|flight|ride|cab|transfer|event|trip)"
)


def read_answer(question: str, answer: str, subject: Collection[str], known: Known) -> Answer:
    """Read an answer; hesitations, what is `known` and a first "let me see" say nothing and are left out."""
    plain = _PERCENT.sub(" percent", _HALF_OF_DAY.sub(r"\1m", answer.replace("’", "'")))
    parts = [found.group() for found in _SENTENCE.finditer(plain)]
    spoken = list(_sentences(parts, known)) or list(_sentences(parts, replace(known, told=NOTHING)))
    kept = tuple(at for at in spoken if at is spoken[-1] or not LOOKING.match(at.text))
    return Answer(answer, kept, question, proposal(question, subject), subject, known.told)


def _sentences(parts: Iterable[str], known: Known) -> Iterator[Sentence]:
    for part in parts:
        asked = "?" in part
        if text := _folded(part, replace(known, told=NOTHING) if asked else known):
            yield Sentence(text, asked)


def _folded(sentence: str, known: Known) -> str:
    draft = Draft(sentence)
    cut_fillers(draft)
    cut_names(draft, known.names)
    cut_repeats(draft, known.told)
    pieces: list[str] = []
    for index, word in enumerate(draft.words):
        if pieces and not _COMMAS.isdisjoint(draft.gap(index)):
            pieces.append(",")
        if index not in draft.cuts:
            pieces.append(word.folded)
    text = re.sub(r"(?: ,)+", ",", " ".join(pieces)).strip(" ,")
    return known.orders.sub("do it", text) if known.orders else text


def agreed(sentence: str) -> tuple[int, str]:
    """How many phrases of agreement stand at the head of a sentence, and what follows them."""
    count, rest = 0, sentence
    while rest and not FOLLOW_UP.match(rest):
        yes, filled = YES.match(rest), FILLED.match(rest)
        matched = max((found for found in (yes, filled) if found), key=re.Match.end, default=None)
        if not matched:
            break
        count += matched is yes
        rest = rest[matched.end() :].strip(" ,")
    return count, rest


def follows_up(rest: str, *, agreed_by: int = 0) -> bool:
    """Whether these words ask for a fact and change nothing; after two phrases of agreement "but" may begin them."""
    asked = rest.removeprefix("but ") if agreed_by > 1 else rest
    return bool(FOLLOW_UP.match(asked)) and (asked == rest or not HARD_TURN.search(asked))


def takes_details(said: Answer) -> bool:
    """Whether a booking was offered that still lacks its details: then numbers and times change nothing."""
    return bool(_BOOKING.search(said.question.lower())) and offers(said.question)
