"""Two tenants choose the same session_id: each has its own session, and hears nothing of the other's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from providers.scripted.chat_model import ScriptedChatModel, says
from tests.eventually import eventually
from tests.integration.sessions.conftest import Run

SECRET = "the secret of tenant a is forty people"


async def test_events_stay_with_their_tenant(run: Run) -> None:
    session_id, seen = str(uuid4()), list[Any]()
    async with run() as parley:
        for tenant in ("a", "b"):
            await parley.create_session("lumen", session_id=session_id, tenant_id=tenant, customer_profile={})
        await parley.process_turn(session_id, tenant_id="a", speaker="User", raw_text=SECRET, turn_id="x")

        async def follow(tenant: str, into: list[Any]) -> None:
            async for event in parley.events(session_id, tenant_id=tenant):
                into.append(event)

        theirs: list[Any] = []
        first = asyncio.create_task(follow("a", theirs))
        await eventually(lambda: len(theirs) >= 2)
        second = asyncio.create_task(follow("b", seen))
        await eventually(lambda: len(seen) >= 1)
        await parley.process_turn(session_id, tenant_id="a", speaker="User", raw_text=SECRET, turn_id="y")
        await parley.close_session(session_id, tenant_id="b")
        await second
        first.cancel()
    assert [event["type"] for event in seen] == ["session_created", "session_closed"]


async def test_results_stay_with_their_tenant(run: Run) -> None:
    session_id, reached, go = str(uuid4()), asyncio.Event(), asyncio.Event()

    class Slow(ScriptedChatModel):
        async def ask(self, request: Any) -> Any:
            reached.set()
            await go.wait()
            return await super().ask(request)

    async with run(model=Slow(lambda request: says("hello"))) as parley:
        for tenant in ("a", "b"):
            await parley.create_session("lumen", session_id=session_id, tenant_id=tenant, customer_profile={})

        async def take(tenant: str, words: str) -> Any:
            return await parley.process_turn(
                session_id, tenant_id=tenant, speaker="User", raw_text=words, turn_id="same"
            )

        mine = asyncio.create_task(take("a", "hello from a"))
        await reached.wait()
        theirs = asyncio.create_task(take("b", "hello from b"))
        assert not await parley.interrupt_turn(session_id, "none", tenant_id="b")
        go.set()
        assert [(await mine)["raw_text"], (await theirs)["raw_text"]] == ["hello from a", "hello from b"]


async def test_a_watcher_sees_its_own_turn(run: Run) -> None:
    session_id = str(uuid4())
    async with run() as parley:
        for tenant in ("a", "b"):
            await parley.create_session("lumen", session_id=session_id, tenant_id=tenant, customer_profile={})
        stream: AsyncIterator[dict[str, Any]] = parley.stream_turn(
            session_id.upper(), tenant_id="b", speaker="User", raw_text="hello", turn_id="same"
        )
        async with aclosing(stream) as items:  # type: ignore[type-var]
            seen = [item async for item in items]
    assert {item["event"] for item in seen} == {"node", "result"}
    assert seen[-1]["data"]["raw_text"] == "hello"
