"""Clauses of a turn, and whether what they say is stated as true, here and now, of the speaker."""

import re
from dataclasses import dataclass
from functools import cached_property

from language.word_classes import NUMBERS, QUESTION
from playbooks.lumen.rules.phrases import any_of, choice, folded

_SENTENCE = re.compile(r"\S.*?(?:(?<!\b[DM]r)(?<!\bM[rs]s)(?<!\bMs)(?<!\bProf)[.?!;]+(?= |$)|$)", re.IGNORECASE)
_SUBJECT = (
    r"(?:we|i|it|they|he|she|you|our|my|there|that|this|now|the \w+ (?:is|are)"
    r"|the (?:main|biggest|other|problem|phone|website))"
)
_BREAK = re.compile(
    rf"""
    [—–…] | [ ]-[ ] | \.\.\.                                                 # a dash, an ellipsis
    | ,?[ ](?=(?:but|whereas|though|although|except|while|oh)[ ])            # a contrast, an afterthought
    | ,?[ ](?=when(?:ever)?[ ](?:we|i|they|you)[ ])
    | ,[ ](?=(?:[\w'-]+[ ]){{0,2}}if[ ])                                       # a condition after the fact
    | ,[ ](?=(?:(?:and|so|then|or|plus|well|actually|here|not)[ ]){{0,2}}{_SUBJECT.replace(" ", "[ ]")}\b)
    | [ ](?=(?:and|so|plus)[ ](?:then[ ]|now[ ])?(?:we|i|it|they|he|she|our|my|there)\b)
    | (?<=\bno),[ ]
    """,
    re.VERBOSE,
)
_LEAD = r"^\W*(?:(?:so|and|but|or|well|okay|ok|oh|right|yeah|yes|no|sorry|actually|um|just|then)\W+){0,3}"
_ASKS = re.compile(
    _LEAD
    + choice(
        r"""
        (?:what|how|why|when|where|who|which)(?:'s|'re)
        (?:what|how|why|when|where|who|which)(?: (?:is|are|was|were|do|does|did|would|can|could|will|should|about))
        (?:what|how|which) (?:if|much|many|long|kind|sort|happens|makes?)
        (?:do|does|did|can|could|would) (?:you|we|i|it|they|he|she|that|this|your|the|any\w*)
        (?:will|should|may|don't|doesn't) (?:you|we|i|it|they|he|she|that|this|your|the|any\w*)
        (?:is|are|was|were|am|have|has|isn't|aren't) (?:you|we|i|it|they|he|she|there|that|this|these|your|the|any\w*)
        """
    )
    + r"\b"
)
_CLEFT = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:what|how|why|where)(?:'s| is) (?:\w+ ){0,5}?(?:is|are)\b")
_GUESSES = re.compile(
    r"^\W*(?:(?:oh|ooh|well|i don't know|say|maybe|perhaps|probably|possibly|about|around|roughly|somewhere|between|"
    rf"over|under|nearly|almost|like|a|just)\W+)+(?:\d|(?:{'|'.join(sorted(NUMBERS))})\b)"
)
"""An amount told in the tone of a question: "around sixty?"."""
_OPEN_VERB = any_of(r"would|could|might|may|will|can|should|\w+'(?:d|ll)")
"""A verb that a condition behind it makes one of what may be, not of what is."""
_IF_AFTER = re.compile(r",? (?:[\w'-]+ ){0,2}if ", re.IGNORECASE)
_WHETHER = any_of(r"(?:know|tell|tells|see|sure|wonder|wondering|idea|check|ask|telling|knowing) if")
_ESTIMATES = any_of(
    r"""
    i(?:'d| would) (?:say|guess|think|reckon|imagine|have said)
    (?:it|that)(?:'d| would| could| might| may) (?:\w+ )?be|i (?:want|have|would like) to say
    """
)
_SUPPOSES = any_of(
    r"""
    if|imagine|(?<!i )(?<!we )suppose|supposing|assuming|unless|pretend|hypothetically|might
    (?<!in )(?<!of )(?<!since )(?<!last )(?<!by )may
    could|were to
    let's say|say (?:we|i) (?:had|got|were)|for example|for instance|in theory|theoretically
    """
)
_WISHES = any_of(
    r"""
    want|wants|wanted|wanting|wish|wishing|hope|hoping|hopefully|aim|aiming|target|targeting|goal|goals|plan|plans
    planning
    would (?:like|love|be (?:great|nice|good))|(?:i|we)'d (?:<1>)?(?:like|love|be (?:great|nice|happy))
    looking (?:to|for)|trying to|need|needs|ideal|ideally|going to|gonna|will|(?:i|we|it|that)'ll|next year|one day
    dream|by (?:christmas|easter|(?:the )?(?:spring|summer|autumn|winter)|next \w+|then)
    (?:i|we)(?:'d| would) <1>(?:give <4>|kill |die )for|if only|dream of
    thinking (?:of|about)|considering|keen to|ambition|priority|expect|expecting
    """
)
_KIN = (
    "friend|mate|brother|sister|wife|husband|partner|dad|mum|father|mother|son|daughter|neighbou?r|uncle|cousin|"
    "nephew|niece|aunt|colleague|boss|accountant|supplier"
)
_OTHERS = any_of(
    r"""
    competitors?|competition|rivals?|(?:somebody|someone) else has
    there(?:'s| is| are|'re) (?:an?|one|two|some|other) (?:\w+ )?(?:firms?|compan(?:y|ies)|business(?:es)?|outfits?)
    another (?:company|firm|business)|other (?:companies|firms|people|businesses|guys)
    (?:my|our|the|his|her) (?:old|last|previous|former|ex)[ -]?(?:company|job|firm|boss|place|employer|agency|business)
    (?<!i'm )(?<!i am )(?<!with )(?:my|a|our) (?:\w+ )?(?:<kin>)(?:'s)?
    i (?:know|hear|heard|bet|believe|think) (?!<ours>)\w+ (?:gets?|has|have|does|do|takes?|spends?)
    (?:across|down|up|over|round) the (?:road|street|way|corner|hill)|next door|opposite us
    the (?:branch|office|shop|depot) in <1>\w+ (?:gets?|has|does|takes?)
    (?:the|our|your) (?:agency|parent company)|your (?:company|firm|website|team|other)|you (?:guys|said|get|have|told)
    """,
    kin=_KIN,
    ours=r"(?:we|i|it|our|my|that|this|there|people|customers|everyone)\b",
)
_THIRD = re.compile(_LEAD + r"(?:he|she|they|his|her|their)\b")
_OVER = any_of(
    r"""
    used to|in the past|previously|formerly|(?:years?|months?|weeks?) ago
    (?:was|were|had|got|did) .{0,40}last (?:year|summer|winter)
    last (?:year|summer|winter) .{0,40}(?:was|were|had|got|did)
    back (?:in|then|when)|before (?:covid|the|that|we|i)|stopped|gave up|given up|gave it up|ditched
    dropped(?! (?:to|from))|quit
    when (?:we|i|it|there) (?:had|was|were|ran|owned|began|started|opened)|no longer|any ?more|i was|we were
    at one (?:point|time|stage)|the old \w+|(?:the )?last (?:place|job|firm|company) i
    """
)
_NOW = any_of(
    r"now|still|these days|nowadays|currently|at the moment|since|promoted|i (?:was|got) made|moved|rebranded|renamed"
    r"|changed"
)
_DENIES = any_of(r"not|never|cannot|nor|neither|\w+n't")


@dataclass(frozen=True)
class Clause:
    """A stretch of a turn with one subject, and the sentence it stands in; `plain` is the text to match."""

    text: str
    sentence: str

    @cached_property
    def plain(self) -> str:
        """The text in small letters, character for character."""
        return folded(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question; "what hurts is ..." is none."""
        if self.plain.endswith("?"):
            return _GUESSES.match(self.plain) is None or not QUESTION.isdisjoint(self.plain.split())
        return bool(_ASKS.match(self.plain)) and not _CLEFT.match(self.plain)

    @cached_property
    def supposes(self) -> bool:
        """Whether it is only supposed to be so, by its own words or by the condition its sentence begins with."""
        said = _WHETHER.sub("", _ESTIMATES.sub("", self.plain))
        turned = self.plain.startswith("but ")
        if _SUPPOSES.search(said) or (_OPEN_VERB.search(said) and self._depends):
            return True
        return not turned and _CONDITION.match(self.sentence) is not None

    @property
    def _depends(self) -> bool:
        """Whether a condition follows it in its sentence."""
        end = self.sentence.find(self.text) + len(self.text)
        return _IF_AFTER.match(self.sentence, end) is not None

    @cached_property
    def wishes(self) -> bool:
        """Whether it speaks of what is wanted or to come."""
        return bool(_WISHES.search(_ESTIMATES.sub("", self.plain)))

    @cached_property
    def of_others(self) -> bool:
        """Whether it is about somebody else, or some other firm."""
        return self.of_them or _OTHERS.search(self.plain) is not None

    @cached_property
    def of_them(self) -> bool:
        """Whether its subject is a "they" or "he" who may be anybody: customers, or a rival."""
        return _THIRD.match(self.plain) is not None

    @cached_property
    def over(self) -> bool:
        """Whether it tells of what was, and says nothing of now."""
        return bool(_OVER.search(self.plain)) and not _NOW.search(self.plain)

    @cached_property
    def denies(self) -> bool:
        """Whether it holds a negation; "X, not Y" still states X."""
        return _DENIES.search(self.plain.partition(", not ")[0]) is not None

    @property
    def states(self) -> bool:
        """Whether it states something of the speaker as true."""
        return not (self.asks or self.supposes or self.of_others or _TAKEN_BACK.search(folded(self.sentence)))

    @property
    def holds_now(self) -> bool:
        """Whether it states something as true of the speaker now."""
        return self.states and not (self.wishes or self.over)


_TAKEN_BACK = re.compile(r",? (?:i wish|if only|in my dreams|chance would be a fine thing|ha(?:,? ?ha)*|lol)\W*$")
"""How a sentence ends that was no more than a wish or a joke."""
_CONDITION = re.compile(
    rf"\W*(?:(?!{_SUBJECT}\b)(?:(?:well|so|yeah|yes|no|ok|okay|oh|and|but|right)\W+|\w+ )){{0,2}}?"
    r"(?:if|imagine|suppose|say we|say i)\b",
    re.IGNORECASE,
)


def clauses_in(text: str) -> tuple[Clause, ...]:
    """Split a text with single spaces into clauses, in order; those without a letter or digit are left out."""
    found: list[Clause] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        for start, end in _parts(folded(sentence)):
            part = sentence[start:end].strip(" ,")
            if any(letter.isalnum() for letter in part):
                found.append(Clause(part, sentence))
    return tuple(found)


def _parts(plain: str) -> list[tuple[int, int]]:
    breaks = [match.span() for match in _BREAK.finditer(plain)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(plain)]
    return list(zip(starts, ends, strict=True))
