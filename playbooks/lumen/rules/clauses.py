"""Clauses of a turn, and whether what they say is stated as true, here and now, of the speaker."""

import re
from dataclasses import dataclass
from functools import cached_property

_SENTENCE = re.compile(r"\S.*?(?:[.?!;]+(?=\s|$)|\n|$)", re.DOTALL)
_SUBJECT = r"(?:we|i|it|they|he|she|you|our|my|there|that|this|the\s+(?:main|biggest|other|problem|phone|website))"
_BREAK = re.compile(
    rf"""
    [—–…] | \s-\s | \.\.\.                                                # a dash, an ellipsis
    | ,?\s(?=(?:but|whereas|though|although|except|while)\s)              # a contrast
    | ,\s(?=(?:(?:and|so|then|or|plus|well|actually)\s){{0,2}}{_SUBJECT}\b)  # a comma and a new subject
    | ,?\s(?=(?:and|so|plus)\s(?:then\s|now\s)?(?:we|i|it|they|he|she|our|my|there)\b)
    | (?<=\bno),\s
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LEAD = r"^\W*(?:(?:so|and|but|or|well|okay|ok|oh|right|yeah|yes|no|sorry|actually|um|just|then)\W+){0,3}"
_ASKS = re.compile(
    _LEAD
    + r"""(?:
    (?:what|how|why|when|where|who|which)(?:'s|'re|\s+(?:is|are|was|were|do|does|did|would|can|could|will|should|about|
        if|much|many|long|kind|sort|happens|makes?))\b
    | (?:do|does|did|can|could|would|will|is|are|was|were|have|has|should|may|am|isn't|don't|doesn't|aren't)\s+
        (?:you|we|i|it|they|he|she|there|that|this|these|your|the|a|any|anyone|people)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CLEFT = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:what|how|why|where)(?:'s|\s+is)\s+(?:\w+\s+){0,5}?(?:is|are)\b", re.IGNORECASE
)
_WHETHER = re.compile(
    r"\b(?:know|tell|see|sure|wonder|wondering|idea|check|ask|care|telling|knowing)\s+if\b", re.IGNORECASE
)
_SUPPOSES = re.compile(
    r"\b(?:if|imagine|suppose|supposing|assuming|let's\s+say|say\s+(?:we|i)\s+(?:had|got|were)|what\s+if|hypothetically|"
    r"unless|pretend|for\s+example|for\s+instance|might|may|could|were\s+to|theoretically|in\s+theory)\b(?!\s+be\b)",
    re.IGNORECASE,
)
_ESTIMATES = re.compile(
    r"\b(?:i|it)(?:'d|\s+would|\s+could|\s+might|\s+may)\s+(?:say|guess|think|reckon|imagine|be)\b", re.IGNORECASE
)
_WISHES = re.compile(
    r"\b(?:want(?:s|ed|ing)?|wish|wishing|hope|hoping|hopefully|would\s+(?:like|love|be\s+(?:great|nice|good))|"
    r"'d\s+(?:like|love|be\s+(?:great|nice|happy))|aim(?:ing|s)?|target(?:ing)?|goal|plan(?:s|ning)?|looking\s+to|"
    r"trying\s+to|need(?:s)?|ideal(?:ly)?|going\s+to|gonna|will|'ll|next\s+year|one\s+day|dream|double|"
    r"thinking\s+(?:of|about)|considering|used\s+to\s+dream)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:competitors?|competition|rivals?|another\s+(?:company|firm|business)|other\s+(?:companies|firms|people|"
    r"businesses|guys)|(?:my|our|the|his|her)\s+(?:old|last|previous|former|ex)\s*-?\s*(?:company|job|firm|boss|place|"
    r"employer|agency|business)|(?:my|a|our)\s+(?:\w+\s+)?(?:friend|mate|brother|sister|wife|husband|partner|dad|mum|"
    r"father|mother|son|daughter|neighbou?r|uncle|cousin|colleague|boss|accountant|supplier)(?:'s)?|somebody\s+else|"
    r"someone\s+else|(?:the|our|your)\s+(?:agency|parent\s+company)|your\s+(?:company|firm|website|team|other)|"
    r"you\s+(?:guys|said|get|have|told))\b",
    re.IGNORECASE,
)
_THIRD = re.compile(_LEAD + r"(?:he|she|they|his|her|their)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:used\s+to|in\s+the\s+past|previously|formerly|years?\s+ago|months?\s+ago|last\s+(?:year|month|summer|winter)|"
    r"back\s+(?:in|then|when)|before\s+(?:covid|the|that|we|i)|stopped|gave\s+up|given\s+up|gave\s+it\s+up|"
    r"ditched|dropped|quit|no\s+longer|not\s+any\s*more|any\s*more|we\s+had|i\s+was|we\s+were)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|don't|doesn't|didn't|isn't|aren't|wasn't|won't|can't|cannot|haven't|hasn't|nor|neither)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A stretch of a turn with one subject; `sentence` is the whole sentence it stands in."""

    text: str
    sentence: str

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question; a tag ("..., right?") is none."""
        if _CLEFT.match(self.text) and not self.text.rstrip().endswith("?"):
            return False
        return bool(_ASKS.match(self.text)) or self.text.rstrip().endswith("?")

    @cached_property
    def supposes(self) -> bool:
        """Whether it, or the sentence around it, is only supposed to be so."""
        return any(_SUPPOSES.search(_WHETHER.sub("", _ESTIMATES.sub("", text))) for text in (self.text, self._frame))

    @cached_property
    def wishes(self) -> bool:
        """Whether it speaks of what is wanted or to come."""
        return bool(_WISHES.search(_ESTIMATES.sub("", self.text)))

    @cached_property
    def of_others(self) -> bool:
        """Whether it is about somebody else, or some other firm."""
        return bool(_OTHERS.search(self.text) or _THIRD.match(self.text))

    @cached_property
    def over(self) -> bool:
        """Whether it tells of what was, and is no more."""
        return bool(_OVER.search(self.text))

    @cached_property
    def denies(self) -> bool:
        """Whether it holds a negation."""
        return bool(_DENIES.search(self.text))

    @property
    def states(self) -> bool:
        """Whether it states something of the speaker as true."""
        return not (self.asks or self.supposes or self.of_others)

    @property
    def holds_now(self) -> bool:
        """Whether it states something as true of the speaker now."""
        return self.states and not (self.wishes or self.over)

    @property
    def _frame(self) -> str:
        """The sentence's beginning, where a condition governs all that follows."""
        start = self.sentence.lstrip().split(",", 1)[0]
        return start if re.match(r"(?:\w+\s+)?(?:if|imagine|suppose|say)\b", start, re.IGNORECASE) else ""


def clauses_in(text: str) -> tuple[Clause, ...]:
    """Split a turn into clauses, in order; blank ones are left out."""
    found: list[Clause] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        parts = [part.strip(" ,") for part in _BREAK.split(sentence)]
        found += [Clause(part, sentence) for part in parts if any(letter.isalnum() for letter in part)]
    return tuple(found)
