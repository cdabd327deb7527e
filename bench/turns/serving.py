"""The real server as a process of its own, run as a user runs it."""

import asyncio
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; sys.argv = ['parley', *sys.argv[1:]]; from cli.main import run; run()"
SOUND = ROOT / "playbooks/lumen/scenarios/sales_call/audio/02.ulaw"
GIVE_UP_S = 60.0
LOOKS, LOOK_S = 500, 0.02


@dataclass(frozen=True)
class Served:
    """A server that is ready."""

    pid: int
    client: httpx.AsyncClient

    async def hear(self) -> None:
        """Let it take one turn of recorded speech, so that its recogniser starts."""
        opened = (await self.client.post("/sessions", json={"playbook": "lumen"})).raise_for_status().json()
        turn = (None, '{"speaker": "User"}', "application/json")
        sound = ("turn.ulaw", await asyncio.to_thread(SOUND.read_bytes), "audio/basic")
        path = f"/sessions/{opened['session_id']}/turns"
        (await self.client.post(path, files={"turn": turn, "audio": sound})).raise_for_status()


@asynccontextmanager
async def open_served(folder: Path, data_dir: Path) -> AsyncIterator[Served]:
    """Run `parley serve` on a free port and the built-in engine, away from the checkout's `.env`, until it is ready.

    Raises:
        ChildProcessError: it ended before it listened.
        TimeoutError: it does not become ready.
    """
    environment = {"PYTHONPATH": str(ROOT), "PARLEY_MODEL": "builtin", "HOME": str(folder)}
    command = [sys.executable, "-P", "-c", PROGRAM, "serve", "--port", "0", "--data-dir", str(data_dir)]
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=PIPE, stderr=DEVNULL)
    try:
        async with (
            asyncio.timeout(GIVE_UP_S),
            httpx.AsyncClient(base_url=await _address(process), timeout=30) as client,
        ):
            await _ready(client)
            yield Served(process.pid, client)
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


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(LOOKS):
        if (await client.get("/health/ready")).status_code == httpx.codes.OK:
            return
        await asyncio.sleep(LOOK_S)
    raise TimeoutError("the server listens but does not become ready")
