"""What a caller's turn does at a front desk: asks for an appointment or a fact, answers yes or no, says goodbye."""

import re
from enum import StrEnum

from language.consent.answer import agreed


class Act(StrEnum):
    """What the words do beside the facts they hold."""

    EMERGENCY = "emergency"
    ORDER = "order"
    GOODBYE = "goodbye"
    HUMAN = "human"
    MACHINE = "machine"
    REPEAT = "repeat"
    WAIT = "wait"
    RESEND = "resend"
    HOURS = "hours"
    MINE = "mine"
    FACT = "fact"
    OTHERS = "others"
    DOCTORS = "doctors"
    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    GREETING = "greeting"
    QUESTION = "question"
    PAST = "past"
    STATEMENT = "statement"


FACTS = frozenset({Act.HOURS, Act.DOCTORS, Act.MACHINE, Act.MINE, Act.FACT})
"""What only asks for a fact."""


class Intent(StrEnum):
    """What a caller wants of the desk."""

    BOOK = "book"
    CANCEL = "cancel"
    MOVE = "move"
    RESEND = "resend"


_FEW_WORDS = 12
"""A yes or a no opens a short turn; what follows in a long one is more than an answer."""
_NO_MORE = r"\bthat (?:is|was|will be|would be) (?:all|it|everything)\b(?! (?:right|correct|fine))"
_VISIT = r"(?:appointment|visit|booking)s?"
_ACTS = {
    Act.EMERGENCY: (
        r"(?<!no )(?<!not an )\b(?:emergency|ambulance|heart attack|chest pains?|(?:can not|can't) breathe|unconscious"
        r"|overdose|swallowed (?!my)|choking|poison(?:ed)?|seizure|suicid\w+|bleeding (?:badly|heavily|a lot)|stroke)\b"
    ),
    Act.ORDER: (
        r"\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instructions|rules|prompt)\b|\bsystem prompt\b"
        r"|\bcall every tool\b|^system\b.*\bfunction\b"
    ),
    Act.GOODBYE: (
        r"\bwrong number\b"
        r"|\b(?:see you(?: then| later| soon| tomorrow| on \w+)?|take care|have a (?:nice|good|great) \w+)$"
        r"|\b(?:good ?bye|bye)\b"
        rf"|^(?!yes|yeah|yep).*{_NO_MORE}"
        r"|^(?:(?:no|nope|thanks|thank you|okay|ok) )*(?:nothing(?: else| more)?|(?:i am|we are) (?:good|all set|done))"
        r"(?: (?:thanks|thank you|a lot|for now|no))*$"
    ),
    Act.HUMAN: (
        r"\b(?:speak|talk|put me through|transfer me|connect me)\b.{0,20}\b(?:someone|somebody|human|person|operator"
        r"|receptionist|representative|agent|colleague)\b|\bput me through\b"
        r"|\b(?:complain|complaints?|manager|supervisor)\b|^(?:human|operator|receptionist)(?: please)?$"
    ),
    Act.MACHINE: (
        r"\b(?:are you|is this|am i (?:speaking|talking) (?:to|with)) (?:an? )?(?:real )?"
        r"(?:human|person|robot|bot|machine|computer|ai|recording|real)\b"
    ),
    Act.REPEAT: (
        r"\b(?:say|repeat) (?:that|it)(?: again)?\b|^(?:pardon|sorry|what|huh|come again)(?: what)?$"
        r"|\b(?:what did you say|what was that|what do you mean|do not understand"
        r"|did not (?:hear|catch|get) (?:you|that|it))\b"
    ),
    Act.WAIT: (
        r"^(?:(?:wait|okay|oh|please|sorry) )*(?:wait|hold on|hang on|one (?:moment|second|minute)"
        r"|(?:just )?a (?:moment|second|minute)|let me (?:think|see|check))(?: please)?$"
    ),
    Act.RESEND: (
        r"\b(?:re ?send|send)\b.{0,30}\b(?:confirmation|e ?mail|again)\b|\b(?:have not|did not) (?:got|get|received?)\b"
        r".{0,20}\b(?:confirmation|e ?mail)\b"
    ),
    Act.HOURS: (
        r"\b(?:opening|office|visiting|working|your|consulting) hours\b|\bhow long are you open\b|\bwhen can i come\b"
        r"|\b(?:when|what (?:time|days?|hours)) (?:are|is|do|does) .{0,30}"
        r"\b(?:open|close|in|there|work|available|sit)\b"
        r"|\b(?:is|are|will) (?:\w+ ){1,3}open\b"
        r"|^(?:(?:so|and|but|okay|ok|hi|hello|well) )*(?:is|are|does|do|will) (?:dr|doctor|he|she|they"
        r"|the (?!slot|time|appointment|booking))\b.{0,30}\b(?:in|there|here|work|working|sit|on duty)\b"
    ),
    Act.MINE: (
        rf"\b(?:when|what|who|what (?:time|day)) (?:is|are|was|were) (?:my|our|the) (?:\w+ )?{_VISIT}\b"
        rf"|\b(?:when|what|which) (?:\w+ )?(?:my|our) (?:\w+ )?{_VISIT} (?:is|are|was|were)\b"
        rf"|\b(?:what|which) (?:\w+ )?{_VISIT} (?:(?:do|have|did) (?:i|we)\b|(?:are|is) .*\bfor me\b)"
        rf"|\b(?:tell|remind|read|give) me (?:of |about |all )?(?:my|our) (?:\w+ )?{_VISIT}$"
        r"|\bwhat (?:do|have) (?:i|we) (?:have|got)(?: (?:now|left|booked|next|coming up|with you))*$"
        r"|\b(?:when|who) (?:was i|did i) (?:\w+ )?(?:last )?(?:here|come|visit|see)\b|\bmy doctor last time\b"
        rf"|\b(?:have|booked) an? (?:\w+ )?{_VISIT}\b.*\b(?:when|what (?:time|day)) (?:is|was) it\b"
        rf"|\b(?:do|did|have) (?:i|we) (?:have |got |book |booked )+(?:(?:an?|any|my) {_VISIT}"
        r"|anything (?:booked|coming up|with you))\b"
    ),
    Act.FACT: (
        r"\bhow much\b|\bquestions? (?:about|on|regarding)\b"
        r"|\b(?:costs?|prices?|fees?|charges?|insurance|cashless|parking|located|location|directions"
        r"|your address)\b"
        r"|\bhow (?:do|can) (?:i|we) (?:get|reach|come)\b"
    ),
    Act.OTHERS: r"\b(?:any|what|which) (?:other|else)\b|\bother (?:times?|days?|slots?|options?)\b",
    Act.DOCTORS: (
        r"\b(?:which|what|who|name the|list)\b.{0,25}\b(?:doctors?|departments?|specialists?|specialities|physicians?"
        r"|dermatologists?|cardiologists?)\b(?!.{0,40}\b(?:free|available)\b)"
        r"|\bwho (?:do you have|works|is the doctor)\b"
    ),
}
_TO_MACHINE = re.compile(r"\s*(?:[{\[<]|(?:system|assistant|developer|user)\s*:)", re.IGNORECASE)
"""What nobody says: the beginning of a data block, or the label of a role."""
_COMPILED = tuple((act, re.compile(pattern)) for act, pattern in _ACTS.items())
_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|okay|ok|right|correct|exactly|perfect|great|fine|good|lovely|absolutely|definitely"
    r"|of course|please do|go ahead|that (?:works|suits|is (?:fine|good|right|correct|perfect|great|okay|ok))"
    r"|sounds good|i do(?! not)|works for me|suits me|i will take (?:it|that)|book it|ha+$)\b"
)
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:really|yet|now|at)|nothing|never mind|none|neither|i do not think so|not that"
    r"|(?:ji )?nahin?|bas)\b"
)
_LEAD = re.compile(r"^(?:(?:oh|ah|um|uh|hmm|well|so) )+(?=\w)")
_THANKS = re.compile(
    r"^(?:(?:okay|ok|all right|alright|great|perfect|lovely|oh|super|bahut) )*"
    r"(?:thank you|thanks|cheers|dhanyavaa?d|shukriya)\b"
)
_GREETING = re.compile(
    r"^(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|namaste|there|are you (?:still )?there|can you hear me"
    r"|how are you(?: doing)?(?: today)?) ?)+$"
)
_ASKING = re.compile(
    r"^(?:(?:so|and|but|okay|ok|well|um|hi|hello|please|sorry) )*(?:what|when|where|who|which|why|how|is|are|do"
    r"|does|can|could|will|would|should|may)\b"
)
_FACTUAL = re.compile(
    r"^(?:(?:so|and|but|okay|ok|well|hi|hello|please|sorry) )*"
    r"(?:who|why|what (?:is|are|does|do)|is|are|does|do(?! you)|has|have|how (?:long|many|often))\b"
    r"(?! (?:there|it (?:possible|okay|ok|all right|alright))\b)"
)
"""How a question of fact begins, as opposed to a request."""
_PAST = re.compile(
    r"^(?:(?:hello|hi|well|so|yes|and|actually) )*(?:i|we) (?:had|saw|went|came|visited|met"
    r"|(?:was|were) (?:at|in|there|with|here|seen|treated))\b"
    r"(?!.*\b(?:need|want|like|book|cancel\w*|move|reschedul\w+|change|can|could|please|now|send|again)\b)"
)
_CLAUSE = re.compile(r"[.,;!?]\s|\bbut\b", re.IGNORECASE)
_UNWANTED = re.compile(r"\bnot (?:\w+ )?(?:want|need|like|wish|looking|calling|here)\b")
_CANCEL = re.compile(r"(?<!not )(?<!never )\b(?:cancel\w*|call (?:it |that )?off)\b")
_ABSENT = re.compile(r"\b(?:can not|will not(?: be able to)?|not able to|unable to) (?:come|make it|attend)\b")
_ANOTHER_TIME = re.compile(
    r"\binstead\b|\b(?:another|other|different) (?:day|time|date|slot)\b"
    r"|\b(?:can|could|may) (?:we|i|you) (?:do|make|have|come|give|take)\b"
)
"""Beside words that one cannot come: when one can."""
_MOVE = re.compile(
    r"\b(?:move|shift|re ?schedul\w+|postpone|push (?:it|that|this|.{0,40}back)|bring .{0,40}forward|pre ?pone)\b"
    r"|\bchange (?:my|the|an) (?:\w+ )?(?:appointment|booking|visit|slot)\b"
)
_BOOK = re.compile(
    r"\b(?:book|appointments?|check ?up|consultation|consult|schedule|see (?:a|the|dr|doctor|someone)|visit|slot"
    r"|(?:need|want|require)s? (?:an?|the) (?:\w+ )?(?:doctor|physician|specialist)|milna|dikhana)\b"
)
_CONTRACTIONS = (
    ("can't", "can not"), ("cannot", "can not"), ("'s ", " is "), ("'m ", " am "), ("n't ", " not "),
    ("'re ", " are "), ("'d ", " would "), ("'ve ", " have "), ("'ll ", " will "),
)  # fmt: skip


