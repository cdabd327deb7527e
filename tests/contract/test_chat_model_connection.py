"""Time-outs, cancelling and connections of Gemini's adapter, against the loopback on a real port."""

import asyncio
from datetime import timedelta

import pytest
from pydantic import SecretStr

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatMessage, ChatRequest
from providers.google.loopback.answer import Answer
from providers.langchain.build import build_chat_model
from tests.contract.gemini_model import CLEAN, DEFAULT, KEY, open_model
from tests.loopback_gemini import open_loopback_gemini


async def test_a_hanging_provider_times_out_and_the_connection_closes() -> None:
    async with open_model(timeout_s=3) as (model, script):
        script.then(Answer(delivery="hang"))
        with pytest.raises(ProviderUnavailable) as raised:
            await model.ask(CLEAN)
        async with asyncio.timeout(60):
            await script.requests[0].over.wait()

    assert raised.value.fault is Fault.TIMEOUT
    assert script.requests[0].ending == "disconnected"


async def test_nobody_listening_is_a_connection_fault() -> None:
    async with open_loopback_gemini() as (base_url, _):
        pass
    model = build_chat_model(DEFAULT, timeout=timedelta(seconds=5), api_key=SecretStr(KEY), base_url=base_url)

    with pytest.raises(ProviderUnavailable) as raised:
        await model.ask(CLEAN)

    assert raised.value.fault is Fault.CONNECTION
    await model.aclose()


async def test_a_slow_answer_in_time_is_taken() -> None:
    async with open_model() as (model, script):
        script.then(Answer(text="Late.", latency_ms=50))
        assert (await model.ask(CLEAN)).text == "Late."


async def test_cancelling_closes_the_connection_and_spares_the_rest() -> None:
    async with open_model() as (model, script):
        script.then(Answer(delivery="hang"))
        asking = asyncio.create_task(model.ask(CLEAN))
        async with asyncio.timeout(60):
            request = await script.arrived(1)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            await request.over.wait()

        assert request.ending == "disconnected"
        assert (await model.ask(CLEAN)).text == "we get fifty coast"


async def test_a_short_timeout_stays_ours_since_gemini_takes_no_short_deadline() -> None:
    async with open_model(timeout_s=2.5) as (model, script):
        await model.ask(CLEAN)
        assert script.requests[0].headers["x-server-timeout"] == "10"

    async with open_model(timeout_s=20.5) as (model, script):
        await model.ask(CLEAN)
        assert script.requests[0].headers["x-server-timeout"] == "21"


async def test_calls_share_a_connection() -> None:
    async with open_model() as (model, script):
        for _ in range(3):
            await model.ask(CLEAN)

    assert len({request.client for request in script.requests}) == 1


async def test_many_calls_at_once_are_all_answered() -> None:
    async with open_model() as (model, script):
        requests = [ChatRequest("clean", "", (ChatMessage("user", f"word {n}"),)) for n in range(30)]
        answers = await asyncio.gather(*(model.ask(request) for request in requests))

    assert [answer.text for answer in answers] == [f"word {n}" for n in range(30)]
    assert len(script.requests) == 30
