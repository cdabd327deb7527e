"""From proposals to a plan: what may run, what may not, and why."""

from typing import Any, cast

import pytest

from domain.playbook import Playbook
from domain.tool_call import CallStatus, PlannedCall, ProposedCall
from language.anchoring.anchors import Corpus
from nodes.planning import MAX_CALLS, any_unanchored, plan_of, settled
from nodes.state import TurnState
from playbooks.loader import load_playbooks

LUMEN = load_playbooks()["lumen"]
DEMO = "initiate_demo_creation"
SAID = Corpus.of(["our company size is forty people and we use PPC"])


def state(**more: Any) -> TurnState:
    session = {"session_id": "s", "playbook": "lumen", "call_context": {}}
    keys = {"session": session, "turn": {"seq": 3}, "dataset": {}, "raw_text": "we use PPC"}
    return cast(TurnState, keys | more)


def plan(*proposals: ProposedCall, playbook: Playbook = LUMEN, **more: Any) -> list[PlannedCall]:
    return plan_of(proposals, playbook, state(**more), SAID)


def size(value: str) -> ProposedCall:
    return ProposedCall("update_profile_field", {"field_to_update": "company_size", "new_value": value})


def test_calls_are_numbered_and_named_by_their_key() -> None:
    channels = ProposedCall("log_marketing_channels", {"channels": ["PPC"]}, evidence="we use PPC")
    first, again = plan(size("forty people"), channels), plan(size("forty people"), channels)
    assert [(call["seq"], call["ordinal"], call.get("status")) for call in first] == [(3, 0, None), (3, 1, None)]
    assert first == again
    assert first[0]["id"] != first[1]["id"]
    assert first[1]["evidence"] == "we use PPC"


def test_a_proposal_made_twice_is_one_call() -> None:
    assert len(plan(size("forty people"), size("forty people"))) == 1


@pytest.mark.parametrize("again", ["forty  people", " forty people "])
def test_spaces_make_no_other_call(again: str) -> None:
    assert len(plan(size("forty people"), size(again))) == 1
    (held,) = plan(size("forty people"))
    assert plan(size(again), held=[{"call": held}]) == []


def test_a_call_that_waits_for_consent_is_not_proposed_anew() -> None:
    held = [{"call": {"name": DEMO, "arguments": {}}}]
    assert plan(ProposedCall(DEMO, {}), held=held) == []


def test_more_calls_than_speech_can_justify_are_dropped() -> None:
    many = [ProposedCall("no_such_tool", {"n": number}) for number in range(MAX_CALLS + 5)]
    assert len(plan(*many)) == MAX_CALLS


@pytest.mark.parametrize(
    ("proposal", "reason", "unanchored"),
    [
        (ProposedCall("no_such_tool", {}), "no tool no_such_tool", False),
        (ProposedCall("log_metric", {"metric_name": "monthly_website_visitors"}), "value_string", False),
        (size("ninety people"), "nobody said", True),
    ],
)
def test_a_call_that_must_not_run_says_why(proposal: ProposedCall, reason: str, unanchored: bool) -> None:
    (call,) = plan(proposal)
    assert call["status"] == CallStatus.INVALID
    assert reason in call["error"]
    assert any_unanchored([call]) is unanchored
    (outcome,) = settled([call])
    assert (outcome["status"], outcome["error"]) == ("invalid", call["error"])


def test_a_commit_that_stands_is_answered_with_its_first_result() -> None:
    first = {"name": DEMO, "arguments": {}, "result": {"success": True, "demo": 1}}
    (call,) = plan(ProposedCall(DEMO, {}), standing=[first])
    (outcome,) = settled([call])
    assert outcome["status"] == CallStatus.UNCHANGED
    assert outcome["result"] == {"success": True, "demo": 1, "unchanged": True}


def test_what_can_be_corrected_does_not_stand() -> None:
    wanted = size("forty people")
    first = {"name": wanted.name, "arguments": wanted.arguments, "result": {}}
    (call,) = plan(wanted, standing=[first])
    assert "status" not in call
