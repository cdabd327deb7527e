"""execute_tools: run one call under its time-out. Each call is a task of its own, so one cannot stop another."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import InvalidInput, ProviderError, ToolRefused
from domain.playbook import CallMoment, Playbook, ToolAnswer
from domain.tool_call import CallStatus, Outcome
from nodes.planning import outcome_of
from nodes.state import CallState


@dataclass(frozen=True)
class ExecuteTools:
    """Run a planned call; a business rule that says no is an answer, not a failure."""

    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: CallState) -> dict[str, list[Outcome]]:
        """Return the call's outcome: its answer, and the change it asks of the dataset."""
        call, session, turn = state["call"], state["session"], state["turn"]
        tool = self.playbooks[session["playbook"]].tool(call["name"])
        if tool is None:
            return {"outcomes": [failed(state, f"there is no tool {call['name']}")]}
        moment = CallMoment(session["session_id"], turn["turn_id"], turn["at"], state["dataset"])
        try:
            async with asyncio.timeout(tool.policy.timeout.total_seconds()):
                answer = await tool.run(call["arguments"], moment)
        except (ToolRefused, InvalidInput) as refusal:
            return {"outcomes": [_declined(state, refusal.message)]}
        except TimeoutError:
            seconds = tool.policy.timeout.total_seconds()
            return {"outcomes": [failed(state, f"{call['name']} did not answer within {seconds:g} s")]}
        except ProviderError as error:
            return {"outcomes": [failed(state, error.message)]}
        return {"outcomes": [_answered(state, answer)]}


def _answered(state: CallState, answer: ToolAnswer) -> Outcome:
    status = CallStatus.UNCHANGED if answer.result.get("unchanged") else CallStatus.DONE
    outcome = outcome_of(state["call"], status, answer.result)
    outcome["result"]["success"] = True
    outcome["change"] = answer.change
    return outcome


def _declined(state: CallState, reason: str) -> Outcome:
    outcome = outcome_of(state["call"], CallStatus.DECLINED, {"success": False, "message": reason})
    outcome["error"] = reason
    return outcome


def failed(state: CallState, reason: str) -> Outcome:
    """The outcome of a call that broke; the other calls of the turn go on."""
    result: dict[str, Any] = {"success": False, "message": "The tool could not do its work."}
    outcome = outcome_of(state["call"], CallStatus.FAILED, result)
    outcome["error"] = reason
    return outcome
