"""Two replicas on one database: what one leaves behind, the other ends, once."""

import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from providers.google.loopback.answer import Answer, Call, Rule
from tests.e2e.process import environment, new_data_dir
from tests.eventually import eventually
from tests.loopback_gemini import open_loopback_gemini

FACT = {"speaker": "User", "raw_text": "we get 90 calls a month", "turn_id": "one"}
NEXT = {"speaker": "User", "raw_text": "we get 500 visitors a month", "turn_id": "two"}


@dataclass
class Family:
    """`parley serve --replicas 2`, and what it says."""

    process: asyncio.subprocess.Process
    said: list[str] = field(default_factory=list)

    async def hear(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.said.append(line.decode().strip())

    def count(self, words: str) -> int:
        return sum(words in line for line in self.said)

    def url(self, number: int) -> str:
        (url,) = {found[1] for line in self.said if (found := re.match(rf"Replica {number}: .* on (http\S+)", line))}
        return url

    def client(self, number: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url(number), timeout=120)

    async def pids(self) -> list[int]:
        """The replicas' processes, the oldest first."""
        listing = await asyncio.create_subprocess_exec(
            "ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid), stdout=asyncio.subprocess.PIPE
        )
        output, _ = await listing.communicate()
        return sorted(int(line.split()[0]) for line in output.decode().splitlines() if "--with-parent" in line)


@asynccontextmanager
async def open_family(settings: dict[str, str] | None = None) -> AsyncIterator[Family]:
    verb = ["-m", "cli.main", "serve", "--replicas", "2", "--port", "0", "--data-dir", str(new_data_dir())]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *verb,
        env=environment(settings or {}),
        cwd=tempfile.gettempdir(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    family = Family(process)
    hearing = asyncio.create_task(family.hear())
    try:
        await eventually(lambda: family.count("2 replicas are up.") == 1)
        yield family
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
        await hearing


SLOW_MS = 2_500
FACTS = {FACT["raw_text"]: ("monthly_inbound_calls", "90"), NEXT["raw_text"]: ("monthly_website_visitors", "500")}


@asynccontextmanager
async def slow_model() -> AsyncIterator[dict[str, str]]:
    """The settings of a Gemini that takes its time, cleans nothing and finds one fact in each of our turns."""
    async with open_loopback_gemini() as (base_url, script):
        for words, (name, value) in FACTS.items():
            newest = f'"newest_turn\\": \\"{words}'
            call = Call(name="log_metric", args={"metric_name": name, "value_string": value})
            script.add(
                Rule(answers=(Answer(text=words, latency_ms=SLOW_MS),), purpose="clean", contains=newest, repeat=True),
                Rule(
                    answers=(Answer(calls=(call,), latency_ms=SLOW_MS),), purpose="decide", contains=newest, repeat=True
                ),
            )
        yield {"GOOGLE_API_KEY": "test", "GOOGLE_GEMINI_BASE_URL": base_url}


async def open_session(client: httpx.AsyncClient) -> str:
    return str((await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"])


async def record(client: httpx.AsyncClient, session_id: str, what: str) -> list[dict[str, Any]]:
    return list((await client.get(f"/sessions/{session_id}/{what}", params={"limit": 200})).json()["items"])


async def test_what_one_leaves_behind_the_other_ends_and_both_leave_with_their_parent() -> None:
    async with slow_model() as settings, open_family(settings) as family:
        await a_turn_whose_replica_is_killed_is_returned_by_the_other_once(family)
        await told_to_leave_a_replica_ends_its_turn_and_hands_the_next_over(family)
        await replicas_leave_with_their_parent_however_it_ends(family)


async def a_turn_whose_replica_is_killed_is_returned_by_the_other_once(family: Family) -> None:
    async with family.client(1) as one, family.client(2) as two:
        session_id = await open_session(one)
        asking = asyncio.create_task(one.post(f"/sessions/{session_id}/turns", json=FACT))
        await open_turn(two, session_id)
        os.kill((await family.pids())[0], signal.SIGKILL)
        with pytest.raises(httpx.TransportError):
            await asking
        answer = await two.post(f"/sessions/{session_id}/turns", json=FACT)
        again = await two.post(f"/sessions/{session_id}/turns", json=FACT)
        assert (answer.status_code, answer.json()["turn_id"]) == (200, "one")
        assert again.json() == answer.json()
        assert [turn["turn_id"] for turn in await record(two, session_id, "turns")] == ["one"]
        assert [call["status"] for call in await record(two, session_id, "tool-calls")] == ["done"]
        await eventually(lambda: family.count("Replica 1 was ended by SIGKILL") == 1)
        await eventually(lambda: family.count("Replica 1: Parley listens") == 2)
    async with family.client(1) as one:
        assert (await one.get("/health")).status_code == 200


async def told_to_leave_a_replica_ends_its_turn_and_hands_the_next_over(family: Family) -> None:
    """The second replica is the oldest once the first was started again."""
    async with family.client(1) as one, family.client(2) as two:
        session_id = await open_session(two)
        running = asyncio.create_task(two.post(f"/sessions/{session_id}/turns", json=FACT))
        await open_turn(one, session_id)
        waiting = asyncio.create_task(two.post(f"/sessions/{session_id}/turns", json=NEXT))
        await open_turn(one, session_id, count=2)
        os.kill((await family.pids())[0], signal.SIGTERM)
        sent_away = await waiting
        assert (sent_away.status_code, "retry-after" in sent_away.headers) == (503, True)
        assert (await running).status_code == 200
        handed_over = await one.post(f"/sessions/{session_id}/turns", json=NEXT)
        assert (handed_over.status_code, handed_over.json()["seq"]) == (200, 2)
        assert [turn["status"] for turn in await record(one, session_id, "turns")] == ["done", "done"]
        calls = await record(one, session_id, "tool-calls")
        assert [(call["seq"], call["status"]) for call in calls] == [(1, "done"), (2, "done")]
    await eventually(lambda: family.count("Replica 2: Parley listens") == 2)


async def replicas_leave_with_their_parent_however_it_ends(family: Family) -> None:
    pids = await family.pids()
    assert len(pids) == 2
    family.process.kill()
    await eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


async def open_turn(client: httpx.AsyncClient, session_id: str, count: int = 1) -> None:
    """Wait until so many turns of the session are accepted and open."""
    async with asyncio.timeout(120):
        while len(await record(client, session_id, "turns")) < count:
            pass  # each look is a request
