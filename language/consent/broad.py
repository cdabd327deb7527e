"""A yes to whatever was asked, or to details read back: it may repeat them, add some or ask on."""

import re
from collections.abc import Collection

from language.consent import doubts, phrases
from language.consent.answer import Answer, Sentence, agreed, follows_up, takes_details
from language.consent.question_phrases import CORRECTED
from language.consent.questions import leaves_open, mentions, offers, reads_back
from language.consent.reasons import TIMES
from language.consent.verdict import Judgement, Verdict
from language.numbers import numbers_in
from language.tokens import tokens, word_set
from language.word_classes import DO_HAVE_BE, MODALS, NUMBERS, ORDINALS, QUESTION

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
    "reservation appointment booking table room car song movie process further em them"
)
_UNASKED = re.compile(rf"(?:to )?(?:{'|'.join(sorted(QUESTION | DO_HAVE_BE | MODALS))})(?![\w'])")
"""What makes a yes to a gated act a part of something else: "yes is a strong word", "yes when I'm back"."""
_DETAIL_WORDS = NUMBERS | ORDINALS | word_set("past o'clock o clock am pm people persons next by from until till")
_DETAIL = re.compile(
    r"^(?:on|for|at|with|in|to|from|by|i|i'd|i'll|i'm|we|we'd|we'll|my|the|please|and|make|try|book|that|it|this|any|"
    r"around|about|\d)(?![\w'])"
)


def broad_consent(said: Answer) -> Judgement:
    """The verdict on an answer that nothing in it takes back."""
    quote = said.sentences[0].text
    if any(_asks_outright(sentence.text, said.subject) for sentence in said.sentences):
        return Judgement(Verdict.GRANTED, said.text.strip(), "asked for it outright")
    if said.proposed is None and not _is_read_back(said):
        return Judgement(Verdict.UNCLEAR, quote, "nothing proposed" if said.question else "nothing asked")
    positive = 0
    for sentence in said.sentences:
        count, rest = (1, "") if phrases.HINDI_YES_ALONE.fullmatch(said.text) else agreed(sentence.text)
        if sentence.asked and not rest:
            return Judgement(Verdict.UNCLEAR, sentence.text, "asks back")
        positive += count + (not sentence.asked and _asks_for_it(said, rest))
        asks_first = not positive and follows_up(rest)
        if rest and not asks_first and not (positive and _is_harmless(said, sentence, rest, count)):
            return Judgement(Verdict.UNCLEAR, sentence.text, "more was said" if positive else "no yes")
    if not positive:
        return Judgement(Verdict.UNCLEAR, quote, "no yes")
    if positive == 1 and doubts.POLITE_NO.match(quote) and not (said.told or numbers_in(said.question)):
        return Judgement(Verdict.UNCLEAR, quote, "may be a polite no")
    return Judgement(Verdict.GRANTED, said.text.strip(), "explicit yes")


def _is_read_back(said: Answer) -> bool:
    """Whether the question told the act's details; where they are not known, numbers do, and a firm yes."""
    if said.told:
        return leaves_open(said.question)
    return reads_back(said.question, said.subject) and bool(phrases.FIRM.search(said.sentences[0].text))


def _asks_outright(sentence: str, subject: Collection[str]) -> bool:
    """ "Go ahead and build the demo": the caller proposes the act in so many words."""
    found = _OUTRIGHT.match(sentence) if subject else None
    return bool(found and mentions(found.group(1), subject))


def _is_harmless(said: Answer, sentence: Sentence, rest: str, count: int) -> bool:
    """Whether what follows a yes only asks for facts, asks for the act, or says the question's words again."""
    if said.subject and not sentence.asked and _UNASKED.match(rest):
        return False
    if follows_up(rest, agreed_by=count) or (sentence.asked and not phrases.REQUEST.match(rest)):
        head = sentence.text[: len(sentence.text) - len(rest)]
        weak = bool(head) and not phrases.WEAK.sub("", head).strip(" ,")
        return not said.subject or not (weak or mentions(rest, said.subject))
    detail = takes_details(said) and bool(_DETAIL.match(rest))
    if phrases.AGREES_AT_END.search(rest) or _is_aside(said, sentence, rest):
        return True
    return detail or _echoes(said, rest) or (_is_open(said) and _requests(rest))


_LONGEST_ASIDE = 6
_NO_ASIDE = phrases.phrase(
    "want|need|like|love|wish|please|can|could|would|should|make|add|put|give|find|get|take|tell|with|also|and|plus|too",
    "let|include|remove|skip|use|try|keep|ask|look|search|check|show|bad|terrible|stupid|awful|horrible|hate|dead|fool",
    "my|we|our|you|your|he|she|they|them|his|her|who",
)
"""What makes a remark a wish, a scorn, or somebody's else."""


def _is_aside(said: Answer, sentence: Sentence, rest: str) -> bool:
    """Whether a few words after a firm yes to a read-back only remark something ("yes, oh wise one")."""
    read_back = said.told or numbers_in(said.question) or CORRECTED.search(said.question.lower())
    if said.subject or sentence.asked or not read_back:
        return False
    firm = bool(phrases.FIRM.match(said.sentences[0].text))
    return firm and len(rest.split()) <= _LONGEST_ASIDE and not _NO_ASIDE.search(rest)


def _requests(rest: str) -> bool:
    """ "Please go ahead and book it": small words, then the verb of an act."""
    while found := phrases.SMALL_BEFORE_ACT.match(rest):
        rest = rest[found.end() :].strip(" ,")
    return bool(phrases.ACT.match(rest))


def _echoes(said: Answer, rest: str) -> bool:
    """Whether every word was in the question, or is too small to change anything."""
    words = {word.folded for word in tokens(rest)}
    if takes_details(said):
        words -= TIMES | _DETAIL_WORDS | {word for word in words if word[0].isdigit()}
    return words <= {word.folded for word in tokens(said.question)} | _SMALL


def _is_open(said: Answer) -> bool:
    return offers(said.question) and len(tokens(said.question)) <= 20


def _asks_for_it(said: Answer, rest: str) -> bool:
    """Whether the caller asks for what was offered in the offer's own words ("I want to buy the tickets")."""
    return bool(rest) and _is_open(said) and not doubts.TURN.search(rest) and _requests(rest) and _echoes(said, rest)
