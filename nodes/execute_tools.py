"""execute_tools: run one call under its time-out. Each call is a task of its own, so one cannot stop another."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from langgraph.runtime import Runtime

from domain.errors import InvalidInput, ProviderError, ToolRefused
from domain.playbook import BusinessTool, CallMoment, Playbook, ToolAnswer
from domain.tool_call import CallStatus, Effect, Outcome
from nodes.interruption import Interruption
from nodes.planning import outcome_of
from nodes.state import CallState, RunContext


@dataclass(frozen=True)
class ExecuteTools:
    """Run a planned call; a business rule that says no is an answer, not a failure.

    A tool does its work in what it answers: a change and posts, committed later with its ledger row. So a READ or a
    REVERSIBLE call that is interrupted leaves nothing behind; a COMMIT is never interrupted.
    """

    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: CallState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the call's outcome: its answer, and what is to be committed with it."""
        call, session = state["call"], state["session"]
        tool = self.playbooks[session["playbook"]].tool(call["name"])
        if tool is None:
            return {"outcomes": [failed(state, f"there is no tool {call['name']}")]}
        interruption: Interruption = (runtime.context and runtime.context.interruption) or Interruption()
        try:
            async with _limit(tool, interruption):
                answer = await tool.run(call["arguments"], _moment(state))
        except (ToolRefused, InvalidInput) as refusal:
            return {"outcomes": [_declined(state, refusal.message)]}
        except TimeoutError:
            return _cut_short(state, tool, interruption)
        except ProviderError as error:
            return {"outcomes": [failed(state, error.message)]}
        return {"outcomes": [_answered(state, answer)]}


def _limit(tool: BusinessTool, interruption: Interruption) -> AbstractAsyncContextManager[Any]:
    seconds = tool.policy.timeout.total_seconds()
    return asyncio.timeout(seconds) if tool.policy.effect is Effect.COMMIT else interruption.wait(seconds)


def _moment(state: CallState) -> CallMoment:
    session, turn = state["session"], state["turn"]
    return CallMoment(session["session_id"], turn["turn_id"], turn["at"], state["dataset"], state["standing"])


def _cut_short(state: CallState, tool: BusinessTool, interruption: Interruption) -> dict[str, Any]:
    if interruption.happened and tool.policy.effect is not Effect.COMMIT:
        outcome = failed(state, "the caller spoke before it was done")
        return {"outcomes": [outcome], "degraded": ["execute_tools:interrupted"]}
    seconds = tool.policy.timeout.total_seconds()
    return {"outcomes": [failed(state, f"{tool.name} did not answer within {seconds:g} s")]}


def _answered(state: CallState, answer: ToolAnswer) -> Outcome:
    status = CallStatus.UNCHANGED if answer.result.get("unchanged") else CallStatus.DONE
    outcome = outcome_of(state["call"], status, answer.result)
    outcome["result"]["success"] = True
    outcome["change"] = answer.change
    if answer.posts:
        outcome["posts"] = list(answer.posts)
    if answer.ends:
        outcome["ends"] = list(answer.ends)
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
