"""What a caller's turn is, in terms that fit any business: a greeting, a question, a wish, a goodbye."""

import re
from enum import StrEnum

from language.tokens import word_set


class Act(StrEnum):
    """What the words do."""

    EMERGENCY = "emergency"
    ORDER = "order"
    UNWELCOME = "unwelcome"
    GOODBYE = "goodbye"
    MACHINE = "machine"
    HUMAN = "human"
    LEAVE_MESSAGE = "leave_message"
    WHO = "who"
    PURPOSE = "purpose"
    REPEAT = "repeat"
    WAIT = "wait"
    WELL_BEING = "well_being"
    NO_MORE = "no_more"
    INTRODUCED_QUESTION = "introduced_question"
    WISH = "wish"
    TELL = "tell"
    SMALL_TALK = "small_talk"
    THANKS = "thanks"
    GREETING = "greeting"
    YES = "yes"
    NO = "no"
    QUESTION = "question"
    STATEMENT = "statement"


ENDING = frozenset({Act.GOODBYE, Act.NO_MORE, Act.UNWELCOME})
"""After these nobody wants to go on talking."""

_SOMEONE = (
    r"(?:someone|somebody|human|person|agent|colleague|manager|operator|representative|receptionist|boss|owner"
    r"|(?:dr|doctor|mr|mrs|ms) \w+)"
)
_PLEASE = r"^(?:(?:please|so|then|and|but|well|okay|ok|yes|hi|hello|um|uh|oh|good \w+|actually) )*"
_DO = r"(?:book|rebook|cancel|change|move|reschedule|send|arrange|make|order|schedule|reserve|buy|pay|return)"
_TELL = (
    r"(?:tell|ask|let (?:him|her|them|the|dr|mr|mrs)|pass|note|take|give|have (?:someone|somebody|him|her|them)|call"
    r"|ring|complain|report|say|get (?:\w+ ){1,3}to)"
)
_I_WISH = (
    r"(?:i|we) (?:would (?:like|love)|want|need|wish|have|was hoping|am hoping|am calling|am ringing)"
    r" (?:you |someone |somebody )?to (?:please )?"
)
_COULD_YOU = r"(?:can|could|would|will|may) (?:you|i|we|some(?:one|body)|any(?:one|body)) (?:please |also |maybe )*"
_ACTS = {
    Act.EMERGENCY: (
        r"(?<!\bno )(?<!\bnot an )\b(?:emergency|ambulance|heart attack|chest pains?|can ?not breathe"
        r"|unconscious|overdose|suicid\w+|kill myself|bleeding (?:badly|heavily|a lot)|house is on fire|smell gas)\b",
    ),
    Act.ORDER: (
        r"\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instructions|rules|prompt)\b|\bsystem prompt\b"
        r"|\b(?:repeat|print|reveal|output) (?:\w+ ){0,3}above\b|\bcall every tool\b|^system\b.*\bfunction\b",
    ),
    Act.UNWELCOME: (
        r"\b(?:not interested|stop calling|(?:do not|never) (?:ever )?call (?:me|us|here|this number)"
        r"|leave (?:me|us) alone|(?:take|remove) (?:me|us|my number) (?:off|from)|lose my number)\b",
    ),
    Act.GOODBYE: (
        r"(?<!said )(?<!says )(?<!saying )\b(?:good ?bye|bye|see you (?:then|later|soon|tomorrow|on \w+)|take care"
        r"|talk to you later|i have to (?:go|run)|(?:i|i will) hang up"
        r"|(?<!gave you the )(?<!given you the )wrong number)\b",
        r"\bhave a (?:nice|good|great|lovely) (?:day|evening|one|weekend|afternoon)\b",
        r"\bthat (?:is|was|will be|would be) (?:all|it|everything)\b(?:(?: \w+){0,2} (?:for )?(?:now|today))?"
        r"(?: (?:thank you|thanks|then|really))*$",
    ),
    Act.MACHINE: (
        r"\b(?:are you|is this|am i (?:speaking|talking) (?:to|with)) (?:an? )?(?:real )?"
        r"(?:human|person|robot|bot|machine|computer|ai|recording|real|answering machine)\b",
    ),
    Act.HUMAN: (
        rf"\b(?:speak|talk|put me through|transfer me|connect me|get me)\b.{{0,20}}\b{_SOMEONE}\b",
        r"^(?:human|operator|agent|representative|reception)(?: please)?$",
        rf"^(?:is|are) .{{2,30}} (?:there|available|in|free)(?: today| now| please)?$|^(?:a|an) (?:real )?{_SOMEONE}",
    ),
    Act.LEAVE_MESSAGE: (r"\b(?:leave|take) (?:\w+ ){0,3}message(?: please| for .{1,40})?$",),
    Act.WHO: (
        r"\bwho (?:is this|is that|are you|am i (?:speaking|talking) (?:to|with)|do you work for|is calling)\b",
        r"\b(?:what is your name|your name again|(?:what|which) company|where (?:am i|have i) call(?:ing|ed))\b",
    ),
    Act.PURPOSE: (
        r"\bwhat (?:(?:can|do) you do|(?:is this|are you) (?:about|for|calling about)|is this call about)\b",
        r"\b(?:how can you help|what can you help|why are you calling)\b",
    ),
    Act.REPEAT: (
        r"\b(?:(?:say|repeat) (?:that|it)(?: again)?|pardon|come again|what did you say|what was that)\b",
        r"\b(?:could not hear you|did not (?:hear|catch|get) (?:you|that|it)|can you hear me)\b",
        r"^(?:sorry|what|huh)(?: what)?$",
    ),
    Act.WAIT: (
        r"^(?:(?:wait|okay|oh|please|sorry|well|u+h+m*|u+m+|h+m+) )*(?:wait|hold on|hang on"
        r"|one (?:moment|second|minute|sec)"
        r"|just a (?:moment|second|minute|sec)|give me a (?:moment|second|minute|sec)|let me (?:think|see|check))\b"
        r"(?: please| a (?:moment|second|minute))*(?: i .{0,40})?$",
    ),
    Act.WELL_BEING: (r"\bhow (?:are you|is it going|do you do|are things)\b",),
    Act.NO_MORE: (
        r"^(?:(?:no|nope|thanks|thank you|okay|ok) )*(?:nothing(?: else| more)?(?: really)?|(?:i am|we are) (?:good"
        r"|all set|done|fine)|that is (?:all|it|everything|fine|the lot)|not (?:today|now))"
        r"(?: (?:cheers|thanks|thank you|for now|no|then))*$",
    ),
    Act.INTRODUCED_QUESTION: (
        rf"{_PLEASE}(?:i|we) (?:have|had|have got) (?:a|an|another|one more|some|just a) (?:\w+ )?questions?\b",
        rf"{_PLEASE}(?:can|could|may) i ask (?:you )?(?:something|a question)\b",
    ),
    Act.WISH: (
        rf"{_PLEASE}(?:{_I_WISH}|{_COULD_YOU}){_DO}\b",
        rf"^(?:please |just )+{_DO}\b",
    ),
    Act.TELL: (
        rf"{_PLEASE}(?:{_I_WISH}|{_COULD_YOU}){_TELL}\b",
        rf"^(?:please |just |then |and |so )*{_TELL}\b",
    ),
    Act.SMALL_TALK: (
        r"^(?:u+h+m*|u+m+|h+m+|i see|i (?:do not|would not) know|no idea|not sure|i am not sure|nice to meet you"
        r"|(?:that is )?(?:interesting|funny|good to know|too bad|a pity|a shame"
        r"|(?:very |so |really )?(?:kind|nice|good|sweet) of you)|i understand|got it|really"
        r"|(?:(?:what|it is|such) )*(?:an? )?(?:lovely|nice|beautiful|glorious|awful|terrible|horrible|miserable)"
        r" (?:weather|day|morning|afternoon|evening)(?: (?:out|outside|we are having|is it not|is not it|today))*"
        r"|you are (?:so |very |really |an? |my |such a )*\w+|i love you)(?: then| yet| really| now)*$",
    ),
}
"""How each act is said; what stands first is due first."""
_COMPILED = tuple((act, re.compile(pattern)) for act, patterns in _ACTS.items() for pattern in patterns)
_THANKS = re.compile(
    r"^(?:(?:okay|ok|great|perfect|lovely|well|and|oh|yes|super) )*(?:thank you|thanks|cheers|much obliged)"
    r"(?: (?:so|very|much|a lot|again|for .{1,40}|you|that is .{1,20}))*$"
)
_GREETING = word_set("hello hi hey hiya greetings morning afternoon evening good namaste there again")
_YES = word_set(
    "yes yeah yep yup sure okay ok right correct please alright fine exactly indeed do go ahead of course that would "
    "be great good is absolutely"
)
_NO = word_set("no nope nah not really thanks thank you do need to rather never mind")
_ASKING = word_set(
    "what when where who whom whose which why how is are am was were do does did can could will would shall should may "
    "might have has had"
)
_POLITE = re.compile(r"^(?:(?:so|and|but|okay|ok|well|um|oh|hi|hello|please|sorry|excuse me|good \w+|yes|no) )+")
_REFUSAL = re.compile(
    r"\b(?:rather not|prefer not|do not want to|will not (?:say|tell)|do not have (?:one|a|any|it)"
    r"|none of your business|is private|can not (?:say|tell)|not (?:give|giving))\b"
)
_DENIES = re.compile(
    r"^(?:(?:no|well|oh|sorry) )*(?:i do not think so|not that i (?:can think|know) of"
    r"|i (?:do not|can not) (?:know|remember) (?:it|that|mine)(?: off .{1,20})?)(?: (?:no|thanks|thank you|sorry))*$"
)
_INDIRECT = re.compile(
    r"^(?:i|we) (?:am|was|were|are) (?:just |only )?wondering (?:if|whether|what|when|where|who|why|how)\b"
)
_LONGEST_REFUSAL = 9
_CLAUSE = re.compile(r"[,.;:!]\s")
_LONGEST_GREETING = 5


