"""Where a run goes, from the state alone."""

from typing import Any, cast

import pytest

from domain.tool_call import PlannedCall
from graph.edges import after_consent, after_receive, after_transcribe, build_after_decide, build_after_update
from playbooks.loader import load_playbooks

PLAYBOOKS = load_playbooks()


def call(name: str, **more: Any) -> PlannedCall:
    planned = {"id": "x", "seq": 3, "ordinal": 0, "name": name, "arguments": {}, "evidence": "", **more}
    return cast(PlannedCall, planned)


def state(plan: list[PlannedCall] | None = None, **turn: Any) -> Any:
    return {
        "session": {"playbook": "lumen"},
        "turn": {"role": "caller", "sound": False, **turn},
        "dataset": {},
        "plan": plan or [],
        "recorded": [],
    }


@pytest.mark.parametrize(
    ("role", "sound", "first", "then"),
    [
        ("caller", False, "clean", "clean"),
        ("agent", False, "passthrough", "passthrough"),
        ("caller", True, "transcode", "clean"),
        ("agent", True, "transcode", "passthrough"),
    ],
)
async def test_sound_is_decoded_and_the_agent_passes_through(role: str, sound: bool, first: str, then: str) -> None:
    assert await after_receive(state(role=role, sound=sound)) == first
    assert await after_transcribe(state(role=role, sound=sound)) == then


async def test_nothing_to_do_goes_on() -> None:
    assert await build_after_decide(PLAYBOOKS)(state()) == "update_dataset"


async def test_a_gated_call_meets_the_gate_and_others_run_each_as_a_task() -> None:
    after_decide = build_after_decide(PLAYBOOKS)
    assert await after_decide(state([call("log_metric"), call("initiate_demo_creation")])) == "consent"
    sends = await after_decide(state([call("log_metric"), call("log_marketing_channels", ordinal=1)]))
    assert [send.arg["call"]["name"] for send in sends if not isinstance(send, str)] == [
        "log_metric",
        "log_marketing_channels",
    ]


async def test_calls_that_the_plan_has_answered_do_not_run() -> None:
    after_decide = build_after_decide(PLAYBOOKS)
    answered = [call("log_metric", status="invalid"), call("initiate_demo_creation", status="unchanged")]
    assert await after_decide(state(answered)) == "update_dataset"


async def test_what_an_earlier_run_has_recorded_does_not_run_again() -> None:
    recorded = state([call("log_metric")])
    recorded["recorded"] = [{"call": call("log_metric"), "status": "done", "result": {}, "change": []}]
    assert await build_after_decide(PLAYBOOKS)(recorded) == "update_dataset"


async def test_only_what_the_gate_let_through_runs() -> None:
    plan = [call("initiate_demo_creation", status="held"), call("log_metric", ordinal=1)]
    sends = await after_consent(state(plan))
    assert [send.arg["call"]["ordinal"] for send in sends if not isinstance(send, str)] == [1]
    assert await after_consent(state(plan[:1])) == "update_dataset"
    granted = await after_consent(state([call("initiate_demo_creation", status="granted")]))
    assert len(granted) == 1


async def test_a_playbook_that_does_not_speak_has_no_reply() -> None:
    assert await build_after_update(PLAYBOOKS)(state()) == "notify"
