"""What every chat model promises, asked of Gemini's adapter against the loopback on a real port."""

import logging
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator

import pytest

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.chat_model import ChatMessage, ChatModel, ChatRequest, ChatToolCall, Finish, ToolSchema, Usage
from providers.google.loopback.answer import Answer, Call, TokenCount
from providers.google.loopback.script import Script
from tests.contract.gemini_model import CLEAN, DECIDE, DEFAULT, KEY, METRIC, open_model

MODELS = (DEFAULT, "google_genai:gemini-3.1-flash-lite")


@pytest.fixture(params=MODELS)
async def gemini(request: pytest.FixtureRequest) -> AsyncIterator[tuple[ChatModel, Script]]:
    async with open_model(request.param) as opened:
        yield opened


async def test_answers_with_text_usage_and_model(gemini: tuple[ChatModel, Script]) -> None:
    model, script = gemini
    script.then(Answer(text="We get fifty calls.", usage=TokenCount(prompt=31, output=6, thoughts=4)))

    answer = await model.ask(CLEAN)

    assert answer.text == "We get fifty calls."
    assert answer.calls == ()
    assert answer.finish is Finish.STOP
    assert answer.usage == Usage(input_tokens=31, output_tokens=10)
    assert model.name == f"google_genai:{answer.model}"


async def test_sends_system_history_and_purpose(gemini: tuple[ChatModel, Script]) -> None:
    model, script = gemini
    history = (ChatMessage("user", "hi"), ChatMessage("assistant", "hello"), ChatMessage("user", "bye"))

    await model.ask(ChatRequest("reply", "Be brief.", history))

    sent = script.requests[0]
    assert sent.purpose == "reply"
    assert sent.body["systemInstruction"]["parts"] == [{"text": "Be brief."}]
    assert [(content["role"], content["parts"][0]["text"]) for content in sent.body["contents"]] == [
        ("user", "hi"),
        ("model", "hello"),
        ("user", "bye"),
    ]


async def test_parallel_calls_come_back_in_order_beside_text(gemini: tuple[ChatModel, Script]) -> None:
    model, script = gemini
    first = {"metric": "calls", "value": "fifty"}
    second = {"metric": "visitors", "value": "2000"}
    calls = (Call(name="log_metric", args=first), Call(name="log_metric", args=second))
    script.then(Answer(text="Noted.", calls=calls))

    answer = await model.ask(DECIDE)

    assert answer.calls == (ChatToolCall("log_metric", first), ChatToolCall("log_metric", second))
    assert answer.text == "Noted."
    assert answer.finish is Finish.STOP


async def test_a_tool_reaches_the_model_with_its_whole_schema(
    gemini: tuple[ChatModel, Script], caplog: pytest.LogCaptureFixture
) -> None:
    model, script = gemini

    answer = await model.ask(DECIDE)

    assert answer.calls == ()
    (tool,) = script.requests[0].body["tools"]
    (function,) = tool["functionDeclarations"]
    assert (function["name"], function["description"]) == ("log_metric", "Note a figure.")
    assert function["parameters_json_schema"] == METRIC.parameters
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_tool_without_arguments_can_be_called(gemini: tuple[ChatModel, Script]) -> None:
    model, script = gemini
    demo = ToolSchema("create_demo", "Create it.", {"type": "object", "properties": {}})
    script.then(Answer(calls=(Call(name="create_demo"),)))

    answer = await model.ask(ChatRequest("decide", "", CLEAN.messages, (demo,)))

    assert answer.calls == (ChatToolCall("create_demo", {}),)
    assert "systemInstruction" not in script.requests[0].body


@pytest.mark.parametrize(
    ("setting", "sampling", "thinking"),
    [
        (DEFAULT, {}, "MINIMAL"),
        ("google_genai:gemini-3.6-flash", {}, "MINIMAL"),
        ("google_genai:gemini-3.1-flash-lite", {"temperature": 0.1, "topP": 1, "topK": 1}, "MINIMAL"),
        ("google_genai:gemini-3.1-pro-preview", {"temperature": 0.1, "topP": 1, "topK": 1}, "LOW"),
        ("google_genai:gemini-4-argon", {}, "LOW"),
    ],
)
async def test_sends_the_sampling_that_the_model_takes(setting: str, sampling: dict[str, float], thinking: str) -> None:
    async with open_model(setting) as (model, script):
        await model.ask(CLEAN)

    config = script.requests[0].body["generationConfig"]
    assert {name: config[name] for name in ("temperature", "topP", "topK") if name in config} == sampling
    assert config["thinkingConfig"] == {"thinking_level": thinking}
    assert config["maxOutputTokens"] == 1000


