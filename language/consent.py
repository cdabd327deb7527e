"""Did the caller say yes, to what was asked, and to nothing less? Deterministic; in doubt the answer is no."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from language import consent_doubts as doubts
from language import consent_phrases as phrases
from language.consent_answer import Answer, Sentence, agreed, follows_up, read_answer, takes_details
from language.consent_questions import mentions, offers, reads_back
from language.numbers import numbers_in
from language.tokens import tokens, word_set
from language.word_classes import DAYS, MONTHS, NUMBERS, ORDINALS


class Verdict(StrEnum):
    """What an answer does to a gated act; only GRANTED lets it happen."""

    GRANTED = "granted"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Judgement:
    """A verdict, the caller's words that it rests on, and why in a few stable words."""

    verdict: Verdict
    quote: str
    reason: str


_WORD_LIMIT, _TEXT_LIMIT = 60, 2_000
_TIMES = DAYS | (MONTHS - {"may"}) | word_set("morning afternoon evening noon midnight weekend week month")
_DOUBTS = (
    (doubts.HEDGE, "hedged"),
    (doubts.DEFERRAL, "put off"),
    (doubts.SECOND_HAND, "second hand"),
)
_FACT_NUMBER = re.compile(
    r"^(?:and |also )?(?:is|are|was|does|did) (?:it|this|that|they|there|the [a-z]+)(?![\w'])"
    r"(?!.*\b(?:at|for|to|on|till|until|by|possible|available|free|works?|change|o'clock|am|pm)\b)"
)
_OUTRIGHT = re.compile(
    r"^(?:(?:yes|yeah|sure|ok|okay|please|right|so|well|then|and|great|now|just|perfect|alright|i'm ready|go ahead|"
    r"let's|you can|you may|i'd like you to|i want you to|i would like you to)[ ,]+)*"
    r"(?:build|create|make|start|set up|run|do|prepare|generate|show|book|send|begin|initiate|launch|kick off|get|"
    r"schedule|reserve|order)(?: (?:me|us|up|that|the|a|an|my|our|your|this|with|going|on|started|for))* (\w+)"
    r"(?:[ ,]+(?:please|now|for me|for us|then|right away|thanks|thank you))*$"
)
_SMALL = word_set(
    "i i'd i'll i'm i've me my us you your the a an this that these those it it's them one ones same and "
    "of to for with on at in through now then all just also so really right away please kindly want would "
    "like need will am is be can may have let's go ahead do make get book reserve schedule buy purchase "
    "order play start send submit try check request confirm complete finish proceed ticket tickets "
    "reservation appointment booking table room car song movie"
)
_DETAIL_WORDS = NUMBERS | ORDINALS | word_set("past o'clock o clock am pm people persons next by from until till")
_DETAIL = re.compile(
    r"^(?:on|for|at|with|in|to|from|by|i|i'd|i'll|i'm|we|we'd|we'll|my|the|please|and|make|try|book|that|it|this|any|"
    r"around|about|\d)(?![\w'])"
)


def judge(question: str | None, answer: str, *, subject: Collection[str] = ()) -> Judgement:
    """Judge whether `answer`, the caller's own words this turn, consents to what `question` proposed.

    `question` is what the agent last said, None when it said nothing; `subject` are words that name the
    gated act: with them, a yes counts only when the question, or the answer itself, is about that act.
    """
    if len(answer) > _TEXT_LIMIT:
        return Judgement(Verdict.UNCLEAR, answer[:200], "too much said")
    said = read_answer((question or "")[-_TEXT_LIMIT:], answer, subject)
    if not said.sentences:
        return Judgement(Verdict.UNCLEAR, "", "nothing said")
    if sum(len(sentence.text.split()) for sentence in said.sentences) > _WORD_LIMIT:
        return Judgement(Verdict.UNCLEAR, answer[:200], "too much said")
    return _refusal(said) or _doubt(said) or _consent(said)


_YES_INSIDE = re.compile(r"(?<![\w'])(?:yes|yeah|yep)(?![\w'])")


def _refusal(said: Answer) -> Judgement | None:
    for at, sentence in enumerate(said.sentences):
        if not doubts.REFUSAL.search(doubts.HARMLESS_NEGATION.sub("", sentence.text).strip(" ,")):
            continue
        if any(agreed(before.text)[0] for before in said.sentences[:at]) or _YES_INSIDE.search(sentence.text):
            return Judgement(Verdict.UNCLEAR, sentence.text, "yes and no")
        if said.proposed is None and not (said.subject and mentions(sentence.text, said.subject)):
            return Judgement(Verdict.UNCLEAR, sentence.text, "no to nothing asked")
        return Judgement(Verdict.REFUSED, sentence.text, "refused")
    return None


def _doubt(said: Answer) -> Judgement | None:
    reason = _doubt_in(said)
    if reason is None:
        return None
    replaced = reason == "changed" and bool(numbers_in(said.question)) and not agreed(said.sentences[0].text)[0]
    return Judgement(Verdict.REFUSED if replaced else Verdict.UNCLEAR, said.sentences[0].text, reason)


def _doubt_in(said: Answer) -> str | None:
    """The first sign of sarcasm, doubt, delay, change or somebody else's words."""
    whole = " , ".join(sentence.text for sentence in said.sentences)
    own = doubts.OWN_WORDS.sub("", " , ".join(filter(None, (_own_words(at) for at in said.sentences))))
    if doubts.SARCASM.search(whole):
        return "sarcasm"
    if doubts.TRAILING_OFF.search(whole):
        return "hedged"
    if doubts.PRESENCE.search(whole):
        return "presence only"
    if not _negates(said.question) and doubts.NEGATION.search(doubts.HARMLESS_NEGATION.sub("", own)):
        return "negated"
    for pattern, reason in _DOUBTS:
        if pattern.search(own):
            return reason
    if not takes_details(said) and doubts.DETAIL_TIME.search(own):
        return "put off"
    return "changed" if _changes(said, whole, own) else None


