"""A second replica: what it adds, each replica a process of its own."""

import asyncio
import sys

from bench.durable.sizes import Sizes
from bench.figures import Findings, Row, ratio
from bench.turns.lab import Lab

SESSIONS = 32


async def measure_replicas(lab: Lab, sizes: Sizes) -> Findings:
    """Let the same number of sessions talk at one replica, then shared out to two, in alternation."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    for replicas in (1, 2, 2, 1)[: 4 if sizes.full else 2]:
        share = SESSIONS // replicas
        counts = await asyncio.gather(*(_run(lab.ours_dsn, share, sizes.replica_seconds) for _ in range(replicas)))
        rates[replicas].append(sum(counts))
    one, two = [sum(rates[replicas]) / len(rates[replicas]) for replicas in (1, 2)]
    figure = f"{two:.0f} turns a second to one's {one:.0f}: {ratio(two, one):.2f} times"
    return Findings([Row(f"Two replicas, {SESSIONS} sessions shared out", figure)], {"replicas": rates})


async def _run(dsn: str, sessions: int, seconds: float) -> float:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.durable.replica", str(sessions), str(seconds)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    output, _ = await process.communicate(dsn.encode())
    return float(output)
