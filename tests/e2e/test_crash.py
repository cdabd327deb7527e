"""kill -9 in the middle of turns: nothing that was acknowledged is lost, nothing is done twice."""

import asyncio
import shutil
from typing import Any

import httpx
import pytest

from tests.e2e.events import take
from tests.e2e.process import ServeProcess, new_data_dir
from tests.loopback_gemini import open_loopback_gemini

TURNS = 12


async def say(client: httpx.AsyncClient, session_id: str, number: int) -> None:
    """Send one turn until its result is here, as a voice stack would."""
    turn = {"speaker": "User", "raw_text": f"our company size is {number} people", "turn_id": f"turn-{number}"}
    while True:
        try:
            answer = await client.post(f"/sessions/{session_id}/turns", json=turn)
        except httpx.TransportError:
            return
        if answer.status_code == 200:
            return
        await asyncio.sleep(0.1)


@pytest.mark.timeout(180)
async def test_turns_survive_kills_at_any_moment() -> None:
    async with open_loopback_gemini() as (base_url, _script):
        settings = {"GOOGLE_API_KEY": "test", "GOOGLE_GEMINI_BASE_URL": base_url}
        server = ServeProcess(new_data_dir(), settings).start()
        try:
            await play_and_kill(server)
        finally:
            await asyncio.to_thread(server.stop)
            shutil.rmtree(server.data_dir)


async def play_and_kill(server: ServeProcess) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
    for first, after in ((20, 0.05), (24, 0.15), (28, 0.4)):
        async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
            sending = [asyncio.create_task(say(client, session_id, first + place)) for place in range(4)]
            await asyncio.sleep(after)
            await asyncio.to_thread(server.kill)
            await asyncio.gather(*sending)
        await asyncio.to_thread(server.start)
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        for number in range(20, 20 + TURNS):
            await say(client, session_id, number)
        await client.post(f"/sessions/{session_id}/close")
        await check(client, session_id, await take(999, client, session_id))


async def check(client: httpx.AsyncClient, session_id: str, events: list[dict[str, Any]]) -> None:
    turns = (await client.get(f"/sessions/{session_id}/turns", params={"limit": 100})).json()["items"]
    assert sorted(turn["turn_id"] for turn in turns) == sorted(f"turn-{20 + place}" for place in range(TURNS))
    assert {turn["status"] for turn in turns} == {"done"}
    assert [turn["seq"] for turn in turns] == list(range(1, TURNS + 1))
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    processed = [event["turn_id"] for event in events if event["type"] == "turn_processed"]
    assert processed == [turn["turn_id"] for turn in turns]
    calls = (await client.get(f"/sessions/{session_id}/tool-calls", params={"limit": 100})).json()["items"]
    assert len({(call["seq"], call["ordinal"]) for call in calls}) == len(calls)
    done = [event for event in events if event["type"] == "function_called"]
    assert len(done) == len([call for call in calls if call["status"] in ("done", "unchanged", "declined", "failed")])
    versions = [event["data"]["version"] for event in events if event["type"] == "dataset_updated"]
    assert versions == list(range(1, len(versions) + 1))
