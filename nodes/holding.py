"""Held calls: the caller's next words may answer them, by rule and never by a model."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from domain.conversation import Role, Utterance, open_question
from domain.playbook import BusinessTool, Derive, Playbook
from domain.tool_call import CallStatus, ConsentMode, PlannedCall
from language.consent.judging import Judgement, Verdict, judge
from nodes.read_back import Detail, details_of, gives_another, sayings, told
from nodes.reading import context_of, history_of, own_words, question_of
from nodes.state import TurnState, is_unsure

GRANTED = "granted"
"""Set on a gated call once the caller's yes was found; it may run."""


REPLACED = "replaced"
"""Who has decided a held call that a newer one of its tool took the place of."""


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
    if len(asked.told(missing, *asked.heard)) < len(missing):
        return Judgement(Verdict.UNCLEAR, words, "its details were not said to the caller yet")
    if not asked.sure:
        return Judgement(Verdict.UNCLEAR, words, "not heard surely")
    return judgement


def answers_to_held(playbook: Playbook, state: TurnState) -> list[PlannedCall]:
    """Return the held calls that the caller's words decide, under the key of the turn that proposed them.

    What was read back last is what a yes is for: an older call of the same tool was replaced by it, one of another
    tool waits on.
    """
    if not state.get("held"):
        return []
    words = own_words(state)
    read_back = sorted((held for held in state["held"] if _is_read_back(held, playbook)), key=_place)
    newest = {held["call"]["name"]: _place(held) for held in read_back}
    decided = [_replaced(held) for held in read_back if _place(held) != newest[held["call"]["name"]]]
    open_now = [held for held in state["held"] if not _is_read_back(held, playbook)] + read_back[-1:]
    answered = (_answered(held, playbook, state, words) for held in open_now)
    return [*decided, *(call for call in answered if call is not None)]


def _place(held: Mapping[str, Any]) -> tuple[int, int]:
    return held["call"]["seq"], held["call"]["ordinal"]


def _is_read_back(held: Mapping[str, Any], playbook: Playbook) -> bool:
    tool = playbook.tool(held["call"]["name"])
    return tool is not None and tool.policy.consent is ConsentMode.READ_BACK


def _replaced(held: Mapping[str, Any]) -> PlannedCall:
    planned: PlannedCall = held["call"]
    return {**planned, "consent_id": held["consent_id"], "status": CallStatus.REFUSED.value, "replaced": True}


def _answered(held: dict[str, Any], playbook: Playbook, state: TurnState, words: str) -> PlannedCall | None:
    planned: PlannedCall = held["call"]
    call: PlannedCall = {**planned, "consent_id": held["consent_id"]}
    tool = playbook.tool(call["name"])
    if tool is None:
        return None
    question = _question(held, state, playbook)
    if question and _asks_for_another(tool, question, playbook):
        return None
    since = [turn for turn in history_of(state) if turn.seq >= held["seq"]]
    asked = replace(
        asked_in(playbook, state),
        question=question,
        heard=[turn.text for turn in history_of(state) if turn.role is Role.AGENT],
    )
    if not asked.sure:
        asked = replace(asked, sure=_said_yes_before(tool, call, asked, since, held["question"]))
    judgement = judge_call(tool, call["arguments"], asked, words)
    match judgement.verdict:
        case Verdict.GRANTED:
            call["status"] = GRANTED
        case Verdict.REFUSED:
            call["status"] = CallStatus.REFUSED.value
        case Verdict.UNCLEAR:
            return None
    return call


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


def _said_yes_before(
    tool: BusinessTool, call: PlannedCall, asked: Asked, since: Sequence[Utterance], question: str | None
) -> bool:
    """Whether the caller said yes since the call waits: it still waits, so that one was not heard surely either."""
    for turn in since:
        if turn.role is Role.AGENT:
            question = turn.text
            continue
        before = replace(asked, question=question, sure=True)
        if judge_call(tool, call["arguments"], before, turn.text).verdict is Verdict.GRANTED:
            return True
    return False


def _asks_for_another(tool: BusinessTool, question: str, playbook: Playbook) -> bool:
    """True when the question names another gated act by its verb, and this one by none of its own."""
    if _names(tool, question):
        return False
    return any(_names(other, question) for other in playbook.tools if other.policy.consent is not None)


def _names(tool: BusinessTool, question: str) -> bool:
    said = question.casefold()
    return any(re.search(rf"\b{re.escape(act)}", said) for act in tool.policy.acts)


def _question(held: dict[str, Any], state: TurnState, playbook: Playbook) -> str | None:
    """What these words answer: what the agent asked just now or, right after the hold, what it had asked then.

    A yes to something else, later, must not find an old question waiting for it.
    """
    history = _understood(history_of(state), playbook.manners.not_understood)
    since = (turn for turn in history if turn.seq > held["seq"] and turn.role is Role.CALLER)
    return open_question(history) or (held["question"] if next(since, None) is None else None)


def _understood(history: Iterable[Utterance], not_understood: str) -> list[Utterance]:
    """The history without what was not understood, and was asked for again: the question before it is open still."""
    kept: list[Utterance] = []
    for turn in history:
        if turn.role is Role.AGENT and turn.text == not_understood:
            if kept and kept[-1].role is Role.CALLER:
                kept.pop()
        else:
            kept.append(turn)
    return kept


def consent_id(call: PlannedCall) -> str:
    """Name the consent a call waits for, the same in every run of its turn."""
    return call.get("consent_id") or str(uuid5(NAMESPACE_OID, f"consent/{call['id']}"))
