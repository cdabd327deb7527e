"""Monthly figures: amounts beside the thing they count, or in answer to the question for it."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import same_words
from playbooks.lumen.rules.amounts import Amount, amounts_in, with_period
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.topics import METRICS, Topic

_SITE = r"(?:the|our|my)\s+(?:web)?site"
_COUNTED = {
    Topic.FORMS: r"(?:(?:web|website|contact|online|enquiry|site)\s+)*(?:forms?(?:[\s-](?:fills?|submissions?|submits|enquiries|responses))?\b|"
    r"submissions?\b|enquiries\s+(?:through|via|from|on|off)\s+(?:the|our|my)\s+(?:web)?site)|"
    r"(?:web|website|online|email)\s+enquiries|(?:fill|filling|filled)\s+(?:in|out)\b",
    Topic.VISITORS: r"(?:(?:unique|monthly|web|website|site|different)\s+)*(?:visitors?|visits|hits|sessions|page\s?views|traffic)\b|"
    rf"(?:people|folks?|users)?\s*(?:(?:visit|visiting|browse|browsing)|(?:come|coming|go|going|get|land|landing|click|clicking)\s+"
    rf"(?:to|on|onto|through\s+to))\s+{_SITE}|(?:people|users|folks?)\s+(?:on|to)\s+{_SITE}|website\s+(?:numbers|views)",
    Topic.CALLS: r"(?:(?:inbound|incoming|phone|telephone|monthly)\s+)*(?:calls|callers)\b|phone\s+enquiries|enquiries\s+(?:by|over\s+the)\s+phone|"
    r"(?:people|customers)?\s*(?:ring|ringing|phone|phoning|call|calling)\s+(?:us|in|up)\b|(?:phone|it)\s+(?:rings|goes|ring)\b",
}
_PATTERNS = {topic: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for topic, pattern in _COUNTED.items()}
_BESIDE = re.compile(r"\s*(?:(?:[a-z'-]+\s+){0,2}|of\s+\w+\s+)$", re.IGNORECASE)
_STAFF = re.compile(
    r"\s*(?:people|staff|employees|of\s+us|guys|lads|engineers|fitters|vans|customers|jobs|reviews|locations|branches)\b",
    re.IGNORECASE,
)
_NOT_A_FIGURE = re.compile(r"\b(?:miss(?:ed|ing)?|lost|losing|lose|converts?|waste[ds]?|spam|answer)\b", re.IGNORECASE)


def find_metrics(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each figure that is new."""
    known = hearing.insights("metrics", {})
    for topic, (value, clause) in _figures(hearing).items():
        if not same_words(known.get(topic.value), value):
            yield ProposedCall("log_metric", {"metric_name": topic.value, "value_string": value}, clause.text)


def _figures(hearing: Hearing) -> dict[Topic, tuple[str, Clause]]:
    """The last amount stated for each figure: a speaker who corrects himself ends with what he means."""
    figures: dict[Topic, tuple[str, Clause]] = {}
    open_topics = [topic for topic in hearing.asked if topic in METRICS]
    for clause in hearing.clauses:
        if not clause.holds_now or _NOT_A_FIGURE.search(clause.text):
            continue
        amounts = amounts_in(clause.text)
        paired = _paired(clause, amounts)
        for amount in amounts:
            topic = paired.get(amount) or _answered(clause, amount, open_topics, figures)
            if topic is not None:
                figures[topic] = (with_period(clause.text, amount), clause)
    return figures


def _paired(clause: Clause, amounts: tuple[Amount, ...]) -> dict[Amount, Topic]:
    """Pair each amount with the noun after it, or else with the free noun before it."""
    nouns = _nouns(clause.text)
    paired: dict[Amount, Topic] = {}
    for amount in amounts:
        after = next((noun for noun in nouns if noun[0] >= amount.end), None)
        if after and _BESIDE.fullmatch(clause.text, amount.end, after[0]):
            paired[amount] = after[2]
            nouns.remove(after)
    for amount in amounts:
        before = [noun for noun in nouns if noun[1] <= amount.start and _nothing_between(noun[1], amount, amounts)]
        if amount not in paired and before and not _STAFF.match(clause.text, amount.end):
            paired[amount] = before[-1][2]
            nouns.remove(before[-1])
    return paired


def _nothing_between(end: int, amount: Amount, amounts: tuple[Amount, ...]) -> bool:
    return not any(end <= other.start < amount.start for other in amounts)


def _nouns(text: str) -> list[tuple[int, int, Topic]]:
    found: list[tuple[int, int, Topic]] = []
    for topic, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), topic))
    return sorted(found)


def _answered(
    clause: Clause, amount: Amount, asked: list[Topic], figures: dict[Topic, tuple[str, Clause]]
) -> Topic | None:
    """The figure that was asked for and that a bare amount answers."""
    if _nouns(clause.text) or not asked:
        return None
    if _STAFF.match(clause.text, amount.end) and asked[0] is not Topic.VISITORS:
        return None
    return next((topic for topic in asked if topic not in figures), asked[0])
