"""Gemini's streaming endpoint, which LangGraph chooses by itself when someone listens to the tokens."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from langchain_core.messages import AIMessageChunk
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatAnswer, ChatRequest, ChatToolCall, Finish, Usage
from providers.google.loopback.answer import Answer, Call, TokenCount
from providers.google.loopback.script import Script
from providers.langchain.chat_model import LangChainChatModel
from tests.contract.gemini_model import CLEAN, DECIDE, open_model


@pytest.fixture
async def gemini() -> AsyncIterator[tuple[LangChainChatModel, Script]]:
    async with open_model() as opened:
        yield opened


class Asked(TypedDict, total=False):
    """The state of a graph with one node."""

    answer: ChatAnswer


async def ask_listening(model: LangChainChatModel, request: ChatRequest) -> tuple[ChatAnswer, list[str]]:
    """Ask from a graph node while the graph's run is streamed token by token."""

    async def ask(state: Asked) -> Asked:
        return {"answer": await model.ask(request)}

    builder = StateGraph(Asked)
    builder.add_node("ask", ask)
    builder.add_edge(START, "ask")
    builder.add_edge("ask", END)
    heard: list[str] = []
    answers: list[ChatAnswer] = []
    async for mode, event in builder.compile().astream({}, stream_mode=["messages", "values"]):
        if mode == "messages" and isinstance(event, tuple) and isinstance(event[0], AIMessageChunk):
            heard.append(str(event[0].text))
        elif mode == "values" and isinstance(event, dict) and "answer" in event:
            answers.append(event["answer"])
    return answers[-1], heard


async def test_a_listened_to_answer_is_the_same_answer(gemini: tuple[LangChainChatModel, Script]) -> None:
    model, script = gemini
    words = "We get about fifty calls a month from the website and a few more from the van."
    calls = (Call(name="log_metric", args={"metric": "calls"}), Call(name="log_metric", args={"metric": "visitors"}))
    script.then(Answer(text=words, calls=calls, usage=TokenCount(prompt=20, output=30, thoughts=5)))

    answer, heard = await ask_listening(model, DECIDE)

    assert script.requests[0].stream
    assert len(heard) > 3
    assert "".join(heard) == words
    assert answer.text == words
    assert answer.calls == (
        ChatToolCall("log_metric", {"metric": "calls"}),
        ChatToolCall("log_metric", {"metric": "visitors"}),
    )
    assert answer.usage == Usage(20, 35)
    assert answer.finish is Finish.STOP
    assert answer.model == "gemini-3.5-flash-lite"


@pytest.mark.parametrize(
    ("scripted", "finish"),
    [
        (Answer(text="We get", finish="MAX_TOKENS"), Finish.MAX_TOKENS),
        (Answer(text="We get", finish="SAFETY"), Finish.BLOCKED),
        (Answer(block="SAFETY"), Finish.BLOCKED),
        (Answer(finish="MALFORMED_FUNCTION_CALL"), Finish.MALFORMED_CALL),
    ],
)
async def test_an_ending_is_told_at_the_end(
    gemini: tuple[LangChainChatModel, Script], scripted: Answer, finish: Finish
) -> None:
    model, script = gemini
    script.then(scripted)

    answer, _ = await ask_listening(model, CLEAN)

    assert answer.finish is finish
    assert answer.text == scripted.text


@pytest.mark.parametrize(
    ("scripted", "fault"),
    [
        (Answer(status=429), Fault.RATE_LIMIT),
        (Answer(status=503), Fault.SERVER),
        (Answer(text="We get about fifty", delivery="cut"), Fault.CONNECTION),
        (Answer(delivery="not_json"), Fault.SERVER),
    ],
)
async def test_a_failing_stream_is_named(
    gemini: tuple[LangChainChatModel, Script], scripted: Answer, fault: Fault
) -> None:
    model, script = gemini
    script.then(scripted)

    with pytest.raises(ProviderUnavailable) as raised:
        await ask_listening(model, CLEAN)

    assert raised.value.fault is fault
    assert len(script.requests) == 1


async def test_a_stream_that_breaks_has_said_its_first_words(gemini: tuple[LangChainChatModel, Script]) -> None:
    model, script = gemini
    script.then(Answer(text="We get about fifty calls a month, not more", delivery="cut"))
    heard: list[str] = []

    async def listen() -> None:
        async for chunk in model.model.astream("hello"):
            heard.append(str(chunk.text))

    with pytest.raises(httpx.RemoteProtocolError):
        await listen()

    assert heard == ["We get about fifty "]
    assert script.requests[0].ending == "cut"


async def test_the_timeout_bounds_the_whole_stream() -> None:
    async with open_model(timeout_s=3) as (model, script):
        script.then(Answer(text="word " * 400, chunk_ms=50))
        with pytest.raises(ProviderUnavailable) as raised:
            await ask_listening(model, CLEAN)
        async with asyncio.timeout(60):
            await script.requests[0].over.wait()

    assert raised.value.fault is Fault.TIMEOUT
    assert script.requests[0].ending == "disconnected"
