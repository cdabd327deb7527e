"""Subscribers: how fast events reach many of them, at the replica that makes them and at another one."""

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import datetime

from bench.durable.sizes import Sizes
from bench.figures import Findings, Row, spread
from bench.turns.lab import PLAYBOOK, Lab
from bootstrap.service import Ports, run_parley
from bootstrap.settings import load_settings
from providers.postgres.news import open_postgres_news
from providers.scripted.speech_to_text import silence
from sessions.service import Parley

CONNECTS_WITHIN = 10.0


async def measure_subscribers(lab: Lab, sizes: Sizes) -> Findings:
    """Follow one session many times over while the agent speaks in it."""
    findings = Findings()
    async with AsyncExitStack() as stack:
        here, there = [await _replica(stack, lab) for _ in range(2)]
        for name, replica in (("the same replica", here), ("another replica", there)):
            findings.add(await _follow(name, here, replica, sizes))
    return findings


async def _replica(stack: AsyncExitStack, lab: Lab) -> Parley:
    news = await stack.enter_async_context(open_postgres_news(lab.ours_dsn))
    async with asyncio.timeout(CONNECTS_WITHIN):
        await news.ready.wait()
    ports = Ports(lab.database, silence(), None, None, news)
    return await stack.enter_async_context(run_parley(ports, load_settings()))


async def _follow(name: str, here: Parley, replica: Parley, sizes: Sizes) -> Findings:
    session_id = str((await here.create_session(PLAYBOOK))["session_id"])
    following = [asyncio.create_task(_latencies(replica, session_id)) for _ in range(sizes.subscribers)]
    started = time.perf_counter()
    for number in range(sizes.events):
        await here.process_turn(session_id, speaker="lumen", raw_text=f"That is line {number}.")
    await here.close_session(session_id)
    latencies = [each for follower in await asyncio.gather(*following) for each in follower]
    rate = len(latencies) / (time.perf_counter() - started)
    figure = f"{rate:,.0f} a second; from commit to receipt {spread(latencies)}"
    row = Row(f"Events to {sizes.subscribers} subscribers at {name}", figure)
    return Findings([row], {f"events at {name}": {"rate": rate, "ms": latencies}})


async def _latencies(parley: Parley, session_id: str) -> list[float]:
    """Milliseconds from the row's own time, which is the start of its transaction, to its receipt."""
    return [
        (time.time() - datetime.fromisoformat(event["at"]).timestamp()) * 1000
        async for event in parley.events(session_id)
    ]
