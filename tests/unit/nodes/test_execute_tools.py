"""One call under its time-out; what an interruption stops, and what it does not."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from langgraph.runtime import Runtime

from domain.dataset import set_value
from domain.errors import Fault, ProviderUnavailable, ToolRefused
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import Effect, Outcome, PlannedCall, Post
from nodes.execute_tools import ExecuteTools
from nodes.interruption import Interruption
from nodes.state import CallState, RunContext
from playbooks.loader import load_playbooks
from tools.business_tool import LangChainTool, Moment, business_tool

LUMEN = load_playbooks()["lumen"]
EARLIER = {"call_id": "earlier", "name": "practise", "arguments": {}, "result": {}}


def call_state() -> CallState:
    call = PlannedCall(id="one", seq=1, ordinal=0, name="practise", arguments={}, evidence="")
    session = {"tenant_id": "demo", "session_id": "s", "playbook": "lumen"}
    return CallState(call=call, session=session, turn={"turn_id": "t", "at": 0.0}, dataset={}, standing=[EARLIER])


def node_with(tool: LangChainTool) -> ExecuteTools:
    return ExecuteTools({"lumen": replace(LUMEN, tools=(tool,))})


def tool_of(function: Any, effect: Effect, seconds: float = 8) -> LangChainTool:
    made = business_tool(function, description="For tests.", effect=effect)
    return replace(made, policy=replace(made.policy, timeout=timedelta(seconds=seconds)))


async def run(tool: LangChainTool, interruption: Interruption | None = None) -> dict[str, Any]:
    return await node_with(tool)(call_state(), Runtime(context=RunContext(interruption=interruption)))


async def outcome_of(tool: LangChainTool) -> Outcome:
    outcome: Outcome = (await run(tool))["outcomes"][0]
    return outcome


class Gate:
    """A tool that says when it has begun and waits to be let through."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.opened = asyncio.Event()

    def tool(self, effect: Effect) -> LangChainTool:
        async def practise(moment: Moment) -> ToolAnswer:
            """Wait."""
            self.begun.set()
            await self.opened.wait()
            return ToolAnswer({}, [set_value("/done", True)])

        return tool_of(practise, effect)


@pytest.mark.parametrize("effect", [Effect.READ, Effect.REVERSIBLE])
async def test_an_interrupted_call_ends_with_a_result_and_leaves_nothing(effect: Effect) -> None:
    gate, interruption = Gate(), Interruption()
    running = asyncio.create_task(run(gate.tool(effect), interruption))
    await gate.begun.wait()
    interruption.interrupt()
    update = await running
    assert update["degraded"] == ["execute_tools:interrupted"]
    (outcome,) = update["outcomes"]
    assert (outcome["status"], outcome["change"]) == ("failed", [])
    assert "the caller spoke" in outcome["error"]


async def test_a_call_that_comes_after_the_interruption_is_not_run_to_its_end() -> None:
    gate, interruption = Gate(), Interruption()
    interruption.interrupt()
    (outcome,) = (await run(gate.tool(Effect.READ), interruption))["outcomes"]
    assert outcome["status"] == "failed"


async def test_a_commit_once_begun_runs_to_its_end() -> None:
    gate, interruption = Gate(), Interruption()
    running = asyncio.create_task(run(gate.tool(Effect.COMMIT), interruption))
    await gate.begun.wait()
    interruption.interrupt()
    gate.opened.set()
    (outcome,) = (await running)["outcomes"]
    assert outcome["status"] == "done"
    assert outcome["change"] == [set_value("/done", True)]


@pytest.mark.parametrize("effect", list(Effect))
async def test_a_tool_that_does_not_answer_is_given_up(effect: Effect) -> None:
    async def practise(moment: Moment) -> ToolAnswer:
        """Never answer."""
        await asyncio.Event().wait()
        raise AssertionError

    outcome = await outcome_of(tool_of(practise, effect, seconds=0.01))
    assert (outcome["status"], outcome["error"]) == ("failed", "practise did not answer within 0.01 s")


async def test_every_tool_has_a_time_out_of_eight_seconds_unless_it_says_otherwise() -> None:
    assert {tool.policy.timeout for tool in LUMEN.tools} == {timedelta(seconds=8)}


async def test_a_tool_sees_what_stands_and_says_what_it_ends_and_posts() -> None:
    seen: list[CallMoment] = []

    async def practise(moment: Moment) -> ToolAnswer:
        """Take the earlier one back, by mail."""
        seen.append(moment)
        return ToolAnswer({}, posts=[Post(kind="mail", payload={"to": "a"})], ends=["earlier"])

    outcome = await outcome_of(tool_of(practise, Effect.COMMIT))
    assert seen[0].standing == [EARLIER]
    assert outcome["ends"] == ["earlier"]
    assert outcome["posts"] == [{"kind": "mail", "payload": {"to": "a"}}]


async def test_no_is_an_answer_and_a_broken_service_a_failure() -> None:
    async def practise(moment: Moment) -> ToolAnswer:
        """Refuse."""
        raise ToolRefused("We are closed.")

    async def broken(moment: Moment) -> ToolAnswer:
        """Break."""
        raise ProviderUnavailable("calendar", Fault.TIMEOUT)

    declined = await outcome_of(tool_of(practise, Effect.COMMIT))
    assert (declined["status"], declined["error"]) == ("declined", "We are closed.")
    broken.__name__ = "practise"
    failed = await outcome_of(tool_of(broken, Effect.READ))
    assert (failed["status"], failed["error"]) == ("failed", "calendar: timeout")


async def test_a_tool_that_is_gone_since_the_plan_was_made_fails_by_name() -> None:
    update = await ExecuteTools({"lumen": LUMEN})(call_state(), Runtime(context=RunContext()))
    assert update["outcomes"][0]["error"] == "there is no tool practise"
