"""consent: a gated call runs only on the caller's own, explicit yes; else it is held or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.playbook import BusinessTool, Playbook
from domain.tool_call import CallStatus, ConsentMode, Outcome, PlannedCall
from language.consent.judging import Verdict
from nodes.holding import GRANTED, REPLACED, consent_id
from nodes.judging import Asked, asked_in, judge_call
from nodes.planning import outcome_of
from nodes.reading import own_words
from nodes.state import TurnState

_STATUS = {Verdict.GRANTED: GRANTED, Verdict.REFUSED: CallStatus.REFUSED.value, Verdict.UNCLEAR: CallStatus.HELD.value}


@dataclass(frozen=True)
class Consent:
    """Judge each gated call by itself; granted and ungated calls go on to execute_tools."""

    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return the plan with its gated calls judged, the verdicts, and outcomes for what stays behind."""
        playbook = self.playbooks[state["session"]["playbook"]]
        plan: list[PlannedCall] = []
        verdicts: list[dict[str, Any]] = []
        for call in state.get("plan") or []:
            tool = playbook.tool(call["name"])
            if tool is None or not is_gated(call, tool):
                plan.append(call)
                continue
            judged, verdict = self._judged(call, tool, state)
            plan.append(judged)
            verdicts.append(verdict)
        return {"plan": plan, "verdicts": verdicts, "outcomes": [_left_behind(call) for call in plan if _stays(call)]}

    def _judged(self, call: PlannedCall, tool: BusinessTool, state: TurnState) -> tuple[PlannedCall, dict[str, Any]]:
        words, asked = own_words(state), asked_in(self.playbooks[state["session"]["playbook"]], state)
        status = call.get("status") or _STATUS[_judge(call, tool, asked, words)]
        judged: PlannedCall = {**call, "status": status, "consent_id": consent_id(call)}
        mode = tool.policy.consent or ConsentMode.ASK
        verdict = {
            "consent_id": consent_id(call),
            "mode": mode.value,
            "status": status,
            "question": asked.question,
            "quote": words,
            "decided_by": _decided_by(call, status),
        }
        return judged, verdict


def _judge(call: PlannedCall, tool: BusinessTool, asked: Asked, words: str) -> Verdict:
    """A new call that needs a read-back cannot have been read back yet, so it is held whatever was said.

    Its words are those that ask for the act, too: "cancel my appointment" refuses nothing.
    """
    if tool.policy.consent is ConsentMode.READ_BACK:
        return Verdict.UNCLEAR
    return judge_call(tool, call["arguments"], asked, words).verdict


def _decided_by(call: PlannedCall, status: str) -> str:
    if status == CallStatus.HELD:
        return ""
    return REPLACED if call.get("replaced") else "caller"


def is_gated(call: PlannedCall, tool: BusinessTool | None) -> bool:
    """True when a call needs the gate: its tool asks for consent and the plan has not answered it."""
    answered = (CallStatus.INVALID, CallStatus.UNCHANGED)
    return tool is not None and tool.policy.consent is not None and call.get("status") not in answered


def _stays(call: PlannedCall) -> bool:
    """True when the gate kept the call from running."""
    return call.get("status") in (CallStatus.HELD, CallStatus.REFUSED)


def _left_behind(call: PlannedCall) -> Outcome:
    status = CallStatus(call["status"])
    return outcome_of(call, status, {"success": False, "consent_id": call["consent_id"]})