def _own_words(sentence: Sentence) -> str:
    """A sentence without the question of fact at its end."""
    rest = agreed(sentence.text)[1]
    if rest and follows_up(rest):
        return sentence.text[: len(sentence.text) - len(rest)].strip(" ,")
    return "" if sentence.asked and not phrases.REQUEST.match(sentence.text) else sentence.text


def _negates(question: str) -> bool:
    return bool(re.search(r"\b(?:no|without|not)\b", question.lower()))


def _changes(said: Answer, whole: str, own: str) -> bool:
    """Whether the answer turns the proposal into another one."""
    turns = {found.group() for found in doubts.TURN.finditer(doubts.HARMLESS_NEGATION.sub("", whole))}
    if takes_details(said):
        return bool(turns - doubts.MILD_TURN)
    return bool(turns) or bool(doubts.CHANGE.search(own)) or _names_new_value(said)


def _names_new_value(said: Answer) -> bool:
    """Whether the answer names a number or a time that the question did not."""
    heard = " . ".join(at.text for at in said.sentences if not (at.asked and _FACT_NUMBER.match(at.text)))
    known = {span.value for span in numbers_in(said.question)}
    numbers = {span.value for span in numbers_in(heard) if span.text != "one"} - known
    asked = {word.folded for word in tokens(said.question)}
    return bool(numbers or {word.folded for word in tokens(heard)} & _TIMES - asked)


def _consent(said: Answer) -> Judgement:
    quote = said.sentences[0].text
    if any(_asks_outright(sentence.text, said.subject) for sentence in said.sentences):
        return Judgement(Verdict.GRANTED, said.text.strip(), "asked for it outright")
    if said.proposed is None and not (reads_back(said.question, said.subject) and phrases.FIRM.search(quote)):
        return Judgement(Verdict.UNCLEAR, quote, "nothing proposed" if said.question else "nothing asked")
    positive = 0
    for sentence in said.sentences:
        count, rest = agreed(sentence.text)
        if sentence.asked and not rest:
            return Judgement(Verdict.UNCLEAR, sentence.text, "asks back")
        positive += count + (not sentence.asked and _asks_for_it(said, rest))
        if rest and not (positive and _is_harmless(said, sentence, rest)):
            return Judgement(Verdict.UNCLEAR, sentence.text, "more was said" if positive else "no yes")
    if not positive:
        return Judgement(Verdict.UNCLEAR, quote, "no yes")
    if positive == 1 and doubts.POLITE_NO.match(quote) and not numbers_in(said.question):
        return Judgement(Verdict.UNCLEAR, quote, "may be a polite no")
    return Judgement(Verdict.GRANTED, said.text.strip(), "explicit yes")


def _asks_outright(sentence: str, subject: Collection[str]) -> bool:
    """ "Go ahead and build the demo": the caller proposes the act in so many words."""
    found = _OUTRIGHT.match(sentence) if subject else None
    return bool(found and mentions(found.group(1), subject))


def _is_harmless(said: Answer, sentence: Sentence, rest: str) -> bool:
    """Whether what follows a yes only asks for facts, asks for the act, or says the question's words again."""
    if follows_up(rest) or (sentence.asked and not phrases.REQUEST.match(rest)):
        head = sentence.text[: len(sentence.text) - len(rest)]
        weak = bool(head) and not phrases.WEAK.sub("", head).strip(" ,")
        return not said.subject or not (weak or mentions(rest, said.subject))
    detail = takes_details(said) and bool(_DETAIL.match(rest))
    if phrases.AGREES_AT_END.search(rest) or _is_aside(said, sentence, rest):
        return True
    return detail or _echoes(said, rest) or (_is_open(said) and _requests(rest))


def _is_aside(said: Answer, sentence: Sentence, rest: str) -> bool:
    """Whether two or three words after a firm yes to a read-back speak of nobody ("yes, oh wise one")."""
    firm = bool(phrases.FIRM.match(sentence.text)) and bool(numbers_in(said.question))
    words = rest.replace(",", " ").split()
    return firm and len(words) <= 3 and not _PERSONS.intersection(words)


_PERSONS = word_set("i i'm i'll i'd i've me my we we're we'll our you your he she they them his her who")


def _requests(rest: str) -> bool:
    """ "Please go ahead and book it": small words, then the verb of an act."""
    while found := phrases.SMALL_BEFORE_ACT.match(rest):
        rest = rest[found.end() :].strip(" ,")
    return bool(phrases.ACT.match(rest))


def _echoes(said: Answer, rest: str) -> bool:
    """Whether every word was in the question, or is too small to change anything."""
    words = {word.folded for word in tokens(rest)}
    if takes_details(said):
        words -= _TIMES | _DETAIL_WORDS | {word for word in words if word[0].isdigit()}
    return words <= {word.folded for word in tokens(said.question)} | _SMALL


def _is_open(said: Answer) -> bool:
    return offers(said.question) and len(tokens(said.question)) <= 20


def _asks_for_it(said: Answer, rest: str) -> bool:
    """Whether the caller asks for what was offered in the offer's own words ("I want to buy the tickets")."""
    return bool(rest) and _is_open(said) and not doubts.TURN.search(rest) and _requests(rest) and _echoes(said, rest)
