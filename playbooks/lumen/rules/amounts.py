"""Amounts as people say them: kept word for word, never turned into a number."""

import re
from dataclasses import dataclass

_UNIT = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen)"
)
_DIGITS = r"\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,3})?(?:\s?[km]\b)?(?:\s(?:hundred|thousand|million|dozen)\b)?"
_WORDS = rf"(?:(?:a|half\s+a|a\s+few|few|several|couple(?:\s+of)?|a\s+couple(?:\s+of)?)\s+)?{_UNIT}\b(?:(?:-|\s|\s+and\s+(?:a\s+)?|\s+a\s+)(?:{_UNIT}|half)\b)*"
_NUMBER = rf"(?:{_DIGITS}|{_WORDS})"
_VAGUE = (
    r"in\s+the\s+(?:(?:low|high|mid)(?:dle)?\s+)?(?:tens|hundreds|thousands|dozens|millions|teens|twenties|thirties|forties|"
    r"fifties|sixties|seventies|eighties|nineties)(?:\s+of\s+thousands)?|"
    r"(?:tens\s+of\s+|hundreds\s+of\s+|a\s+few\s+|few\s+|several\s+)?(?:hundreds|thousands|dozens)|"
    r"(?:just\s+|only\s+)?a\s+handful|a\s+couple|(?:just\s+|only\s+)?a\s+few"
)
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|approx|circa|nearly|almost|over|under|above|below|between|maybe|perhaps|probably|"
    r"at\s+least|at\s+most|up\s+to|close\s+to|more\s+than|less\s+than|fewer\s+than|upwards\s+of|north\s+of|"
    r"just\s+(?:over|under|about|shy\s+of)|well\s+over|somewhere\s+(?:around|between|near|in\s+the\s+region\s+of)|"
    r"something\s+like|in\s+the\s+region\s+of|a\s+good)\s+)"
)
_TAIL = r"(?:\s*-?\s?ish\b|\s+or\s+(?:so|more|thereabouts|less)\b|\s+odd\b|\s+plus\b|\+|\s+tops\b|\s+at\s+(?:most|best|least)\b)"
_AMOUNT = re.compile(
    rf"(?<![\w£$€.,'])(?:{_ABOUT}{{0,3}}(?:{_NUMBER}(?:\s*(?:to|-|–|or|and)\s*{_ABOUT}?{_NUMBER})?|{_VAGUE})){_TAIL}?",
    re.IGNORECASE,
)
_NOT_COUNTED = re.compile(
    r"\s*(?:%|percent|per\s?cent|(?:years?|yrs?|months|weeks?|days|hours?|minutes?|mins?|seconds?|miles?|pounds?|quid|grand|"
    r"dollars?|euros?|pence|o'clock|[ap]\.?m|times\s+(?:more|as|bigger)|x|other|more|extra|new|different|percent|figh)\b|'s\b|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[£$€]\s?|\b(?:spend(?:ing)?|spent|pay(?:ing)?|paid|costs?|budget(?:\s+of|\s+is)?)\s+(?:\w+\s+){0,3})$",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:\s+(?:\w+\s+){0,3}?)?\s*(?:(?:a|an|per|each|every|/)\s*(?P<unit>month|day|week|year|hour|quarter)|(?P<adverb>daily|weekly|yearly|monthly))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """An amount and where it stands in its clause."""

    text: str
    start: int
    end: int


def amounts_in(clause: str) -> tuple[Amount, ...]:
    """Find the amounts that count something; money, shares, durations and dates are none."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(clause):
        text = match.group().strip()
        if text.casefold() in {"one", "a one"} or _NOT_COUNTED.match(clause, match.end()):
            continue
        if not _MONEY.search(clause[max(0, match.start() - 40) : match.start()]):
            found.append(Amount(text, match.start(), match.end()))
    return tuple(found)


def with_period(clause: str, amount: Amount) -> str:
    """The amount's words, and those up to its period where that is not a month ("20 calls a day")."""
    period = _PERIOD.match(clause, amount.end)
    if period is None or "month" in period.group().casefold():
        return amount.text
    return clause[amount.start : period.end()].strip()