def act_of(words: str) -> Act:
    """Tell what a turn does; a turn that does several things is what an answer is most due to."""
    text = plain(words)
    asked = words.rstrip().endswith("?") or any(map(asks, clauses_of(words)))
    for act, pattern in _COMPILED:
        if pattern.search(text):
            return act
    said = text.split()
    if 0 < len(said) <= _LONGEST_GREETING and _GREETING.issuperset(said):
        return Act.GREETING
    if _THANKS.match(text) and not asked:
        return Act.THANKS
    if asked:
        return Act.QUESTION
    return _answer(said)


def clauses_of(words: str) -> list[str]:
    """The stretches of a turn between its marks."""
    return _CLAUSE.split(words)


def asks(clause: str) -> bool:
    """Whether it begins as a question does."""
    said = _POLITE.sub("", plain(clause))
    first, _, rest = said.partition(" ")
    return (first in _ASKING and rest != "") or _INDIRECT.match(said) is not None


def _answer(said: list[str]) -> Act:
    if said and said[0] in ("no", "nope", "nah", "not", "never", "rather") and _NO.issuperset(said):
        return Act.NO
    if _DENIES.match(" ".join(said)) or (_REFUSAL.search(" ".join(said)) and len(said) <= _LONGEST_REFUSAL):
        return Act.NO
    return Act.YES if said and _YES.issuperset(said) else Act.STATEMENT


def plain(words: str) -> str:
    """Lower case, no marks, the commonest contractions spelt out."""
    text = words.casefold().replace("\u2019", "'") + " "
    for short, full in (
        ("can't ", "can not "),
        ("'s ", " is "),
        ("'m ", " am "),
        ("n't ", " not "),
        ("'re ", " are "),
        ("'d ", " would "),
        ("'ve ", " have "),
        ("'ll ", " will "),
    ):
        text = text.replace(short, full)
    return " ".join(re.sub(r"[^\w\s']", " ", text).split())
