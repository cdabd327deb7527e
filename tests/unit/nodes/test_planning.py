"""From proposals to a plan: what may run, what may not, and why."""

import json
from typing import Any, cast

import pytest

from domain.playbook import Playbook
from domain.tool_call import CallStatus, PlannedCall, ProposedCall
from language.anchoring.anchors import Corpus
from nodes.planning import ECHOED, MAX_CALLS, TOLD, any_unanchored, plan_of, settled
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


METRIC = "monthly_website_visitors"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"metric_name": METRIC, "value_string": 40}, "value_string"),
        ({"metric_name": METRIC, "value_string": ["forty"]}, "value_string"),
        ({"metric_name": METRIC, "value_string": {"forty": {"forty": ["forty"]}}}, "value_string"),
        ({"metric_name": METRIC, "value_string": None}, "value_string"),
        ({"metric_name": "visitors", "value_string": "forty"}, "metric_name"),
        ({"metric_name": [METRIC], "value_string": "forty"}, "metric_name"),
        ({"metric_name": METRIC, "value_string": "forty", "force": True}, "no argument 'force'"),
        ({"metric_name": METRIC, "value_string": "forty " * 200_000}, "characters long"),
        ({}, "metric_name"),
        ({"x" * 1_000_000: "y"}, "no argument"),
    ],
    ids=["number", "list", "nested", "null", "bad enum", "enum in a list", "extra", "a megabyte", "none", "long name"],
)
def test_arguments_of_the_wrong_form_are_told_in_short(arguments: dict[str, Any], reason: str) -> None:
    (call,) = plan(ProposedCall("log_metric", arguments))
    assert call["status"] == CallStatus.INVALID
    assert reason in call["error"]
    assert len(json.dumps(call)) < 10 * TOLD.letters


def test_good_calls_beside_bad_ones_are_planned() -> None:
    bad = [ProposedCall("log_metric", {"metric_name": number}) for number in range(3)]
    calls = plan(bad[0], size("forty people"), bad[1], ProposedCall("no_such_tool" * 100, {}), bad[2])
    assert [call.get("status") for call in calls] == ["invalid", None, "invalid", "invalid", "invalid"]
    assert [call["ordinal"] for call in calls] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", ["clean", "decide", "tools"])
def test_a_call_that_quotes_a_prompt_is_told_without_it(name: str) -> None:
    prompt = LUMEN.prompt(name).text
    words = prompt.split()
    channels = [" ".join(words[at : at + 4]) for at in range(0, 40, 4)]
    for tool, arguments in (
        ("record_business_insight", {"category": "GOAL", "insight_details": " ".join(words[:40])}),
        ("log_marketing_channels", {"channels": channels}),
        ("no_such_tool", {"prompt": prompt}),
    ):
        (call,) = plan(ProposedCall(tool, arguments))
        assert (call.get("status"), call.get("error"), call["arguments"]) == ("invalid", ECHOED, {})


def test_who_says_the_words_of_a_prompt_by_chance_is_not_stopped() -> None:
    words = "it calls no tool for greetings, thanks, small talk, yes, okay, go on"
    insight = ProposedCall("record_business_insight", {"category": "GOAL", "insight_details": words})
    (call,) = plan(insight, raw_text=words)
    assert call.get("error") != ECHOED


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