def act_of(words: str) -> Act:
    """Tell what a turn does; one that does several things is what an answer is most due to."""
    if _TO_MACHINE.match(words):
        return Act.ORDER
    text = _LEAD.sub("", plain(words))
    for act, pattern in _COMPILED:
        if pattern.search(text):
            return act
    if _GREETING.match(text):
        return Act.GREETING
    if len(text.split()) <= _FEW_WORDS and (answer := _answer(text)):
        return answer
    if words.rstrip().endswith("?") or _ASKING.match(text):
        return Act.QUESTION
    return Act.PAST if _PAST.match(text) else Act.STATEMENT


def _answer(text: str) -> Act | None:
    if _THANKS.match(text):
        return Act.THANKS
    if _NO.match(text):
        return Act.NO
    return Act.YES if _YES.match(text) or agreed(text)[0] else None


def intent_of(words: str) -> Intent | None:
    """Tell what a turn wants of the desk in so many words."""
    text = plain(words)
    if _CANCEL.search(text):
        return Intent.CANCEL
    if _MOVE.search(text) or (_ABSENT.search(text) and _ANOTHER_TIME.search(text)):
        return Intent.MOVE
    if _ABSENT.search(text):
        return Intent.CANCEL
    clauses = map(plain, _CLAUSE.split(words))
    return Intent.BOOK if any(_BOOK.search(one) and not _UNWANTED.search(one) for one in clauses) else None


def ends_a_list(words: str) -> bool:
    """Whether "that's all" closes what was told, and no other word takes leave."""
    rest, found = re.subn(rf"{_NO_MORE}(?: thank(?:s| you))?", "", plain(words))
    return bool(found) and act_of(rest) is not Act.GOODBYE


def asks_fact(words: str) -> bool:
    """Whether a question is worded as one of fact: "who is", "does he"."""
    return _FACTUAL.match(plain(words)) is not None


def plain(words: str) -> str:
    """Lower case, no marks, the commonest contractions spelt out."""
    text = words.casefold().replace("\u2019", "'") + " "
    for short, full in _CONTRACTIONS:
        text = text.replace(short, full)
    return " ".join(re.sub(r"[^\w\s']", " ", text).split())
