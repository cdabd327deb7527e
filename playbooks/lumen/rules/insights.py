"""Insights: the clause in which a prospect says what troubles, drives or distinguishes their business."""

import re
from collections.abc import Iterator

from domain.tool_call import ProposedCall
from playbooks.lumen.dataset import folded as compared
from playbooks.lumen.rules.amounts import amounts_in
from playbooks.lumen.rules.channel_names import KNOWN
from playbooks.lumen.rules.clauses import Clause
from playbooks.lumen.rules.hearing import Hearing
from playbooks.lumen.rules.insight_phrases import NO_ANSWER, OURS, STRANGERS, TELLING, THIS_CALL
from playbooks.lumen.rules.phrases import choice, folded
from playbooks.lumen.rules.topics import INSIGHTS, Topic

_OPENING = re.compile(
    "(?:"
    + choice(
        r"""
        well|so|and|but|oh|yeah|yes|no(?=\W*[,.;])|okay|ok|right|honestly
        to be honest|i mean|i guess|i suppose|you know|you see|basically|look
        plus|also|then|actually|really|obviously|good question|because|i think
        """
    )
    + r"\b[ ,]*)+"
)
_COMPARES = re.compile(r"\W*(?:(?:well|just|to have|to get)\W+)*(?:more|fewer|less|better) \w+")
_DENIED = re.compile(r"(?:\b(?:not|never|no|without|hardly)|n't)(?: (?:really|actually|even|any|much|so))* $")
_HAPPENED = re.compile(r"\b(?:just|recently) \w+(?:ed|t|ne|wn|en)\b")
"""What has happened lately: who is asked for a reason gives it as one."""
_LEAST_WORDS = 3
_LONGEST_ANSWER = 600
"""Characters of a turn that may be taken whole for an answer."""

Group = tuple[Topic, list[Clause]]


def find_insights(hearing: Hearing) -> Iterator[ProposedCall]:
    """Propose each insight that is new: one for each category and sentence, in the prospect's own words."""
    known = {(item["category"], compared(item["details"])) for item in hearing.insights("insights", [])}
    for category, clauses in _told(hearing) or _plain_answer(hearing):
        details = _without_opening(_joined(hearing.text, clauses))
        if len(details.split()) >= _LEAST_WORDS and (category.value, compared(details)) not in known:
            arguments = {"category": category.value, "insight_details": details}
            yield ProposedCall("record_business_insight", arguments, details)


def _told(hearing: Hearing) -> list[Group]:
    """What the words themselves tell; neighbouring clauses of one category in one sentence belong together."""
    groups: list[Group] = []
    for clause in hearing.clauses:
        category = _category(hearing, clause)
        last = groups[-1] if groups else None
        if category and last and last[0] is category and last[1][-1].sentence == clause.sentence:
            last[1].append(clause)
        elif category:
            groups.append((category, [clause]))
        elif last and _goes_on(clause, last[1][-1]):
            last[1].append(clause)
    return groups


def _goes_on(clause: Clause, before: Clause) -> bool:
    """Whether a clause without a fact of its own ends what the one before it began."""
    other_fact = amounts_in(clause.plain) or KNOWN.search(clause.plain) or THIS_CALL.search(clause.plain)
    return clause.sentence == before.sentence and clause.plain.startswith("and ") and clause.states and not other_fact


def _category(hearing: Hearing, clause: Clause) -> Topic | None:
    """The category asked for, where the clause tells of it; or else the one it tells of first."""
    if Topic.GOAL in hearing.asked and _COMPARES.match(clause.plain):
        return Topic.GOAL
    stated = clause.states or (clause.of_them and _asked_of_business(hearing) and not clause.asks)
    if not stated or THIS_CALL.search(clause.plain) or not _of_business(hearing, clause):
        return None
    if Topic.MOTIVATION in hearing.asked and _HAPPENED.search(clause.plain):
        return Topic.MOTIVATION
    found = ((pattern.search(clause.plain), topic) for topic, pattern in TELLING.items())
    told = sorted((match.start(), topic) for match, topic in found if match and _holds(topic, clause, match.start()))
    return next((topic for _, topic in told if topic in hearing.asked), told[0][1] if told else None)


def _asked_of_business(hearing: Hearing) -> bool:
    """Whether "they" are the prospect's own leads or customers: the assistant spoke of nobody else."""
    question = folded(hearing.conversation.question or "")
    return OURS.search(question) is not None and not STRANGERS.search(question)


def _of_business(hearing: Hearing, clause: Clause) -> bool:
    said = Clause(clause.sentence, clause.sentence)
    if said.of_them and not _asked_of_business(hearing):
        return OURS.search(clause.plain) is not None  # a sentence about others, unless the clause turns to the speaker
    return OURS.search(said.plain) is not None or (clause.of_them and _asked_of_business(hearing))


def _holds(topic: Topic, clause: Clause, start: int) -> bool:
    """Whether what the words from a place on tell of is so: a trouble that is there, a wish that is one."""
    match topic:
        case Topic.STRENGTH:
            return not clause.denies or "never" in clause.plain
        case Topic.CHALLENGE:
            return not _DENIED.search(clause.plain[:start])
        case Topic.GOAL:
            return clause.wishes
    return True


def _plain_answer(hearing: Hearing) -> list[Group]:
    """The whole answer to a question for an insight, where no word of it says which kind it is."""
    asked = [topic for topic in hearing.asked if topic in INSIGHTS]
    told = [clause for clause in hearing.clauses if _answers(clause, asked)]
    return [(asked[0], told)] if asked and told and len(hearing.text) < _LONGEST_ANSWER else []


def _answers(clause: Clause, asked: list[Topic]) -> bool:
    """Whether a clause can stand as an answer; what customers or others do may well be the prospect's own reason."""
    words = _without_opening(clause.text).split()
    about_us = not clause.of_others or clause.of_them or asked[:1] == [Topic.MOTIVATION]
    passed_over = clause.asks or clause.supposes or THIS_CALL.search(clause.plain) or NO_ANSWER.search(clause.plain)
    long_enough = len(words) >= _LEAST_WORDS or (len(words) > 1 and OURS.search(clause.plain))
    return bool(long_enough and about_us and not passed_over)


def _without_opening(text: str) -> str:
    opening = _OPENING.match(folded(text))
    return text[opening.end() :] if opening else text


def _joined(text: str, clauses: list[Clause]) -> str:
    """The words of the turn from the first clause to the last."""
    start = text.find(clauses[0].text)
    end = text.find(clauses[-1].text, start) + len(clauses[-1].text)
    return text[start:end].rstrip(" .,;!")
