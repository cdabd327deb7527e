"""What in an answer keeps its yes from being one: sarcasm, doubt, delay, change, somebody else's words."""

import re

from language.consent import doubts, phrases
from language.consent.answer import Answer, Sentence, agreed, follows_up, takes_details
from language.consent.verdict import Judgement, Verdict
from language.numbers import numbers_in
from language.tokens import tokens, word_set
from language.word_classes import DAYS, MONTHS, NUMBERS, ORDINALS

TIMES = DAYS | (MONTHS - {"may"}) | word_set("morning afternoon evening noon midnight weekend week month")
_DOUBTS = (
    (doubts.HEDGE, "hedged"),
    (doubts.DEFERRAL, "put off"),
    (doubts.SECOND_HAND, "second hand"),
)
_NUMBER = rf"(?:[0-9][0-9:.]*|{'|'.join(sorted(NUMBERS))})"
_BOOKABLE = re.compile(
    rf"\b(?:at|for|to|on|till|until|by|around) (?:{_NUMBER}|the (?:{_NUMBER}|{'|'.join(sorted(ORDINALS))}))\b|"
    rf"\b{_NUMBER} (?:of us|people|persons?|guests?|adults?|tickets?|seats?|rooms?|days?|nights?)\b|"
    r"\b(?:possible|available|free|works?|change|o'clock|am|pm)\b"
)
"""Numbers, in a question, of the act itself and of no fact about it."""


def doubt(said: Answer) -> Judgement | None:
    """The verdict on an answer that takes something back, or None for one that does not."""
    reason = _doubt_in(said)
    if reason is None:
        return None
    replaced = reason == "changed" and bool(numbers_in(said.question)) and not agreed(said.sentences[0].text)[0]
    return Judgement(Verdict.REFUSED if replaced else Verdict.UNCLEAR, said.sentences[0].text, reason)


def is_sarcastic(said: Answer) -> bool:
    """Whether the words of an answer mean their opposite."""
    return bool(doubts.SARCASM.search(_whole(said)))


def _whole(said: Answer) -> str:
    return " , ".join(sentence.text for sentence in said.sentences)


def _doubt_in(said: Answer) -> str | None:
    """The first sign of sarcasm, doubt, delay, change or somebody else's words."""
    whole = _whole(said)
    own = doubts.OWN_WORDS.sub("", " , ".join(filter(None, (_own_words(at) for at in said.sentences))))
    if is_sarcastic(said):
        return "sarcasm"
    if doubts.TRAILING_OFF.search(whole):
        return "hedged"
    if doubts.PRESENCE.search(whole):
        return "presence only"
    plain = doubts.HARMLESS_NEGATION.sub("", own)
    if not _negates(said.question) and doubts.NEGATION.search(plain):
        return "negated"
    for pattern, reason in _DOUBTS:
        if pattern.search(plain):
            return reason
    if not takes_details(said) and doubts.DETAIL_TIME.search(own):
        return "put off"
    return "changed" if _changes(said, whole, plain) else None


def _own_words(sentence: Sentence) -> str:
    """What a sentence says itself: nothing of a question in it."""
    beside = _without_fact(sentence)
    asks = sentence.asked and beside == sentence.text and not phrases.REQUEST.match(sentence.text)
    return "" if asks else beside


def _without_fact(sentence: Sentence) -> str:
    """A sentence without the question of fact at its end."""
    count, rest = agreed(sentence.text)
    asks = bool(rest) and follows_up(rest, agreed_by=count)
    return sentence.text[: len(sentence.text) - len(rest)].strip(" ,") if asks else sentence.text


def _negates(question: str) -> bool:
    return bool(re.search(r"\b(?:no|without|not)\b", question.lower()))


def _changes(said: Answer, whole: str, own: str) -> bool:
    """Whether the answer turns the proposal into another one."""
    beside = " , ".join(_without_fact(sentence) for sentence in said.sentences)
    turns = _turns(doubts.TURN, beside) | _turns(doubts.HARD_TURN, whole)
    if takes_details(said):
        return bool(turns - doubts.MILD_TURN)
    return bool(turns) or bool(doubts.CHANGE.search(own)) or _names_new_value(said)


def _turns(pattern: re.Pattern[str], words: str) -> set[str]:
    return {found.group() for found in pattern.finditer(doubts.HARMLESS_NEGATION.sub("", words))}


def _names_new_value(said: Answer) -> bool:
    """Whether the answer names a number or a time that the question did not; a fact that is asked for may hold one."""
    parts = [agreed(at.text) for at in said.sentences]
    heard = " . ".join(rest for count, rest in parts if not _asks_fact(count, rest))
    known = {span.value for span in numbers_in(said.question)}
    numbers = {span.value for span in numbers_in(heard) if span.text != "one"} - known
    asked = {word.folded for word in tokens(said.question)}
    times = {word.folded for _, rest in parts for word in tokens(rest)} & TIMES
    return bool(numbers or times - asked)


def _asks_fact(count: int, rest: str) -> bool:
    """Whether words after `count` phrases of agreement ask for a fact whose numbers are not those of the act."""
    return follows_up(rest, agreed_by=count) and not _BOOKABLE.search(rest)
