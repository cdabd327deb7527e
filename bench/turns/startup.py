"""The real server as a process of its own: time to ready on existing data, and memory at rest."""

import asyncio
import re
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from bench.figures import Findings, Row, median
from bench.turns.memory import Memory, read_memory
from bench.turns.sizes import Sizes

READY_S, REST_MB = 4.0, 250.0
GIVE_UP_S = 60.0
LOOKS, LOOK_S = 500, 0.02
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; sys.argv = ['parley', *sys.argv[1:]]; from cli.main import run; run()"


async def measure_startup(folder: Path, sizes: Sizes) -> Findings:
    """Start the server on a folder until it is ready, again and again; the first time makes the data and is apart."""
    data_dir = folder / "served"
    first, _ = await _start(folder, data_dir, rest=None)
    starts, memory = [], Memory()
    for _ in range(sizes.starts):
        seconds, memory = await _start(folder, data_dir, rest=sizes.rest)
        starts.append(seconds)
    raw = {"first_s": first, "starts_s": starts, "memory_mb": memory.by_part()}
    return Findings(_rows(first, starts, memory, sizes), {"startup": raw})


async def _start(folder: Path, data_dir: Path, *, rest: float | None) -> tuple[float, Memory]:
    started = time.perf_counter()
    async with _serving(folder, data_dir) as (process, address):
        await _ready(address)
        seconds = time.perf_counter() - started
        if rest is None:
            return seconds, Memory()
        await asyncio.sleep(rest)
        return seconds, await asyncio.to_thread(read_memory, process.pid, data_dir)


@asynccontextmanager
async def _serving(folder: Path, data_dir: Path) -> AsyncIterator[tuple[Process, str]]:
    """Run `parley serve` away from the checkout's `.env`, on the built-in engine and a free port."""
    environment = {"PYTHONPATH": str(ROOT), "PARLEY_MODEL": "builtin", "HOME": str(folder)}
    command = [sys.executable, "-P", "-c", PROGRAM, "serve", "--port", "0", "--data-dir", str(data_dir)]
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=PIPE, stderr=DEVNULL)
    try:
        async with asyncio.timeout(GIVE_UP_S):
            yield process, await _address(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process) -> str:
    if process.stdout is None:
        raise AssertionError("the server's output is not read")
    while line := (await process.stdout.readline()).decode():
        if found := re.search(r"listens on (http://\S+)", line):
            return found[1]
    raise ChildProcessError(f"the server ended before it listened: status {await process.wait()}")


async def _ready(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=5) as client:
        for _ in range(LOOKS):
            if (await client.get("/health/ready")).status_code == httpx.codes.OK:
                return
            await asyncio.sleep(LOOK_S)
    raise TimeoutError(f"the server at {address} is still not ready")


def _rows(first: float, starts: list[float], memory: Memory, sizes: Sizes) -> list[Row]:
    slowest = max(starts)
    ready = Row(
        "Server ready on existing data",
        f"median {median(starts):.2f} s, slowest {slowest:.2f} s",
        f"< {READY_S:g} s",
        slowest < READY_S if sizes.full else None,
    )
    making = Row("  making the data first", f"{first:.2f} s")
    if memory.server is None:
        return [ready, making, Row("Server's memory at rest", "not measured: no /proc here", f"< {REST_MB:g} MB")]
    met = memory.server < REST_MB if sizes.full else None
    rest = Row("Server process at rest (resident)", f"{memory.server:.0f} MB", f"< {REST_MB:g} MB", met)
    beside = [Row(f"  beside it: {part}", f"{size:.0f} MB") for part, size in memory.beside.items()]
    return [ready, making, rest, *beside]
