"""The five tools of a discovery call: what they change, and when they change nothing."""

from typing import Any

import pytest

from domain.dataset import Dataset, fold
from domain.errors import InvalidInput
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from playbooks.lumen.playbook import PLAYBOOK

NOW = 1_700_000_000.0


def fresh() -> Dataset:
    return PLAYBOOK.new_dataset(PLAYBOOK.demo_profile, now=0.0)


async def call(name: str, dataset: Dataset, **arguments: Any) -> tuple[ToolAnswer, Dataset]:
    """Run a tool as a turn does: validate, run, fold; the dataset still fits its schema."""
    tool = PLAYBOOK.tool(name)
    assert tool is not None
    moment = CallMoment(session_id="s", turn_id="t", now=NOW, dataset=dataset)
    answer = await tool.run(tool.validate(arguments), moment)
    after, changed = fold(dataset, answer.change, now=NOW)
    assert changed is not answer.result.get("unchanged", False)
    PLAYBOOK.dataset.model_validate(after)
    return answer, after


async def test_a_corrected_field_is_set() -> None:
    answer, after = await call("update_profile_field", fresh(), field_to_update="job_title", new_value="sales director")
    assert after["job_title"] == "sales director"
    assert after["updated_at"] == NOW
    assert answer.result["success"] is True


@pytest.mark.parametrize("value", ["Head of Marketing", "head of  marketing", " HEAD OF MARKETING "])
async def test_a_known_field_is_unchanged_in_any_case_and_spacing(value: str) -> None:
    answer, after = await call("update_profile_field", fresh(), field_to_update="job_title", new_value=value)
    assert answer.result["unchanged"] is True
    assert after == fresh()


@pytest.mark.parametrize("words", ["50 to 100", "in the hundreds", "around five hundred", "about 20 a day"])
async def test_a_metric_keeps_the_words_used(words: str) -> None:
    _, after = await call("log_metric", fresh(), metric_name="monthly_inbound_calls", value_string=words)
    assert after["business_insights"]["metrics"] == {"monthly_inbound_calls": words}
    answer, _ = await call("log_metric", after, metric_name="monthly_inbound_calls", value_string=words.upper())
    assert answer.result["unchanged"] is True


async def test_an_insight_is_appended_once_with_the_turns_time() -> None:
    words = "we can't tell which adverts work"
    _, after = await call("record_business_insight", fresh(), category="CHALLENGE", insight_details=words)
    assert after["business_insights"]["insights"] == [{"category": "CHALLENGE", "details": words, "timestamp": NOW}]
    answer, _ = await call("record_business_insight", after, category="CHALLENGE", insight_details=words.title())
    assert answer.result["unchanged"] is True
    _, other = await call("record_business_insight", after, category="GOAL", insight_details=words)
    assert len(other["business_insights"]["insights"]) == 2


async def test_channels_keep_the_order_of_first_mention_without_duplicates() -> None:
    _, after = await call("log_marketing_channels", fresh(), channels=["PPC", "Google", "ppc"])
    _, after = await call("log_marketing_channels", after, channels=["google", "Checkatrade"])
    assert after["business_insights"]["marketing_channels"] == ["PPC", "Google", "Checkatrade"]
    answer, _ = await call("log_marketing_channels", after, channels=["CHECKATRADE"])
    assert answer.result["unchanged"] is True


async def test_the_demo_is_initiated_once() -> None:
    _, after = await call("initiate_demo_creation", fresh())
    assert after["business_insights"]["demo_creation_initiated"] == {"timestamp": NOW, "status": "initiated"}
    answer, again = await call("initiate_demo_creation", after)
    assert answer.result["unchanged"] is True
    assert again == after


def test_only_the_demo_commits_and_asks_for_consent() -> None:
    policies = {tool.name: tool.policy for tool in PLAYBOOK.tools}
    demo = policies.pop("initiate_demo_creation")
    assert (demo.effect, demo.consent) == (Effect.COMMIT, ConsentMode.ASK)
    assert "demo" in demo.subject
    assert all(policy.consent is None and policy.effect is Effect.REVERSIBLE for policy in policies.values())


@pytest.mark.parametrize(
    ("name", "arguments", "field"),
    [
        ("update_profile_field", {"field_to_update": "shoe_size", "new_value": "9"}, "field_to_update"),
        ("update_profile_field", {"field_to_update": "user_name", "new_value": "  "}, "new_value"),
        ("update_profile_field", {"field_to_update": "user_name", "new_value": "\x00\x07"}, "new_value"),
        ("update_profile_field", {"field_to_update": "user_name", "new_value": "a" * 301}, "new_value"),
        ("update_profile_field", {"field_to_update": "user_name"}, "new_value"),
        ("log_metric", {"metric_name": "yearly_profit", "value_string": "5"}, "metric_name"),
        ("log_metric", {"metric_name": "monthly_inbound_calls", "value_string": 50}, "value_string"),
        ("record_business_insight", {"category": "WISH", "insight_details": "more calls"}, "category"),
        ("record_business_insight", {"category": "GOAL", "insight_details": "?!"}, "insight_details"),
        ("log_marketing_channels", {"channels": []}, "channels"),
        ("log_marketing_channels", {"channels": ["PPC", " "]}, "channels.1"),
        ("initiate_demo_creation", {"now": True}, "now"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused_by_name(name: str, arguments: dict[str, Any], field: str) -> None:
    tool = PLAYBOOK.tool(name)
    assert tool is not None
    with pytest.raises(InvalidInput) as refused:
        tool.validate(arguments)
    assert refused.value.field == field


def test_control_characters_never_reach_the_dataset() -> None:
    tool = PLAYBOOK.tool("update_profile_field")
    assert tool is not None
    read = tool.validate({"field_to_update": "user_name", "new_value": "Sc\x00ott\n Harris"})
    assert read["new_value"] == "Sc ott Harris"


def test_a_preset_profile_may_hold_channels_which_lose_their_duplicates() -> None:
    preset = {"business_insights": {"marketing_channels": ["PPC", "ppc ", "Google"]}}
    assert PLAYBOOK.new_dataset(preset, now=1.0)["business_insights"]["marketing_channels"] == ["PPC", "Google"]
