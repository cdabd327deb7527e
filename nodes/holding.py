"""Held calls: the caller's next words may answer them, by rule and never by a model."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from domain.conversation import Role
from domain.playbook import BusinessTool, Playbook
from domain.tool_call import CallStatus, PlannedCall
from language.consent import Judgement, Verdict, judge
from nodes.reading import history_of, own_words, question_of
from nodes.state import TurnState

GRANTED = "granted"
"""Set on a gated call once the caller's yes was found; it may run."""


def judge_for(tool: BusinessTool, question: str | None, words: str) -> Judgement:
    """Judge the caller's own words as an answer about the act of a gated tool."""
    policy = tool.policy
    return judge(question, words, subject=policy.subject, acts=policy.acts, mode=policy.consent)


def answers_to_held(playbook: Playbook, state: TurnState) -> list[PlannedCall]:
    """Return the held calls that the caller's words decide, under the key of the turn that proposed them."""
    if not state.get("held"):
        return []
    words = own_words(state)
    answered = (_answered(held, playbook, state, words) for held in state.get("held", []))
    return [call for call in answered if call is not None]


def _answered(held: dict[str, Any], playbook: Playbook, state: TurnState, words: str) -> PlannedCall | None:
    planned: PlannedCall = held["call"]
    call: PlannedCall = {**planned, "consent_id": held["consent_id"]}
    tool = playbook.tool(call["name"])
    if tool is None:
        return None
    judgement = judge_for(tool, _question(held, state), words)
    match judgement.verdict:
        case Verdict.GRANTED:
            call["status"] = GRANTED
        case Verdict.REFUSED:
            call["status"] = CallStatus.REFUSED.value
        case Verdict.UNCLEAR:
            return None
    return call


def _question(held: dict[str, Any], state: TurnState) -> str | None:
    """What these words answer: what the agent asked just now or, right after the hold, what it had asked then.

    A yes to something else, later, must not find an old question waiting for it.
    """
    since = (turn for turn in history_of(state) if turn.seq > held["seq"] and turn.role is Role.CALLER)
    return question_of(state) or (held["question"] if next(since, None) is None else None)


def consent_id(call: PlannedCall) -> str:
    """Name the consent a call waits for, the same in every run of its turn."""
    return call.get("consent_id") or str(uuid5(NAMESPACE_OID, f"consent/{call['id']}"))
