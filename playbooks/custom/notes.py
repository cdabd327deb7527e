"""Finding in the owner's notes what a caller asks for: plain facts are read out, what the agent is to do never is."""

import re

from language.names import root
from language.sentences import split_sentences
from language.tokens import tokens, word_set

_EMPTY = word_set(
    "a an the is are was were be been am do does did has have had to of in on at for with and or but it its this that "
    "these those they them their he she his her we our us you your i me my mine there any some so as by from will "
    "would can could shall should may might must what when where who whom whose which why how much many please tell "
    "know ask question questions about hello hi okay well um want like need get got give let say said also just more "
    "another"
)
_SAME = (
    word_set("open opening opens opened close closes closing closed hour hours"),
    word_set("cost costs price prices fee fees charge charges expensive rate rates pound pounds dollar euro euros"),
    word_set("where address location located street road square avenue find directions"),
    word_set("phone telephone number call reach contact"),
    word_set("park parking car"),
    word_set("pay payment card cash"),
)
"""Words that ask for and tell of the same."""
_PLACE = "#2"
"""Asked for by itself only: "where can I park" asks about parking."""
_TO_THE_AGENT = re.compile(
    r"^\W*(?:you|your|never|always|do not|don't|be|ask|tell|say|speak|keep|collect|take|note|offer|answer|avoid|use"
    r"|greet|if|when|make|try|only|please|remember|refuse|explain|find out|transfer|qualify)\b"
    r"|\b(?:the caller|callers?|you (?:are|should|must|may|can)|your (?:task|goal|job|role)|the (?:agent|assistant)"
    r"|must|should|secret|internal|confidential|do not|don't|never)\b",
    re.IGNORECASE,
)
_LONGEST = 40
"""Words of a fact that is read out."""
_ENOUGH = 0.7
"""The share of a question's words that its answer has."""


def fact_for(question: str, notes: str) -> str | None:
    """Return the sentence of the notes that holds what a question asks for; None when none surely does."""
    asked = _subjects(question)
    asked = asked - {_PLACE} or asked
    facts = [fact for fact in split_sentences(notes) if _may_be_said(fact)]
    if not asked or not facts:
        return None
    shared, best = max(((len(asked & _subjects(fact)), fact) for fact in facts), key=lambda found: found[0])
    return best if shared / len(asked) >= _ENOUGH else None


def _may_be_said(fact: str) -> bool:
    return _TO_THE_AGENT.search(fact) is None and len(fact.split()) <= _LONGEST


def _subjects(text: str) -> frozenset[str]:
    """What a text is about: its words by their roots, those of the same matter as one."""
    return frozenset(
        next((f"#{at}" for at, same in enumerate(_SAME) if word.folded in same), root(word.folded))
        for word in tokens(text)
        if word.folded.partition("'")[0] not in _EMPTY or word.folded == "where"
    )
