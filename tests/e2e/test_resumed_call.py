"""A replica dies in the middle of a call: another takes the call up where it stopped."""

import asyncio
import os
import signal
from urllib.parse import urlsplit

import httpx

from domain.session import DEMO_TENANT
from providers.twilio_simulator.record import CallRecord, Ending
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import Simulator, open_simulator
from sessions.telephone import session_of
from tests.e2e.telephone import ACCOUNT, AUDIO, PUBLIC, TELEPHONE, bearer, open_balancer
from tests.e2e.test_replicas import open_family
from tests.eventually import eventually

GREETING, QUESTION, MOMENT = "Hello, how can I help you?", 2, "One moment, please."


def place_of(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 80)


async def begins_to_answer(simulator: Simulator, call_sid: str) -> None:
    """Wait until the caller hears the first sound of the answer to what was said."""

    def answering() -> bool:
        record = simulator.record(call_sid)
        return record is not None and bool(record.said) and _played_after(record, record.said[-1].at)

    await eventually(answering)


def _played_after(record: CallRecord, at: int) -> bool:
    return any(span.at > at for stream in record.streams for span in stream.playout.played)


async def test_a_call_whose_replica_is_killed_goes_on_at_another() -> None:
    said = (AUDIO / "01.ulaw").read_bytes()
    script = Script().wait_for_silence(0.8).say(said).wait_for_silence(4.0).say(said).wait_for_silence(3.0)
    call = SimulatedCall(script)
    session_id = session_of(DEMO_TENANT, call.call_sid)
    async with open_family(TELEPHONE) as family:
        first, second = place_of(family.url(1)), place_of(family.url(2))
        async with (
            open_balancer(first) as balancer,
            open_simulator(balancer.url, ACCOUNT, public=PUBLIC) as simulator,
            httpx.AsyncClient(base_url=family.url(2), headers=bearer(), timeout=120) as client,
        ):
            calling = asyncio.create_task(simulator.call(call))
            await begins_to_answer(simulator, call.call_sid)
            balancer.target = second
            os.kill((await family.pids())[0], signal.SIGKILL)
            record = await calling
            turns = (await client.get(f"/sessions/{session_id}/turns", params={"limit": 50})).json()["items"]
    assert record.ending is Ending.CALLER_HUNG_UP
    assert len(record.streams) == QUESTION
    spoken = [turn["raw_text"] if turn["role"] == "agent" else turn["result"]["reply"] for turn in turns]
    assert spoken[0] == GREETING
    assert spoken.count(GREETING) == spoken.count(MOMENT) == 1
    assert [turn["role"] for turn in turns].count("caller") == len(record.said)
    assert [turn["heard"] for turn in turns] == spoken
    assert sum(heard.played == heard.sent for heard in record.heard) >= len(turns)
