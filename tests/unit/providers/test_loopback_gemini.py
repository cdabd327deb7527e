"""The loopback refuses what Gemini refuses, obeys its script, and tells what it received."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from providers.google.loopback.answer import Answer, Rule
from providers.google.loopback.app import build_app
from providers.google.loopback.script import Script

GENERATE = "/v1beta/models/gemini-3.5-flash-lite:generateContent"
STREAM = "/v1beta/models/gemini-3.5-flash-lite:streamGenerateContent"
KEY = {"x-goog-api-key": "k"}


def asking(text: str = "hello", **more: Any) -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": text}]}], **more}


def text_of(response: httpx.Response) -> str:
    return str(response.json()["candidates"][0]["content"]["parts"][0]["text"])


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def client(script: Script) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(script))
    async with httpx.AsyncClient(transport=transport, base_url="http://gemini.test", headers=KEY) as client:
        yield client


async def test_unscripted_it_repeats_the_newest_words(client: httpx.AsyncClient) -> None:
    answer = await client.post(GENERATE, json=asking("fifty calls"))

    assert text_of(answer) == "fifty calls"
    assert answer.json()["candidates"][0]["finishReason"] == "STOP"
    assert answer.json()["usageMetadata"]["promptTokenCount"] == 3


@pytest.mark.parametrize("data", ['{"newest_turn": " fifty "}', "fifty", " fifty\n"])
async def test_of_parleys_data_it_repeats_the_newest_turn(client: httpx.AsyncClient, data: str) -> None:
    assert text_of(await client.post(GENERATE, json=asking(data))) == "fifty"


@pytest.mark.parametrize("data", ['{"other": 1}', "[1]", "12"])
async def test_other_json_it_repeats_whole(client: httpx.AsyncClient, data: str) -> None:
    assert text_of(await client.post(GENERATE, json=asking(data))) == data


async def test_with_functions_it_calls_none(client: httpx.AsyncClient) -> None:
    tools = [{"functionDeclarations": [{"name": "log", "parameters": {"type": "OBJECT", "properties": {}}}]}]

    (part,) = (await client.post(GENERATE, json=asking(tools=tools))).json()["candidates"][0]["content"]["parts"]

    assert part.keys() == {"text"}


SCHEMA_OF_TOMORROW = {"type": "OBJECT", "properties": {"n": {"type": "INTEGER", "exclusiveMinimum": 0}}}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"contents": []},
        {"contents": [{"role": "assistant", "parts": [{"text": "hi"}]}]},
        {"contents": [{"role": "user", "parts": []}]},
        {"contents": [{"role": "user", "parts": [{}]}]},
        asking(generationConfig={"temperature": 3}),
        asking(generationConfig={"topK": 0}),
        asking(colour="blue"),
        asking(tools=[{"functionDeclarations": [{"name": "no blanks"}]}]),
        asking(tools=[{"functionDeclarations": [{"name": "log", "parameters": SCHEMA_OF_TOMORROW}]}]),
    ],
)
async def test_refuses_a_malformed_body(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await client.post(GENERATE, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


async def test_refuses_what_is_no_json(client: httpx.AsyncClient) -> None:
    assert (await client.post(GENERATE, content=b"\xff{")).status_code == 400


async def test_refuses_a_deadline_under_ten_seconds(client: httpx.AsyncClient) -> None:
    answer = await client.post(GENERATE, json=asking(), headers={"x-server-timeout": "3"})

    assert answer.status_code == 400
    assert "10s" in answer.json()["error"]["message"]


async def test_refuses_a_call_in_the_history_without_its_signature(client: httpx.AsyncClient) -> None:
    call: dict[str, Any] = {"functionCall": {"name": "log", "args": {}}}
    history = [{"role": "user", "parts": [{"text": "hi"}]}, {"role": "model", "parts": [call]}]
    assert (await client.post(GENERATE, json={"contents": history})).status_code == 400

    call["thoughtSignature"] = "c2ln"
    assert (await client.post(GENERATE, json={"contents": history})).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (GENERATE, {"x-goog-api-key": ""}, 403),
        ("/v1beta/models/gpt-5:generateContent", {}, 404),
        ("/v1beta/models/gemini-3.5-flash-lite:predict", {}, 404),
        (STREAM, {}, 400),
    ],
)
async def test_refuses_strangers_and_unknown_ways(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.post(path, json=asking(), headers=headers)

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == status


async def test_a_key_may_come_in_the_query(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{GENERATE}?key=k", json=asking(), headers={"x-goog-api-key": ""})

    assert answer.status_code == 200


async def test_streams_a_few_words_at_a_time_and_the_usage_last(client: httpx.AsyncClient) -> None:
    words = "one two three four five six seven eight nine"
    events = (await client.post(f"{STREAM}?alt=sse", json=asking(words))).text.split("\r\n\r\n")

    assert len(events) == 5
    assert all(event.startswith("data: {") for event in events[:-1])
    assert '"finishReason": "STOP"' in events[3]


async def test_says_how_long_to_wait_when_it_is_asked_too_often(client: httpx.AsyncClient, script: Script) -> None:
    script.then(Answer(status=429, retry_after_s=7))

    failure = (await client.post(GENERATE, json=asking())).json()["error"]

    assert failure["status"] == "RESOURCE_EXHAUSTED"
    assert failure["details"][0]["retryDelay"] == "7s"


async def test_counts_tokens_and_lists_models(client: httpx.AsyncClient) -> None:
    counted = await client.post("/v1beta/models/gemini-3.5-flash-lite:countTokens", json=asking("12345"))
    assert counted.json() == {"totalTokens": 2}

    listed = (await client.get("/v1beta/models")).json()["models"]
    assert "models/gemini-3.5-flash-lite" in [model["name"] for model in listed]
    assert (await client.get("/v1beta/models/gemini-3.5-flash-lite")).status_code == 200
    assert (await client.get("/v1beta/models/gemini-0")).status_code == 404
    assert (await client.get("/v1beta/models", headers={"x-goog-api-key": ""})).status_code == 403


async def test_rules_match_by_purpose_words_and_number(client: httpx.AsyncClient, script: Script) -> None:
    script.add(
        Rule(answers=(Answer(text="third"),), nth=3),
        Rule(answers=(Answer(text="d1"), Answer(text="d2")), purpose="decide", repeat=True),
        Rule(answers=(Answer(text="once"),), contains="magic"),
    )

    async def ask(text: str, purpose: str = "clean") -> str:
        return text_of(await client.post(GENERATE, json=asking(text), headers={"x-parley-purpose": purpose}))

    assert await ask("a", "decide") == "d1"
    assert await ask("magic") == "once"
    assert await ask("magic") == "third"
    assert await ask("magic") == "magic"
    assert [await ask("a", "decide"), await ask("a", "decide")] == ["d2", "d2"]


async def test_another_process_scripts_it_and_reads_what_it_received(client: httpx.AsyncClient) -> None:
    rules = [{"purpose": "decide", "answers": [{"calls": [{"name": "log", "args": {"n": 1}}]}]}]
    assert (await client.post("/loopback/script", json={"rules": rules})).json() == {"rules": 1}
    more = {"rules": [{"answers": [{"status": 503}]}], "keep": True}
    assert (await client.post("/loopback/script", json=more)).status_code == 200

    decided = await client.post(GENERATE, json=asking(), headers={"x-parley-purpose": "decide"})
    assert decided.json()["candidates"][0]["content"]["parts"][0]["functionCall"] == {"name": "log", "args": {"n": 1}}
    assert (await client.post(GENERATE, json=asking())).status_code == 503

    first, second = (await client.get("/loopback/requests")).json()["requests"]
    assert (first["purpose"], first["status"], first["ending"]) == ("decide", 200, "answered")
    assert second["status"] == 503
    assert "x-goog-api-key" not in first["headers"]

    assert (await client.delete("/loopback/requests")).status_code == 204
    assert (await client.get("/loopback/requests")).json() == {"requests": []}


async def test_clearing_the_script_brings_the_fixed_rules_back(client: httpx.AsyncClient, script: Script) -> None:
    script.always(Answer(status=500))
    assert (await client.delete("/loopback/script")).status_code == 204

    assert (await client.post(GENERATE, json=asking())).status_code == 200


@pytest.mark.parametrize("body", ["{", '{"rules": [{"answers": []}]}', '{"rules": [{"answers": [{"colour": 1}]}]}'])
async def test_refuses_a_script_it_cannot_read(client: httpx.AsyncClient, body: str) -> None:
    assert (await client.post("/loopback/script", content=body)).status_code == 400
