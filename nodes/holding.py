"""Held calls: the caller's next words may answer them, by rule and never by a model."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from domain.conversation import Role, Utterance, open_question
from domain.playbook import BusinessTool, Playbook
from domain.tool_call import CallStatus, ConsentMode, PlannedCall
from language.consent.judging import Verdict
from nodes.judging import Asked, asked_in, judge_call
from nodes.reading import history_of, own_words
from nodes.state import TurnState

GRANTED = "granted"
"""Set on a gated call once the caller's yes was found; it may run."""

REPLACED = "replaced"
"""Who has decided a held call that a newer one of its tool took the place of."""


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


def _answered(held: Mapping[str, Any], playbook: Playbook, state: TurnState, words: str) -> PlannedCall | None:
    planned: PlannedCall = held["call"]
    tool = playbook.tool(planned["name"])
    question = _question(held, state, playbook)
    if tool is None or (question and _asks_for_another(tool, question, playbook)):
        return None
    history = history_of(state)
    heard = [turn.text for turn in history if turn.role is Role.AGENT]
    asked = replace(asked_in(playbook, state), question=question, heard=heard)
    if not asked.sure:
        understood = _understood(history, playbook.manners.not_understood)
        asked = replace(asked, sure=_said_yes_before(tool, held, asked, understood))
    verdict = judge_call(tool, planned["arguments"], asked, words).verdict
    if verdict is Verdict.UNCLEAR:
        return None
    status = GRANTED if verdict is Verdict.GRANTED else CallStatus.REFUSED.value
    return {**planned, "consent_id": held["consent_id"], "status": status}


def _said_yes_before(tool: BusinessTool, held: Mapping[str, Any], asked: Asked, history: Iterable[Utterance]) -> bool:
    """Whether the caller said yes since the call waits: it still waits, so that one was not heard surely either."""
    question, heard = held["question"], list[str]()
    for turn in history:
        if turn.role is Role.AGENT:
            heard.append(turn.text)
            question = turn.text if turn.seq >= held["seq"] else question
        elif turn.seq >= held["seq"]:
            before = replace(asked, question=question, heard=heard, sure=True)
            if judge_call(tool, held["call"]["arguments"], before, turn.text).verdict is Verdict.GRANTED:
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


def _question(held: Mapping[str, Any], state: TurnState, playbook: Playbook) -> str | None:
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
