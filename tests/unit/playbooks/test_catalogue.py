"""The shared tools: what they do to a dataset and what they refuse by rule."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.dataset import Dataset, fold
from domain.errors import InvalidInput, ToolRefused
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from tools.catalogue import CatalogueDataset, Terms, build_catalogue

NOW = datetime(2025, 6, 2, 9, 0, tzinfo=UTC).timestamp()
LONDON = Terms(zone=ZoneInfo("Europe/London"), prices={"Sash window": Decimal("349.50")})
TOOLS = build_catalogue(LONDON)


def fresh() -> Dataset:
    return CatalogueDataset().model_dump(mode="json")


async def call(name: str, dataset: Dataset, **arguments: Any) -> tuple[ToolAnswer, Dataset]:
    tool = TOOLS[name]
    moment = CallMoment(session_id="s", turn_id="t", now=NOW, dataset=dataset)
    answer = await tool.run(tool.validate(arguments), moment)
    after, changed = fold(dataset, answer.change, now=NOW)
    assert changed is not answer.result.get("unchanged", False)
    CatalogueDataset.model_validate(after)
    return answer, after


def test_every_tool_is_described_and_gated_where_it_commits() -> None:
    for name, tool in TOOLS.items():
        assert tool.name == name
        assert len(tool.description) > 30
        assert (tool.policy.effect is Effect.COMMIT) == (tool.policy.consent is not None)
    assert TOOLS["schedule_appointment"].policy.consent is ConsentMode.READ_BACK


def test_a_playbook_may_describe_a_tool_in_its_own_words() -> None:
    assert build_catalogue(told={"end_call": "Hang up politely."})["end_call"].description == "Hang up politely."


async def test_customer_facts_are_set_and_a_known_one_is_unchanged() -> None:
    _, after = await call("update_customer_info", fresh(), field_to_update="email", new_value="a@b.example")
    assert after["customer"] == {"email": "a@b.example"}
    answer, _ = await call("update_customer_info", after, field_to_update="email", new_value="a@b.example")
    assert answer.result["unchanged"] is True


async def test_an_appointment_is_booked_in_the_business_zone_once() -> None:
    wanted = {"day": "2025-06-03", "starts": "10:30", "purpose": "a survey", "minutes": 30}
    _, after = await call("schedule_appointment", fresh(), **wanted)
    booked = {"starts_at": "2025-06-03T10:30:00+01:00", "ends_at": "2025-06-03T11:00:00+01:00", "purpose": "a survey"}
    assert after["appointments"] == [booked]
    answer, _ = await call("schedule_appointment", after, **wanted)
    assert answer.result["unchanged"] is True


@pytest.mark.parametrize(
    ("day", "starts", "reason"),
    [
        ("2025-06-02", "09:30", "passed"),
        ("2024-01-01", "12:00", "passed"),
        ("2027-06-02", "12:00", "365 days"),
        ("2025-06-03", "07:00", "08:00 to 18:00"),
        ("2025-06-03", "17:30", "08:00 to 18:00"),
        ("2025-06-03", "11:00", "another appointment"),
    ],
)
async def test_an_impossible_appointment_is_refused_with_a_reason(day: str, starts: str, reason: str) -> None:
    _, taken = await call("schedule_appointment", fresh(), day="2025-06-03", starts="10:30", purpose="a survey")
    with pytest.raises(ToolRefused, match=reason):
        await call("schedule_appointment", taken, day=day, starts=starts, purpose="another survey")


async def test_a_quote_follows_the_price_list_to_the_penny() -> None:
    answer, after = await call("generate_quote", fresh(), product="sash window", quantity=3)
    assert answer.result["quote"]["total"] == "1048.50"
    assert after["quotes"] == [answer.result["quote"]]
    with pytest.raises(ToolRefused, match="no list price"):
        await call("generate_quote", after, product="moon", quantity=1)
    with pytest.raises(ToolRefused, match="colleague"):
        await call("generate_quote", after, product="sash window", quantity=1_001)


async def test_a_closed_lead_is_not_opened_again() -> None:
    _, after = await call("update_lead_status", fresh(), status="won", reason="we have a deal")
    assert after["lead_status"] == {"status": "won", "reason": "we have a deal"}
    with pytest.raises(ToolRefused, match="was won"):
        await call("update_lead_status", after, status="contacted", reason="hello")


@pytest.mark.parametrize(("name", "key"), [("transfer_to_human", "transfer"), ("end_call", "ended")])
async def test_a_transfer_and_an_end_happen_once(name: str, key: str) -> None:
    _, after = await call(name, fresh(), reason="they asked for it")
    assert after[key]["reason"] == "they asked for it"
    answer, again = await call(name, after, reason="again")
    assert answer.result["unchanged"] is True
    assert again == after


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("update_customer_info", {"field_to_update": "name", "new_value": " \x00"}),
        ("update_customer_info", {"field_to_update": "shoe", "new_value": "9"}),
        ("schedule_appointment", {"day": "tomorrow", "starts": "10:00", "purpose": "a survey"}),
        ("schedule_appointment", {"day": "2025-06-03", "starts": "10:00", "purpose": "a survey", "minutes": 0}),
        ("generate_quote", {"product": "sash window", "quantity": 0}),
        ("end_call", {"reason": "x" * 501}),
    ],
)
def test_arguments_that_cannot_be_used_are_refused(name: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        TOOLS[name].validate(arguments)
