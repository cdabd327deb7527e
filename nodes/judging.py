"""The caller's own words as an answer about a call: judged by rule, its details told where they must be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.playbook import BusinessTool, Derive, Playbook
from domain.tool_call import ConsentMode
from language.consent.judging import Judgement, Verdict, judge
from nodes.read_back import Detail, details_of, gives_another, sayings, told
from nodes.reading import context_of, question_of
from nodes.state import TurnState, is_unsure


@dataclass(frozen=True)
class Asked:
    """What words may answer: the agent's question, and what the caller has `heard` of it before.

    `derived` is how the playbook reads values out of words, at the turn's clock (epoch seconds); `names` are the
    agent's. `sure` is False for words that recognition was not sure of.
    """

    question: str | None
    heard: Sequence[str] = ()
    derived: Derive | None = None
    at: float = 0.0
    names: Sequence[str] = ()
    sure: bool = True

    def told(self, details: Sequence[Detail], *texts: str) -> list[Detail]:
        """The details that texts told, in so many words or in words that a playbook reads them out of."""
        said = "\n".join(texts)
        plainly = told(details, said) if details else []
        if self.derived is None or len(plainly) == len(details):
            return plainly
        return told(details, said, [value for text in texts for value in self.derived(text, self.at)])

    def is_changed(self, details: Sequence[Detail], words: str) -> bool:
        """Whether words give a value of their own."""
        given = self.derived(words, self.at) if details and self.derived else ()
        if not (given and self.derived):
            return False
        question = self.question or ""
        return gives_another(details, question, self.derived(question, self.at), given)

    def asks_of_another(self, missing: Sequence[Detail], details: Sequence[Detail]) -> bool:
        """Whether the question tells another day, time, doctor or the like in the place of a detail `missing` there."""
        if not (missing and self.derived):
            return False
        kinds = {one.rule for detail in missing for one in self.derived(detail[0], self.at)}
        known = {one.value for detail in details for one in self.derived(detail[0], self.at)}
        asked = self.derived(self.question or "", self.at)
        return any(one.rule in kinds and one.value not in known for one in asked)


def asked_in(playbook: Playbook, state: TurnState) -> Asked:
    """What the caller's words in this turn may answer."""
    context = context_of(state)
    return Asked(
        question=question_of(state),
        derived=playbook.derive,
        at=state["turn"]["at"],
        names=(playbook.agent, context.agent, context.business),
        sure=not is_unsure(state.get("stt")),
    )


def judge_for(
    tool: BusinessTool, question: str | None, words: str, told: Collection[str] = (), names: Collection[str] = ()
) -> Judgement:
    """Judge the caller's own words as an answer about the act of a gated tool."""
    policy = tool.policy
    return judge(question, words, subject=policy.subject, acts=policy.acts, mode=policy.consent, told=told, names=names)


def judge_call(tool: BusinessTool, arguments: Mapping[str, Any], asked: Asked, words: str) -> Judgement:
    """Judge the caller's own words as an answer about a call, whose details were said where they must be."""
    reads_back = tool.policy.consent is ConsentMode.READ_BACK
    details = details_of(tool, arguments) if reads_back else []
    now = asked.told(details, asked.question or "")
    judgement = judge_for(tool, asked.question, words, sayings(now), asked.names)
    if judgement.verdict is not Verdict.GRANTED:
        return judgement
    if asked.is_changed(details, words):
        return Judgement(Verdict.UNCLEAR, words, "changed")
    missing = [detail for detail in details if detail not in now]
    if asked.asks_of_another(missing, details):
        return Judgement(Verdict.UNCLEAR, words, "asked about another")
    if len(asked.told(missing, *asked.heard)) < len(missing):
        return Judgement(Verdict.UNCLEAR, words, "its details were not said to the caller yet")
    if not asked.sure:
        return Judgement(Verdict.UNCLEAR, words, "not heard surely")
    return judgement