async def test_a_request_may_lower_the_output_limit(gemini: tuple[ChatModel, Script]) -> None:
    model, script = gemini

    answer = await model.ask(ChatRequest("clean", "", (ChatMessage("user", "word " * 40),), max_output_tokens=5))

    assert script.requests[0].body["generationConfig"]["maxOutputTokens"] == 5
    assert answer.finish is Finish.MAX_TOKENS
    assert answer.usage.output_tokens == 5


@pytest.mark.parametrize(
    ("scripted", "finish"),
    [
        (Answer(text="We g", finish="MAX_TOKENS"), Finish.MAX_TOKENS),
        (Answer(finish="SAFETY"), Finish.BLOCKED),
        (Answer(finish="RECITATION"), Finish.BLOCKED),
        (Answer(finish="PROHIBITED_CONTENT"), Finish.BLOCKED),
        (Answer(block="SAFETY"), Finish.BLOCKED),
        (Answer(block="JAILBREAK"), Finish.BLOCKED),
        (Answer(finish="MALFORMED_FUNCTION_CALL"), Finish.MALFORMED_CALL),
        (Answer(finish="UNEXPECTED_TOOL_CALL"), Finish.MALFORMED_CALL),
        (Answer(finish="LANGUAGE"), Finish.OTHER),
        (Answer(finish=None), Finish.OTHER),
        (Answer(delivery="empty"), Finish.OTHER),
        (Answer(text=""), Finish.STOP),
    ],
    ids=lambda value: str(value.finish or value.block) if isinstance(value, Answer) else value,
)
async def test_an_ending_is_an_answer_and_no_exception(scripted: Answer, finish: Finish) -> None:
    async with open_model() as (model, script):
        script.then(scripted)
        answer = await model.ask(CLEAN)

    assert answer.finish is finish
    assert answer.text == scripted.text


@pytest.mark.parametrize(
    ("scripted", "kind", "fault"),
    [
        (Answer(status=400), ProviderRejected, Fault.BAD_REQUEST),
        (Answer(status=400, reason="API_KEY_INVALID"), ProviderRejected, Fault.CREDENTIALS),
        (Answer(status=401), ProviderRejected, Fault.CREDENTIALS),
        (Answer(status=403), ProviderRejected, Fault.CREDENTIALS),
        (Answer(status=404), ProviderRejected, Fault.BAD_REQUEST),
        (Answer(status=408), ProviderUnavailable, Fault.TIMEOUT),
        (Answer(status=429, retry_after_s=7), ProviderUnavailable, Fault.RATE_LIMIT),
        (Answer(status=500), ProviderUnavailable, Fault.SERVER),
        (Answer(status=503), ProviderUnavailable, Fault.SERVER),
        (Answer(status=502, body="<html>Bad gateway</html>"), ProviderUnavailable, Fault.SERVER),
        (Answer(delivery="not_json"), ProviderUnavailable, Fault.SERVER),
        (Answer(text="half of it", delivery="cut"), ProviderUnavailable, Fault.CONNECTION),
    ],
    ids=lambda value: f"{value.status}-{value.delivery}" if isinstance(value, Answer) else "",
)
async def test_a_failure_is_named_after_one_attempt(scripted: Answer, kind: type[ProviderError], fault: Fault) -> None:
    async with open_model() as (model, script):
        script.always(scripted)
        with pytest.raises(kind) as raised:
            await model.ask(CLEAN)

    assert raised.value.fault is fault
    assert raised.value.provider == DEFAULT
    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [400, 403, 429, 500])
async def test_the_key_and_the_words_stay_out_of_errors_and_logs(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_model() as (model, script):
        script.then(Answer(status=status, message=f"consumer api_key:{KEY} said: we get fifty coast"))
        with pytest.raises(ProviderError) as raised:
            await model.ask(CLEAN)

        told = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(model) + caplog.text
        kept = repr(script.requests)

    assert KEY not in told
    assert KEY not in kept
    assert "we get fifty coast" not in told


def test_googles_libraries_are_imported_only_when_gemini_is_built() -> None:
    heavy = "{'google.genai', 'langchain_google_genai', 'langchain.chat_models', 'aiohttp'}"
    code = f"import sys, providers.langchain.build; print({heavy} & set(sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert loaded.stdout.strip() == "set()"
