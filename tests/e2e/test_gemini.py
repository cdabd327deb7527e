"""The server on a Gemini, by its own variables alone: what it invents, what it breaks, what it is worth."""

import httpx
import pytest

from providers.google.loopback.answer import Answer, Call, Rule
from providers.google.loopback.script import Script

LIES = ("4711", "88.5", "Margaret", "Birmingham")
FACT = "we get fifty to a hundred visitors a month"
FAULTS = (
    (Answer(status=500), "server"),
    (Answer(status=429), "rate_limit"),
    (Answer(finish="SAFETY"), "blocked"),
    (Answer(delivery="cut"), "connection"),
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_hundred_turns_of_inventions_leave_no_trace(gemini: tuple[httpx.AsyncClient, Script]) -> None:
    client, script = gemini
    script.always(
        Answer(text="we get fifty to a hundred visitors, 4711 a month, Margaret, 88.5 from Birmingham"), purpose="clean"
    )
    invented = (
        Call(name="log_metric", args={"metric_name": "monthly_website_visitors", "value_string": "4711"}),
        Call(name="update_profile_field", args={"field_to_update": "user_name", "new_value": "Margaret"}),
        Call(name="log_marketing_channels", args={"channels": ["Birmingham Post"]}),
        Call(name="record_business_insight", args={"category": "GOAL", "insight_details": "to grow by 88.5 percent"}),
    )
    script.always(Answer(calls=invented), purpose="decide")
    opened = (await client.post("/sessions", json={"playbook": "lumen"})).json()
    path = f"/sessions/{opened['session_id']}"
    for number in range(100):
        turn = {"speaker": "User", "raw_text": f"{FACT}, and that was line {200 + number}"}
        result = (await client.post(f"{path}/turns", json=turn)).json()
        assert not any(lie in result["cleaned_text"] for lie in LIES)
        assert {call["status"] for call in result["function_calls"]} == {"invalid"}
        assert "clean:anchors" in result["degraded"]
    dataset = (await client.get(f"{path}/dataset")).json()
    assert (dataset["version"], dataset["dataset"]) == (0, opened["dataset"])
    assert len(script.requests) >= 200


async def test_a_good_answer_is_used_and_counted(gemini: tuple[httpx.AsyncClient, Script]) -> None:
    client, script = gemini
    script.always(Answer(text=FACT), purpose="clean")
    metric = {"metric_name": "monthly_website_visitors", "value_string": "fifty to a hundred"}
    script.always(Answer(calls=(Call(name="log_metric", args=metric),)), purpose="decide")
    opened = (await client.post("/sessions", json={"playbook": "lumen"})).json()
    path = f"/sessions/{opened['session_id']}"
    result = (await client.post(f"{path}/turns", json={"speaker": "User", "raw_text": f"um {FACT}"})).json()
    assert result["cleaned_text"] == FACT
    assert [call["status"] for call in result["function_calls"]] == ["done"]
    assert result["degraded"] == []
    assert result["usage"]["clean"]["model"].startswith("gemini")
    costs = (await client.get(f"{path}/costs")).json()
    assert costs["models"][0]["calls"] == 2


async def test_a_session_keeps_to_the_prompts_it_was_opened_with(gemini: tuple[httpx.AsyncClient, Script]) -> None:
    client, _ = gemini
    for version, served in ((1, "clean@1"), (2, "clean@2"), (None, "clean@2")):
        opened = (await client.post("/sessions", json={"playbook": "lumen", "prompt_version": version})).json()
        turn = {"speaker": "User", "raw_text": FACT}
        result = (await client.post(f"/sessions/{opened['session_id']}/turns", json=turn)).json()
        assert result["usage"]["clean"]["prompt"] == served
    refused = await client.post("/sessions", json={"playbook": "lumen", "prompt_version": 99})
    assert refused.status_code == 422
    assert "has prompts of version 1, 2; not 99" in refused.json()["detail"]


async def test_a_failing_gemini_costs_no_turn(
    gemini: tuple[httpx.AsyncClient, Script], subtests: pytest.Subtests
) -> None:
    client, script = gemini
    for answer, fault in FAULTS:
        with subtests.test(fault):
            script.replace([Rule(answers=(answer,), repeat=True)])
            opened = (await client.post("/sessions", json={"playbook": "lumen"})).json()
            turn = {"speaker": "User", "raw_text": f"um {FACT}"}
            result = (await client.post(f"/sessions/{opened['session_id']}/turns", json=turn)).json()
            assert result["cleaned_text"] == FACT
            assert [call["status"] for call in result["function_calls"]] == ["done"]
            assert f"clean:{fault}" in result["degraded"]
            assert "decide:fallback" in result["degraded"]
