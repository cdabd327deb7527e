"""What of a sentence is stated as done at all: not what is asked, denied, planned, quoted or put under a condition."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from language.tokens import APOSTROPHES

_TYPOGRAPHIC = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"\blet's\b"), "let us"),
    (re.compile(r"\b(i|we|you|they|he|she)'d\b"), r"\1 would"),
    (re.compile(r"\b(it|that|this|he|she|there|everything|here|what|all|who|where|how)'s\b"), r"\1 is"),
    (
        re.compile(
            r"'s (?=(?:(?:all|now|just|already) )*"
            r"(?:been|being|booked|reserved|sent|cancelled|moved|noted|paid|confirmed|done|sorted|set|on|off"
            r"|taken care|up and running|yours|through|aware)\b)"
        ),
        " is ",
    ),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bup and running\b"), "live"),
    (re.compile(r"\b(dr|mr|mrs|ms|prof|st)\."), r"\1"),
)

_DENIES_NOTHING = re.compile(
    r"\b(?:no (?:problem|worries|trouble|doubt|bother|need to worry|need to do anything(?: else)?)|not a problem"
    r"|not at all|why not|not only|(?:do not|need not) worry(?: about \w+| at all)?|not to worry)\b"
)
_PREFACE = re.compile(
    r"\b(?:(?:i|we) (?:can|am|are|would|will|may|want|wanted|wish|just|did|do|have)? ?(?:(?:also|just|now|very) )*"
    r"(?:(?:happy to|pleased to|glad to|delighted to|like to|want to|wanted to|love to|to|able to) )?"
    r"(?:(?:also|just|now) )*(?:confirm|say|tell you|let you know|report|inform you|assure you|announce|advise you"
    r"|see(?! you (?:on|at|then|there|tomorrow|today|next|this|in|for|\w+day)\b))"
    r"(?: to you)?(?: here)?(?: that|(?= (?:your|you|it|i|we|the|everything|this)\b))"
    r"|you will be (?:very )?(?:happy|pleased|glad|relieved|delighted) to (?:know|hear)(?: that)?"
    r"|(?:happy|pleased|glad|delighted) to (?:say|tell you|confirm|report)(?: that)?|the good news is(?: that)?"
    r"|(?:please|kindly) (?:note|be (?:assured|advised)) that|rest assured(?: that)?|just so you know"
    r"|(?:which|that|this) means(?: that)?|let me (?:just )?(?:say|tell you|inform you)(?: that)?"
    r"|(?:if|in case) you (?:are|were) wondering)\b"
)
"""How a sentence begins that only tells what follows."""

NOT_YET = re.compile(
    r"\b(?:will|would|can|could|shall|should|may|might|must|ought|let me|let us|going to|gonna|about to|want|wants|need"
    r"|needs|have to|has to|like to|love to|happy to|ready to|try|trying|hope|hoping|wish|before|until|unless|after"
    r"|make sure|ensure|verify|check|see (?:if|whether|that)|so that|in order|please have|wonder(?:ing)?|how to|in case"
    r"|no|not|never|nothing|none|nobody|neither|nor|without|cannot|hardly|unable|failed|yet to|supposed to|as (?:i|we)"
    r"|you (?:were told|said|told|mentioned|asked|thought|wanted|believe|think|say|see)|they (?:said|told)"
    r"|sorry to hear|remember|rather than|instead of|usually|normally|typically|generally|often|always|sometimes|every"
    r"|each|any|whoever|anyone|if|once|when|whenever|as soon as|whether|assuming|provided|suppose|while)\b"
)
"""What makes of a claim in the same clause an offer, a wish, a condition, a denial, a quotation or a habit."""

_CONDITION = re.compile(
    r"^(?:(?:so|and|but|then|okay|well|only) )*(?:if|unless|once|as soon as|when|whenever|until|assuming|provided"
    r"|should you|in case|after you|before you (?:are|can|get)|(?:just )?say (?:yes|so|the word))\b"
)
_LATER = re.compile(
    r"\b(?:once|as soon as|only if|only when|after|until|if|unless|provided|when)"
    r" (?:you|we|i|the|your|that|it|he|she|they)"
    r" (?:\w+ ){0,3}?(?:confirms?|agree|want|like|need|prefer|wish|say|said|pay|give|approves?|answer"
    r"|complete|decide|have|receive|hear|is|are|do|tell)\b"
)
_TAG = re.compile(
    r"\b(?:right|correct|yes|is that (?:right|correct)|have i got that right|did i get that right|am i right|is it"
    r"|is not it|did you|did not you|have you|are you|was it|was not it)$"
)
"""How a statement becomes a question."""

_CLAUSES = re.compile(r"\s*(?:[,;:.!?()\[\]\n–—]|\s-+\s|\b(?:but|so|because|and|though|although)\b(?! that\b))\s*")
_HARD = re.compile(r"[;.!?()\[\]\n–—]")
_ACTED = re.compile(r"\b(?:i|we|my|our|reception|someone|somebody|is|are|has been|have been)\b")
_FEW_WORDS = 2
"""So short a clause only leads to the next one: "Sure thing, cancelled"."""


class Clause(NamedTuple):
    """A clause in plain words; `opens` when it begins a sentence, or goes on with what was done in the one before."""

    text: str
    opens: bool


def stated(sentence: str) -> Iterator[Clause]:
    """The clauses of a sentence that are neither asked nor under a condition."""
    plain = _plain(sentence)
    parts = list(_parts(plain))
    last = _asked_from(plain, [text for text, _ in parts])
    under_condition, acted, opening = False, False, True
    for place, (text, hard) in enumerate(parts):
        under_condition, opening = under_condition and not hard, opening or hard
        if under_condition or place >= last:
            acted = False
            continue
        under_condition = _CONDITION.match(text) is not None
        if not (under_condition or _LATER.search(text)):
            yield Clause(text, acted or opening)
        opening = opening and len(text.split()) <= _FEW_WORDS
        acted = NOT_YET.search(text) is None and _ACTED.search(text) is not None


def _asked_from(plain: str, clauses: list[str]) -> int:
    """The first clause that is a question; their number when none is."""
    if not plain.rstrip(" \"')").endswith("?"):
        return len(clauses)
    is_tag = len(clauses) > 1 and _TAG.search(clauses[-1]) is not None
    return len(clauses) - (2 if is_tag else 1)


def _parts(plain: str) -> Iterator[tuple[str, bool]]:
    """Clauses, and whether a mark as strong as a full stop stands before each."""
    start, hard = 0, True
    for edge in _CLAUSES.finditer(plain):
        if text := plain[start : edge.start()].strip():
            yield text, hard
            hard = False
        hard = hard or _HARD.search(edge.group()) is not None
        start = edge.end()
    if text := plain[start:].strip():
        yield text, hard


def _plain(sentence: str) -> str:
    """Write a sentence in lower case, without contractions, prefaces and denials that deny nothing."""
    text = sentence.translate(_TYPOGRAPHIC).lower()
    for contraction, full in _CONTRACTIONS:
        text = contraction.sub(full, text)
    text = _DENIES_NOTHING.sub(" ", _PREFACE.sub(" ", text))
    return " ".join(text.split())
