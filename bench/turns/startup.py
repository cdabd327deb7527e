"""The server's start and its memory: time to ready on existing data, at rest, and after it has heard speech."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Findings, Row, median
from bench.turns.memory import Memory, read_memory
from bench.turns.serving import open_served
from bench.turns.sizes import Sizes

READY_S, REST_MB = 4.0, 250.0


@dataclass
class _Starts:
    first: float
    seconds: list[float] = field(default_factory=list)
    rest: Memory = field(default_factory=Memory)
    heard: Memory = field(default_factory=Memory)


async def measure_startup(folder: Path, sizes: Sizes) -> Findings:
    """Start the server on a folder until it is ready, again and again; the first time makes the data and is apart."""
    data_dir = folder / "served"
    starts = _Starts(first=await _start(folder, data_dir))
    for _ in range(sizes.starts):
        starts.seconds.append(await _start(folder, data_dir))
    async with open_served(folder, data_dir) as served:
        await asyncio.sleep(sizes.rest)
        starts.rest = await asyncio.to_thread(read_memory, served.pid, data_dir)
        await served.hear()
        starts.heard = await asyncio.to_thread(read_memory, served.pid, data_dir)
    memory = {"rest": starts.rest.by_part(), "heard": starts.heard.by_part()}
    raw = {"first_s": starts.first, "starts_s": starts.seconds, "memory_mb": memory}
    return Findings(_rows(starts, sizes), {"startup": raw})


async def _start(folder: Path, data_dir: Path) -> float:
    started = time.perf_counter()
    async with open_served(folder, data_dir):
        return time.perf_counter() - started


def _rows(starts: _Starts, sizes: Sizes) -> list[Row]:
    slowest = max(starts.seconds)
    ready = Row(
        "Server ready on existing data",
        f"median {median(starts.seconds):.2f} s, slowest {slowest:.2f} s",
        f"< {READY_S:g} s",
        slowest < READY_S if sizes.full else None,
    )
    return [ready, Row("  making the data first", f"{starts.first:.2f} s"), *_memory_rows(starts, sizes)]


def _memory_rows(starts: _Starts, sizes: Sizes) -> list[Row]:
    what, bar = "Server process at rest (resident)", f"< {REST_MB:g} MB"
    if starts.rest.server is None or starts.heard.server is None:
        return [Row(what, "not measured: this system has no /proc", bar)]
    return [
        Row(what, f"{starts.rest.server:.0f} MB", bar, starts.rest.server < REST_MB if sizes.full else None),
        Row("  after it has heard an utterance", f"{starts.heard.server:.0f} MB"),
        *(Row(f"  beside it: {part}", f"{size:.0f} MB") for part, size in starts.heard.beside.items()),
    ]
