"""The server on a Gemini, by its own variables alone: what it invents, what it breaks, what it is worth."""

import shutil
from collections.abc import AsyncIterator

import httpx
import pytest

from providers.google.loopback.answer import Answer, Call
from providers.google.loopback.script import Script
from tests.e2e.process import ServeProcess, new_data_dir
from tests.loopback_gemini import open_loopback_gemini

LIES = ("4711", "88.5", "Margaret", "Birmingham")
FACT = "we get fifty to a hundred visitors a month"


@pytest.fixture
async def gemini() -> AsyncIterator[tuple[httpx.AsyncClient, Script]]:
    """A client of a server whose model is the loopback Gemini, and what that answers."""
    async with open_loopback_gemini() as (base_url, script):
        settings = {"GOOGLE_API_KEY": "a key of nobody", "GOOGLE_GEMINI_BASE_URL": base_url}
        server = ServeProcess(new_data_dir(), settings).start()
        try:
            async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
                yield client, script
            assert "a key of nobody" not in server.log + server.greeting
        finally:
            server.stop()
            shutil.rmtree(server.data_dir)


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


@pytest.mark.parametrize(("version", "served"), [(1, "clean@1"), (2, "clean@2"), (None, "clean@2")])
async def test_a_session_keeps_to_the_prompts_it_was_opened_with(
    gemini: tuple[httpx.AsyncClient, Script], version: int | None, served: str
) -> None:
    client, _ = gemini
    opened = (await client.post("/sessions", json={"playbook": "lumen", "prompt_version": version})).json()
    turn = {"speaker": "User", "raw_text": FACT}
    result = (await client.post(f"/sessions/{opened['session_id']}/turns", json=turn)).json()
    assert result["usage"]["clean"]["prompt"] == served
    refused = await client.post("/sessions", json={"playbook": "lumen", "prompt_version": 99})
    assert refused.status_code == 422
    assert "has prompts of version 1, 2; not 99" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(status=500), "server"),
        (Answer(status=429), "rate_limit"),
        (Answer(finish="SAFETY"), "blocked"),
        (Answer(delivery="cut"), "connection"),
    ],
)
async def test_a_failing_gemini_costs_no_turn(
    gemini: tuple[httpx.AsyncClient, Script], answer: Answer, fault: str
) -> None:
    client, script = gemini
    script.always(answer)
    opened = (await client.post("/sessions", json={"playbook": "lumen"})).json()
    turn = {"speaker": "User", "raw_text": f"um {FACT}"}
    result = (await client.post(f"/sessions/{opened['session_id']}/turns", json=turn)).json()
    assert result["cleaned_text"] == FACT
    assert [call["status"] for call in result["function_calls"]] == ["done"]
    assert f"clean:{fault}" in result["degraded"]
    assert "decide:fallback" in result["degraded"]
