"""execute_tools: run one call under its time-out. Each call is a task of its own, so one cannot stop another."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from langgraph.runtime import Runtime

from domain.errors import InvalidInput, ProviderError, ToolRefused
from domain.playbook import BusinessTool, CallMoment, Playbook, ToolAnswer
from domain.reading import Query, no_tables
from domain.tool_call import CallStatus, Effect, ErrorType, Outcome
from nodes.interruption import Interruption
from nodes.planning import outcome_of
from nodes.state import CallState, RunContext
from ports.playbook_data import PlaybookData

CUT = "the caller spoke before it was done"


@dataclass(frozen=True)
class ExecuteTools:
    """Run a planned call; a business rule that says no is an answer, not a failure.

    A tool does its work in what it answers: a change and posts, committed later with its ledger row. So a READ or a
    REVERSIBLE call that is interrupted leaves nothing behind; a COMMIT is never interrupted.
    """

    playbooks: Mapping[str, Playbook]
    data: PlaybookData | None = None

    async def __call__(self, state: CallState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the call's outcome: its answer, and what is to be committed with it."""
        interruption: Interruption = (runtime.context and runtime.context.interruption) or Interruption()
        outcome = await self.run(state, interruption)
        cut = outcome.get("error") == CUT
        return {"outcomes": [outcome], "degraded": ["execute_tools:interrupted"]} if cut else {"outcomes": [outcome]}

    async def run(self, state: CallState, interruption: Interruption | None = None) -> Outcome:
        """Run one call and return its outcome; nothing that goes wrong in it is raised but a mistake in its code."""
        call, heard = state["call"], interruption or Interruption()
        tool = self.playbooks[state["session"]["playbook"]].tool(call["name"])
        if tool is None:
            return failed(state, f"there is no tool {call['name']}")
        try:
            async with _limit(tool, heard):
                answer = await tool.run(call["arguments"], self._moment(state))
        except ToolRefused as refusal:
            return _declined(state, refusal.message, refusal.result)
        except InvalidInput as refusal:
            return _declined(state, refusal.message, {"error_type": ErrorType.VALIDATION.value})
        except TimeoutError:
            return failed(state, _why_cut_short(tool, heard), ErrorType.SERVICE)
        except ProviderError as error:
            return failed(state, error.message, ErrorType.SERVICE)
        return _answered(state, answer)

    def _moment(self, state: CallState) -> CallMoment:
        session, turn, call = state["session"], state["turn"], state["call"]
        return CallMoment(
            session["session_id"],
            turn["turn_id"],
            turn["at"],
            state["dataset"],
            state["standing"],
            call["id"],
            session.get("caller_phone"),
            self._query(session["tenant_id"], self.playbooks[session["playbook"]]),
        )

    def _query(self, tenant_id: str, playbook: Playbook) -> Query:
        if (data := self.data) is None:
            return no_tables

        async def query(name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
            return await data.rows(tenant_id, playbook.queries[name], params, blind)

        return query


def _limit(tool: BusinessTool, interruption: Interruption) -> AbstractAsyncContextManager[Any]:
    seconds = tool.policy.timeout.total_seconds()
    return asyncio.timeout(seconds) if tool.policy.effect is Effect.COMMIT else interruption.wait(seconds)


def _why_cut_short(tool: BusinessTool, interruption: Interruption) -> str:
    if interruption.happened and tool.policy.effect is not Effect.COMMIT:
        return CUT
    return f"{tool.name} did not answer within {tool.policy.timeout.total_seconds():g} s"


def _answered(state: CallState, answer: ToolAnswer) -> Outcome:
    if answer.declined is not None:
        outcome = _declined(state, answer.declined, answer.result)
        outcome["change"] = answer.change
        outcome["statements"] = list(answer.statements)
        return outcome
    status = CallStatus.UNCHANGED if answer.result.get("unchanged") else CallStatus.DONE
    outcome = outcome_of(state["call"], status, answer.result)
    outcome["result"]["success"] = True
    outcome["change"] = answer.change
    if answer.posts:
        outcome["posts"] = list(answer.posts)
    if answer.statements:
        outcome["statements"] = list(answer.statements)
    if answer.ends:
        outcome["ends"] = list(answer.ends)
    return outcome


def _declined(state: CallState, reason: str, result: Mapping[str, Any]) -> Outcome:
    said = {**result, "success": False, "message": reason}
    outcome = outcome_of(state["call"], CallStatus.DECLINED, said)
    outcome["error"] = reason
    return outcome


def failed(state: CallState, reason: str, error_type: ErrorType = ErrorType.UNKNOWN) -> Outcome:
    """The outcome of a call that broke; the other calls of the turn go on. Its result says nothing of the inside."""
    result: dict[str, Any] = {
        "success": False,
        "message": "I am sorry, that did not work just now.",
        "error_type": error_type.value,
    }
    outcome = outcome_of(state["call"], CallStatus.FAILED, result)
    outcome["error"] = reason
    return outcome
