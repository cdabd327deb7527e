"""Amounts as people say them: kept word for word, never turned into a number."""

import re
from dataclasses import dataclass
from decimal import Decimal

from language.number_marks import Mark
from language.tokens import word_set
from language.utterance import Utterance
from language.word_classes import FUNCTION_WORDS
from playbooks.lumen.dataset import same_words
from playbooks.lumen.rules.phrases import choice

_UNIT = choice(
    r"""
    zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen
    eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen
    """
)
_DIGITS = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,3})?(?: ?[km]\b)?(?: (?:hundred|thousand|million|dozen)\b)?"
_FEW = r"(?:(?:a|half a|a few|few|several|(?:a )?couple(?: of)?) )?"
_NUMBER = rf"(?:{_DIGITS}|{_FEW}{_UNIT}\b(?:(?:-| | and (?:a )?| a | point )(?:{_UNIT}|half)\b)*)"
_DECADES = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|teens"
_VAGUE = choice(
    r"""
    in the (?:(?:low|high|mid)(?:dle)? )?(?:tens|hundreds|thousands|dozens|millions|<decades>)(?: of thousands)?
    (?:tens of |hundreds of |a few |few |several |a couple of )?(?:hundreds|thousands|dozens)
    (?:(?:just|only) )?a (?:handful|couple|few)
    """,
    decades=_DECADES,
)
_ABOUT = choice(
    r"""
    about|around|roughly|approximately|approx|circa|nearly|almost|over|under|above|below|between|maybe|perhaps|probably
    getting on for|at least|at most|up to|closer? to|more than|less than|fewer than|upwards of|north of|something like
    a good
    just (?:over|under|about|shy of)|well over|somewhere (?:around|between|near|in the region of)|in the region of
    """
)
_TAIL = r"(?: ?-?ish\b| or (?:so|more|thereabouts|less)\b| odd\b| plus\b|\+| tops\b| at (?:most|best|least)\b)"
_WIDENED = rf"(?P<tens>{_UNIT}), (?P=tens)[ -]{_UNIT}\b"
"""A guess widened as it is made: "thirty, thirty five"."""
_RANGE = rf"(?:{_WIDENED}|{_NUMBER}(?: ?(?:to|-|–|or|and) ?(?:{_ABOUT} )?{_NUMBER})?)"
_AMOUNT = re.compile(rf"(?<![\w£$€.,'])(?:{_ABOUT} ){{0,3}}(?:{_RANGE}|{_VAGUE}){_TAIL}?(?!\w)")
_NOT_COUNTED = re.compile(
    r" ?%|'s\b|(?:st|nd|rd|th)\b| "
    + choice(
        r"""
        \w* ?per ?cent|years?|yrs?|months|weeks?|days|hours?|minutes?|mins?|seconds?|miles?|pounds?|quid|grand
        dollars?|euros?
        pence|o'clock|[ap]\.?m|times (?:more|as|bigger)|other|more|extra|new|different
        in the (?:morning|afternoon|evening)
        """
    )
    + r"\b"
)
_MONEY = re.compile(r"[£$€] ?$|\b(?:spend(?:ing)?|spent|pay(?:ing)?|paid|costs?|budget(?: of| is)?) (?:\w+ ){0,3}$")
_LEFT_BEHIND = re.compile(r"\b(?:(?:up|down) (?:from|on)|compared (?:to|with)|as opposed to|instead of|rather than) $")
_PERIOD = re.compile(
    r"(?: [\w'-]+){0,3}? (?:(?:a|an|per|each|every) (?:month|day|week|year|hour|quarter)|daily|weekly|yearly|monthly)\b"
)
_MOVES = re.compile(
    r"\b(?:gone|went|goes|grown|grew|risen|rose|jumped|shot|crept|climbed|come|came|picked|back|up|moved|expanded) "
    r"(?P<from>from )?$"
)
_CARRIES_ON = re.compile(r"(?:hundred|thousand|million)$")
_OF_THINGS = re.compile(r" of (?!us\b|them\b|those\b|these\b)\w")
_NEXT_WORD = re.compile(r" (\w[\w'-]*)")
_NO_NOUN = FUNCTION_WORDS | word_set(
    "all altogether combined daily each easily every full last mark max maybe monthly now ones overall part per "
    "please probably really roughly these times told total typically usually weekly yeah yearly yes"
)
"""What may stand behind an amount that counts nothing it names."""
_MOST = 20
"""Amounts of one clause that are looked at; people say one or two."""


@dataclass(frozen=True)
class Amount:
    """An amount and where it stands in its clause."""

    text: str
    start: int
    end: int


def amounts_in(plain: str) -> tuple[Amount, ...]:
    """Find the amounts that count something, the newest few; money, shares, durations and dates are none."""
    found = [_without_motion(plain, Amount(match.group(), *match.span())) for match in _AMOUNT.finditer(plain)]
    return tuple(amount for amount in found[-_MOST:] if _counts_something(plain, amount))


def _without_motion(plain: str, amount: Amount) -> Amount:
    """What "gone up to 700" and "gone from 500 to 700" reached; elsewhere these are the words of a range."""
    way = _MOVES.search(plain[max(0, amount.start - 20) : amount.start])
    reached = amount.text.find("to ") + len("to ")
    there = way and (amount.text.startswith("up to ") or (way["from"] and " to " in amount.text))
    return Amount(amount.text[reached:], amount.start + reached, amount.end) if there else amount


def _counts_something(plain: str, amount: Amount) -> bool:
    if amount.text == "one" or _NOT_COUNTED.match(plain, amount.end):
        return False
    before = plain[max(0, amount.start - 40) : amount.start]
    return not (_MONEY.search(before) or _LEFT_BEHIND.search(before))


def stands_alone(plain: str, amount: Amount) -> bool:
    """Whether no noun says what is counted ("nine hundred orders"), so that the question does."""
    if _OF_THINGS.match(plain, amount.end):
        return False
    following = _NEXT_WORD.match(plain, amount.end)
    return following is None or following[1] in _NO_NOUN or following[1].partition("'")[0] in _NO_NOUN


def end_of_period(plain: str, amount: Amount) -> int:
    """Where the amount ends, with the period it is counted over unless that is a month ("20 calls a day")."""
    period = _PERIOD.match(plain, amount.end)
    return amount.end if period is None or "month" in period.group() else period.end()


def same_amount(known: object, value: str) -> bool:
    """Whether a value on record says the same: word for word, or the same numbers, bounds and periods."""
    if not isinstance(known, str) or same_words(known, value):
        return isinstance(known, str)
    counted = _counted(value)
    return bool(counted[0]) and counted == _counted(known)


def _counted(value: str) -> tuple[list[Decimal], list[Mark]]:
    said = Utterance(value)
    return [number.value for number in said.numbers], [mark.mark for mark in said.marks]


def shared_out(amount: Amount) -> tuple[Amount, ...]:
    """The two amounts of "sixty and fifteen", where two were asked for; "two hundred and fifty" is one."""
    first, joined, second = amount.text.partition(" and ")
    if not joined or "between" in first or _CARRIES_ON.search(first):
        return (amount,)
    middle = amount.start + len(first)
    return Amount(first, amount.start, middle), Amount(second, middle + len(joined), amount.end)
