"""Whether the agent's last question proposes one act, and nothing beside it that a yes might answer instead."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from language.consent import proposal_phrases as phrases
from language.consent.act import ANY_KIND, Act


class Proposed(Enum):
    """How the last question asks for the act, if at all."""

    NO = 0
    ASKED = 1
    MINDED = 2  # "do you mind if ...": yes is no


@dataclass(frozen=True)
class _Said:
    words: str
    asked: bool


@dataclass(frozen=True)
class _Patterns:
    offered: re.Pattern[str]
    offered_brief: re.Pattern[str]
    stated: re.Pattern[str]
    minded: re.Pattern[str]
    topic: re.Pattern[str]


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\S)[^.!?\n]+)*[.!?\n]*")
_PAUSE = re.compile(r"\s*[,;:()\"“”—–]+\s*|\s+-+\s+")


def proposed(question: str, act: Act) -> Proposed:
    """Read the agent's last words: an offer phrase, a verb of the act and its object must stand in one clause.

    A pronoun will do for the object, or "shall I do that?" for it all, right after the act itself was named.
    """
    said = [_folded(found.group()) for found in _SENTENCE.finditer(question.replace("’", "'").casefold())]
    said = [sentence for sentence in said if sentence.words]
    last = max((at for at, sentence in enumerate(said) if _asks(sentence)), default=None)
    if last is None or any(phrases.UNQUIET.search(after.words) for after in said[last + 1 :]):
        return Proposed.NO
    patterns = _patterns(act)
    sentence, around = phrases.EASED.sub("", said[last].words), said[max(last - 1, 0) : last + 2]
    if phrases.SHUT.search(phrases.POLITE_IF.sub("", sentence)):
        return Proposed.NO
    if _clause(patterns.minded, sentence):
        return Proposed.MINDED
    if _clause(patterns.offered, sentence) or _states(patterns, said[last]):
        return Proposed.ASKED
    before = said[last - 1].words if last else ""
    announced = bool(before) and _announces(patterns, before)
    if announced and phrases.RESUMES.fullmatch(_without_interjections(sentence)):
        return Proposed.ASKED
    topic = announced or any(patterns.topic.match(_without_interjections(near.words)) for near in around)
    return Proposed.ASKED if topic and _clause(patterns.offered_brief, sentence) else Proposed.NO


def _folded(sentence: str) -> _Said:
    words = re.sub(r"[^\w', ]+", " ", _PAUSE.sub(" , ", sentence))
    return _Said(re.sub(r" ?,(?: ,)*", ",", " ".join(words.split())).strip(" ,"), "?" in sentence)


def _asks(sentence: _Said) -> bool:
    """Whether a sentence wants an answer; agents' words come without question marks too."""
    asks = phrases.ASKS.match(_without_interjections(sentence.words)) or phrases.POLITE_END.search(sentence.words)
    return sentence.asked or bool(asks)


def _clause(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether the pattern is a clause of its own: neither reported nor beside another question."""
    found = pattern.search(sentence)
    if not found:
        return False
    *leads, last = sentence[: found.start()].split(",")
    reported = any(phrases.REPORTED.search(_without_interjections(lead)) for lead in leads)
    return not _without_interjections(last) and not reported and not _asks_on(sentence[found.end() :])


def _asks_on(rest: str) -> bool:
    """Whether another question follows in the same sentence."""
    parts = (_without_interjections(part) for part in re.split(r",| and ", rest))
    return any(phrases.ASKS.match(part) and not phrases.RESUMES.fullmatch(part) for part in parts)


def _states(patterns: _Patterns, sentence: _Said) -> bool:
    """Whether a statement of the act asks for leave: "I can create the demo now, if you like"."""
    asks = phrases.POLITE_END.search(sentence.words) or (sentence.asked and phrases.TAGGED.search(sentence.words))
    return bool(asks) and _clause(patterns.stated, sentence.words)


def _announces(patterns: _Patterns, sentence: str) -> bool:
    """Whether the sentence before the question names the act as what comes next."""
    if phrases.SHUT.search(phrases.POLITE_IF.sub("", phrases.EASED.sub("", sentence))):
        return False
    return _clause(patterns.stated, sentence) or _clause(patterns.offered, sentence)


def _without_interjections(words: str) -> str:
    return phrases.INTERJECTION.sub("", words.strip(" ,")).strip(" ,")


@lru_cache(maxsize=256)
def _patterns(act: Act) -> _Patterns:
    named, brief = act.named(ANY_KIND), act.brief
    return _Patterns(
        offered=re.compile(rf"(?<![\w']){phrases.OFFERS} {named}{phrases.TAIL}"),
        offered_brief=re.compile(rf"(?<![\w']){phrases.OFFERS} {brief}{phrases.TAIL}"),
        stated=re.compile(rf"(?<![\w']){phrases.STATES} {named}{phrases.TAIL}"),
        minded=re.compile(rf"(?<![\w']){phrases.MINDS} {named}{phrases.TAIL}"),
        topic=re.compile(rf"(?:the|your|our|this|that|a) {ANY_KIND}{act.thing} {phrases.TOPIC}"),
    )
