"""How many people work at the prospect's company, in the words used."""

import re

from playbooks.lumen.rules.amounts import Amount, amounts_in, stands_alone
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.phrases import any_of, choice, folded
from playbooks.lumen.rules.topics import METRICS, Topic

_PEOPLE = re.compile(
    r"[ -](?:(?:full[ -]time|part[ -]time|good|office|field|core) )?"
    + choice(
        r"""
        people|employees|(?:members of )?staff(?: members)?|team members|of us|guys|lads|folks|workers|heads|strong
        person|man
        (?:people )?(?:in|on) the (?:team|books|payroll)
        """
    )
    + r"\b(?: (?:team|company|business|firm|outfit|operation|on the (?:team|books|payroll)))?"
)
_COUNTS = any_of(
    r"""
    we're|we are|we've|we have|have|got|employ|there's|there are|there're|it's|it is|team of|staff of|grown|grew|shrunk
    up to|down to|size is|headcount|now|total|altogether|call it
    """
)
_STAFF_BEFORE = re.compile(
    r"\b(?:team|staff|workforce|headcount|company size|crew|employ(?:s|ing)?) (?:(?:of|is|are) )?(?:now )?$"
)
_THEIRS = re.compile(
    r"\bthe (?!"
    + choice("team|staff|company|business|firm|group|shop|store|practice|office|crew|outfit|department|whole|workshop")
    + r"\b)\w+(?:'s got| has got| has| have| employs?) $"
)
"""Who is none of ours, and has people: "the council's got"."""
_PLACED = re.compile(r" (?:in|on|at|out) \w+")
"""Where a part of them is: "fourteen of us, nine on site"."""
_SUMS_UP = re.compile(r"\b(?:call it|so|say|makes|all in|all told|in all|altogether) $")
_STAFF = any_of(r"of us|staff|employ|employees|team|on the (?:books|payroll)")
_ALONE = any_of(r"(?:just|only) (?:me(?: and (?:my |the )?(?:two |other )?\w+)?|the (?:two|three|four|five|six) of us)")
_ELSE = re.compile(
    " "
    + choice(
        r"""
        more|new|extra|less|fewer|left|leaving|out|off|away|visit\w*|come|coming|call\w*|ring\w*|who
        a (?:day|week|month)|(?:to|on) (?:the|our) (?:web)?site
        on (?:this|the) (?:call|line|phone)|of (?:them|those|these|which|whom)
        """
    )
    + r"\b"
)
_FOR = re.compile(r"\b(?:for|hire|hired|lost|lose|need|recruit|take on|took on) $")
_SOLO = any_of(r"(?:a )?one[ -](?:man|woman|person) (?:band|show|operation|outfit)")
_GROWN_TO = re.compile(r"^(?:up to|down to) (?=about|around|roughly|nearly|almost|over|just)")
_SPLIT = re.compile(
    r"\W*(?:(?:so|well|we've got|we have|there's|there are) )*"
    r"(\S+ (?:in|on|at) (?:\w+ ){1,3}?(?:and|plus) \S+ (?:in|on|at|out) [\w ]+)\W*$"
)
"""Some here and some there: the whole is the answer, for nobody said the sum."""


def find_size(hearing: Hearing, clause: Clause) -> str | None:
    """The head count that a clause states of the company now, or None."""
    if clause.wishes or clause.over:
        return None
    asked = Topic.COMPANY_SIZE in hearing.expected
    if asked and _ALONE.search(clause.plain) and (alone := _ALONE.search(folded(clause.sentence))):
        return clause.sentence[alone.start() : alone.end()]
    if asked and (split := _SPLIT.match(clause.plain)) and len(amounts_in(clause.plain)) > 1:
        return clause.text[split.start(1) : split.end(1)]
    if solo := _SOLO.search(clause.plain):
        return clause.text[solo.start() : solo.end()]
    amounts = amounts_in(clause.plain)
    for before, amount in reversed(list(zip((None, *amounts), amounts, strict=False))):
        unit = _PEOPLE.match(clause.plain, amount.end)
        end = unit.end() if unit else amount.end
        if any(sign.search(clause.plain[: amount.start]) for sign in (_FOR, _THEIRS)):
            continue
        counted = _counts(hearing, clause) if unit else _stands_for_people(hearing, clause, amount, before)
        if counted and not _ELSE.match(clause.plain, end):
            return _GROWN_TO.sub("", clause.text[amount.start : end])
    return None


def _counts(hearing: Hearing, clause: Clause) -> bool:
    """Whether "fifty people" means staff: after a question for visitors it means them."""
    of_visits = any(topic in hearing.asked for topic in METRICS) and not _STAFF.search(clause.plain)
    said = _COUNTS.search(clause.plain) or _STAFF.search(clause.plain)
    return Topic.COMPANY_SIZE in hearing.expected or (said is not None and not of_visits)


def _stands_for_people(hearing: Hearing, clause: Clause, amount: Amount, before: Amount | None) -> bool:
    """A bare amount counts staff after the word for it, or as an answer; else what the amount `before` it counts."""
    if _STAFF_BEFORE.search(clause.plain[: amount.start]):
        return True
    if _SUMS_UP.search(clause.plain[: amount.start]):
        return Topic.COMPANY_SIZE in hearing.expected
    if before and _PLACED.match(clause.plain, amount.end):
        return False
    if before and not (stands_alone(clause.plain, before) or _PEOPLE.match(clause.plain, before.end)):
        return False
    return Topic.COMPANY_SIZE in hearing.expected and stands_alone(clause.plain, amount)
