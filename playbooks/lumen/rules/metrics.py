"""Monthly figures: amounts beside the thing they count, or in answer to the question for it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from domain.tool_call import ProposedCall
from playbooks.lumen.rules.amounts import Amount, amounts_in, end_of_period, same_amount, shared_out, stands_alone
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.phrases import any_of
from playbooks.lumen.rules.topics import METRICS, Topic

_COUNTED = {
    Topic.FORMS: any_of(
        r"""
        (?:(?:web|website|contact|online|enquiry|site|inquiry) )*forms?(?:[ -](?:fills?|submissions?|submits))?
        forms?[ -](?:enquiries|responses)
        (?:web|website|online|email|form) (?:enquiries|submissions?|fills?)|submissions?
        (?:fill|filling|filled) (?:in|out)
        (?:enquiries|requests|bookings|leads|messages) (?:through|via|from|on|off) (?:the|our|my) (?:web)?site(?: form)?
        """
    ),
    Topic.VISITORS: any_of(
        r"""
        (?:(?:unique|monthly|web|website|site|different) )*(?:visitors?|visits|hits|sessions|page ?views|traffic)
        (?:(?:people|folks?|users) )?(?:visit|visiting|browse|browsing) (?:the|our|my) (?:web)?site
        (?:(?:people|folks?|users) )?(?:come|coming|go|going|get) (?:to|on|onto) (?:the|our) (?:web)?site
        (?:(?:people|folks?|users) )?(?:land|landing|click|clicking) (?:to|on|onto) (?:the|our) (?:web)?site
        (?:people|users|folks?) (?:on|to) (?:the|our) (?:web)?site|website (?:numbers|views)
        """
    ),
    Topic.CALLS: any_of(
        r"""
        (?:(?:inbound|incoming|phone|telephone|monthly) )*(?:calls|callers)|phone enquiries
        enquiries (?:by|over the) phone
        (?:(?:people|customers) )?(?:ring|ringing|phone|phoning|call|calling) (?:us|in|up)|phone (?:rings|goes|ring)
        """
    ),
}
_BESIDE = re.compile(r" ?(?:(?:(?!and )[a-z'-]+ ){0,2}|of \w+ )")
_CALLERS = re.compile(r" (?:\w+ )?(?:people|folks?|users?|leads|enquiries|inquiries|requests|uniques?|rings?)\b")
_NOT_A_FIGURE = any_of(
    r"""
    miss|missed|missing|lost|losing|lose|converts?|waste[ds]?|spam|answer|answered
    we <1>(?:ring|call|phone|dial|contact)|from you|today|yesterday|this morning
    """
)


_DENIES = any_of(r"not|never|no|cannot|nor|neither|\w+n't")
_NOT_SURE = any_of(
    r"""
    not (?:\w+ )?(?:sure|certain|exactly|loads|lots|many|much|huge)|not a (?:lot|huge amount|great deal)
    no (?:idea|more than)
    not more than|(?:don't|do not|couldn't|can't) (?:\w+ )?(?:know|tell you|say|remember)
    """
)


_NONE = re.compile(
    r"\W*(?:(?:well|honestly|absolutely|none|oh)\W+)*(?P<none>(?:hardly|barely|scarcely) any|next to none|none|nil)"
    r"(?: at all| really)?\W*$"
)
_A_MONTH = re.compile(r" (?:(?:a|per|each|every) month|monthly)\b")
_NAMED_ALONE = 5
"""Words of a clause that only says which figure comes next."""
_VAGUE = any_of(r"handful|couple|few|dozens|hundreds|thousands")
_PUTS_RIGHT = any_of(r"no|sorry|actually|rather|i mean|make that|now|these days|more like|or maybe")


class _Noun(NamedTuple):
    """A mention of something counted."""

    start: int
    end: int
    topic: Topic


def find_metrics(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each figure that is new."""
    known = hearing.insights("metrics", {})
    for topic, (value, evidence) in _figures(hearing).items():
        if not same_amount(known.get(topic.value), value):
            yield ProposedCall("log_metric", {"metric_name": topic.value, "value_string": value}, evidence)


def _figures(hearing: Hearing) -> dict[Topic, tuple[str, str]]:
    """The last amount stated for each figure, with its clause: who corrects himself ends with what he means."""
    figures: dict[Topic, tuple[str, str]] = {}
    turned_to: Topic | None = None
    for clause in hearing.clauses:
        if not clause.holds_now or _NOT_A_FIGURE.search(clause.plain):
            continue
        none = _NONE.match(clause.plain)
        if none and hearing.asked[:1] and hearing.asked[0] in METRICS:
            figures[hearing.asked[0]] = (clause.text[none.start("none") : none.end("none")], clause.text)
        turned_to = _turned_to(clause) or turned_to
        for amount, topic in _counted(hearing, clause, figures, turned_to).items():
            value = clause.text[amount.start : end_of_period(clause.plain, amount)]
            figures[topic] = (value, clause.text)
    return figures


def _turned_to(clause: Clause) -> Topic | None:
    """The figure that a clause only names, for the next to put right: "oh, and the calls"."""
    nouns = _nouns(clause.plain)
    alone = len(nouns) == 1 and len(clause.plain.split()) <= _NAMED_ALONE and not amounts_in(clause.plain)
    return nouns[0].topic if alone else None


def _counted(
    hearing: Hearing, clause: Clause, figures: Mapping[Topic, object], turned_to: Topic | None
) -> dict[Amount, Topic]:
    """Pair the clause's amounts with the nouns beside them; one left over answers the question that was asked."""
    amounts = tuple(amount for amount in amounts_in(clause.plain) if not _denied(clause.plain, amount))
    nouns = _nouns(clause.plain)
    if len(hearing.asked) > 1 and not nouns:
        amounts = tuple(part for amount in amounts for part in shared_out(amount))
    paired = _paired(clause.plain, amounts, nouns)
    due = [topic for topic in ((turned_to,) if turned_to else hearing.asked) if topic in METRICS]
    asked = [topic for topic in due if topic not in paired.values()]
    partly = len(asked) < len(due)  # the other figure is what is left, however its noun was heard
    left = [amount for amount in amounts if amount not in paired and (partly or _may_answer(clause.plain, amount))]
    if left and asked and all(noun.topic in asked for noun in nouns):
        if len(left) == len(asked) > 1 and not _PUTS_RIGHT.search(clause.plain, left[0].end):
            return paired | dict(zip(left, asked, strict=True))
        monthly = [amount for amount in left if _A_MONTH.match(clause.plain, amount.end)]
        if not any(end_of_period(clause.plain, amount) > amount.end for amount in left):
            monthly = []
        exact = monthly or [amount for amount in left if not _VAGUE.search(amount.text)] or left
        meant = exact[-1] if _PUTS_RIGHT.search(clause.plain, exact[0].end) else exact[0]
        paired[meant] = next((topic for topic in asked if topic not in figures), asked[0])
    return paired


def _paired(plain: str, amounts: tuple[Amount, ...], nouns: list[_Noun]) -> dict[Amount, Topic]:
    """Take the noun after each amount, or else the free noun before it; nouns taken leave the list."""
    paired: dict[Amount, Topic] = {}
    for amount in amounts:
        after = next((noun for noun in nouns if noun.start >= amount.end), None)
        if after and _BESIDE.fullmatch(plain, amount.end, after.start):
            paired[amount] = after.topic
            nouns.remove(after)
    for amount in amounts:
        before = [noun for noun in nouns if noun.end <= amount.start and not _between(noun, amount, amounts)]
        if amount not in paired and before and _may_answer(plain, amount):
            paired[amount] = before[-1].topic
            nouns.remove(before[-1])
    return paired


def _denied(plain: str, amount: Amount) -> bool:
    """Whether a negation governs the amount: one since the last comma that is no "not sure"."""
    before = plain[: amount.start].rpartition(",")[2]
    return _DENIES.search(_NOT_SURE.sub("", before)) is not None


def _between(noun: _Noun, amount: Amount, amounts: tuple[Amount, ...]) -> bool:
    return any(noun.end <= other.start < amount.start for other in amounts)


def _nouns(plain: str) -> list[_Noun]:
    """Everything counted, in order; of two readings of the same words the first topic's holds."""
    found: list[_Noun] = []
    for topic, pattern in _COUNTED.items():
        for match in pattern.finditer(plain):
            if not any(noun.start < match.end() and match.start() < noun.end for noun in found):
                found.append(_Noun(match.start(), match.end(), topic))
    return sorted(found)


def _may_answer(plain: str, amount: Amount) -> bool:
    """Whether an amount beside no figure's own noun may answer a question for one: it counts callers, or is bare."""
    return stands_alone(plain, amount) or _CALLERS.match(plain, amount.end) is not None
