"""The processes of a call: a server with telephone doors, and the callers beside it."""

import asyncio
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from os import defpath
from pathlib import Path
from typing import Any

import orjson

from bench.turns.serving import PROGRAM, ROOT
from bench.voice.account import BenchAccount
from bench.voice.callers import Orders

START_S = 60.0
ANSWER_S = 10.0
CALLS_S = 180.0
SOUNDS = ROOT / "playbooks/custom/scenarios/telephone_call/audio"
PLAYBOOK = "custom"
CALLERS, TALKERS = "bench.voice.callers", "bench.voice.talkers"


@dataclass(frozen=True)
class Telephone:
    """A server that takes calls; `ask` works with the desk of doubles only."""

    url: str
    account: BenchAccount
    process: Process

    async def ask(self, command: str) -> Any:
        """Send a command and return its answer (TimeoutError)."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n".encode())
        async with asyncio.timeout(ANSWER_S):
            return orjson.loads(await self.process.stdout.readline())

    def orders(self, sounds: Sequence[str], **more: Any) -> Orders:
        """Return orders for callers of this server; `sounds` are names of the scenario's files."""
        files = tuple(str(SOUNDS / f"{sound}.ulaw") for sound in sounds)
        return Orders(self.url, self.account.sid, self.account.token, files, **more)


@asynccontextmanager
async def open_shipped(folder: Path) -> AsyncIterator[Telephone]:
    """Run `parley serve` with the built-in engines and telephone doors, away from the checkout's `.env`."""
    command = ["-P", "-c", PROGRAM, "serve", "--port", "0", "--data-dir", str(folder / "answers")]
    async with _open(folder, command) as telephone:
        yield telephone


@asynccontextmanager
async def open_desk(folder: Path, *, detector: str = "auto", cores: Sequence[int] = ()) -> AsyncIterator[Telephone]:
    """Run the service with doubles for recogniser and voice, on the given cores or on any."""
    where = ",".join(map(str, cores)) or "any"
    command = ["-m", "bench.voice.desk", str(folder / "desk"), detector, where]
    async with _open(folder, command) as telephone:
        yield telephone


@asynccontextmanager
async def _open(folder: Path, command: Sequence[str]) -> AsyncIterator[Telephone]:
    account = BenchAccount()
    environment = {"PYTHONPATH": str(ROOT), "PARLEY_MODEL": "builtin", "HOME": str(folder), "PATH": defpath}
    environment |= account.environment(PLAYBOOK)
    with (folder / "server.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=log
        )
    try:
        async with asyncio.timeout(START_S):
            address = await _address(process)
        if address is None:
            last = await asyncio.to_thread(_last_line, folder / "server.log")
            raise ChildProcessError(f"the server ended before it listened: {last}")
        yield Telephone(address, account, process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process) -> str | None:
    """Read where the server listens; it says so when it does. None when it ends before."""
    assert process.stdout is not None
    while line := (await process.stdout.readline()).decode():
        if found := re.search(r"listens on (http://[^\s(]+)", line):
            return found[1]
    return None


def _last_line(file: Path) -> str:
    return (file.read_text(errors="replace").splitlines() or ["it said nothing"])[-1]


@asynccontextmanager
async def open_callers(orders: Orders, program: str = CALLERS) -> AsyncIterator[Process]:
    """Start callers in a process of their own; those who still speak when the block ends are cut off."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", program), cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        assert process.stdin is not None
        process.stdin.write(orjson.dumps(asdict(orders)) + b"\n")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def let_call(orders: Orders) -> dict[str, Any]:
    """Have calls made and return what the callers found.

    Raises:
        ChildProcessError: they broke.
        TimeoutError: they do not come to an end.
    """
    async with asyncio.timeout(CALLS_S), open_callers(orders) as process:
        output, _ = await process.communicate()
    if process.returncode:
        raise ChildProcessError(f"the callers ended with status {process.returncode}")
    found: dict[str, Any] = orjson.loads(output)
    return found
