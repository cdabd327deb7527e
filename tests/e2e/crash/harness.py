"""A server that dies again and again, callers who do not mind, and a webhook that counts."""

import asyncio
import os
import random
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.crash.call import Call
from tests.e2e.crash.counting import Count, count
from tests.e2e.process import environment, new_data_dir, run_parley
from tests.loopback_receiver import Receiver, open_receiver, status

CALLERS = 3
"""New callers in each life of a server; the earlier ones go on until they have their answers."""
LIFE_SECONDS = 15.0
"""After so long a server is killed that has not reached its point."""
ENDS_WITHIN = 90.0
WAITING = "SELECT count(*) FROM outbox, pg_sleep(0.2) WHERE status NOT IN ('done', 'dead')"
NODES = ("receive", "clean", "decide_tools", "consent", "execute_tools", "update_dataset", "notify", "passthrough")


@dataclass(frozen=True)
class Variant:
    """A way to die: points of the launcher, or `random`, or `postgres` for the database as well."""

    name: str
    points: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)


def points(seed: int) -> list[str]:
    """Every boundary of every node, and of the first messages to the database, in an order of chance."""
    chance = random.Random(seed)
    nodes = [f"node:{side}:{name}:{nth}" for name in NODES for side in ("before", "after") for nth in (1, 3)]
    statements = [f"sql:{side}:{nth}" for side in ("before", "after") for nth in range(1, 25)]
    return chance.sample([*nodes, *statements], k=len(nodes) + len(statements))


@dataclass
class Server:
    """One life after the other, on one data directory."""

    data_dir: Path
    settings: Mapping[str, str]
    url: str = ""
    process: asyncio.subprocess.Process | None = None

    async def start(self, point: str) -> None:
        """Start it, armed with a point, and wait until it listens or has died."""
        verb = ["serve", "--port", "0", "--data-dir", str(self.data_dir)]
        with self.data_dir.with_suffix(".log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.e2e.crash.launcher", point, *verb),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=environment(self.settings) | {"PYTHONPATH": os.fspath(Path(__file__).parents[3])},
                cwd=tempfile.gettempdir(),
            )
        assert self.process.stdout is not None
        first = (await self.process.stdout.readline()).decode()
        if found := re.search(r"http://\S+", first):
            self.url = found[0]

    async def gone(self, within: float) -> bool:
        """Wait for its end; False when it lives on."""
        assert self.process is not None
        try:
            async with asyncio.timeout(within):
                await self.process.wait()
        except TimeoutError:
            return False
        return True

    async def kill(self, number: int = signal.SIGKILL) -> None:
        """End it."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        await self.process.wait()

    def kill_database(self) -> None:
        """End the embedded database at once, as a power cut would."""
        (found,) = self.data_dir.glob("**/postmaster.pid")
        os.kill(int(found.read_text().splitlines()[0]), signal.SIGKILL)


async def run_variant(variant: Variant, seed: int) -> Count:
    """Live through all of its deaths, then let everything end, and count."""
    data_dir = new_data_dir()
    async with open_receiver(_grumpy(seed)) as receiver:
        added = await asyncio.to_thread(run_parley, "webhook", "add", receiver.url, "--data-dir", str(data_dir))
        assert added.returncode == 0, added.stderr
        try:
            return await _live(variant, Server(data_dir, variant.settings), receiver, random.Random(seed))
        finally:
            await asyncio.to_thread(shutil.rmtree, data_dir, ignore_errors=True)


async def _live(variant: Variant, server: Server, receiver: Receiver, chance: random.Random) -> Count:
    calls: list[Call] = []
    talking: list[asyncio.Task[None]] = []
    kills = 0
    for point in variant.points:
        await server.start(point if ":" in point else "none")
        over = asyncio.Event()
        fresh = [Call(lambda: server.url) for _ in range(CALLERS)]
        calls += fresh
        talking += [asyncio.create_task(call.talk(over.is_set)) for call in fresh]
        await _die(server, point, chance)
        kills += 1
        over.set()
    await server.start("none")
    async with asyncio.timeout(ENDS_WITHIN):
        await asyncio.gather(*talking)
    total = await _told(server, calls, receiver)
    total.kills = kills
    return total


async def _die(server: Server, point: str, chance: random.Random) -> None:
    """Wait for the server's death, or bring it about."""
    if ":" in point:
        if not await server.gone(LIFE_SECONDS):
            await server.kill()
        return
    await asyncio.sleep(chance.uniform(0.05, 1.5))
    if point == "postgres":
        server.kill_database()
        await asyncio.sleep(chance.uniform(0, 0.3))
    await server.kill()


async def _told(server: Server, calls: list[Call], receiver: Receiver) -> Count:
    """Wait until nothing is left to be delivered, let the server leave, and count."""
    async with open_embedded(server.data_dir) as dsn:
        async with (
            await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection,
            asyncio.timeout(ENDS_WITHIN),
        ):
            while (await (await connection.execute(WAITING)).fetchone()) != (0,):
                pass  # each look waits in the database
        await server.kill(signal.SIGTERM)
        return await count(dsn, calls, receiver.events)


def _grumpy(seed: int):  # type: ignore[no-untyped-def]
    """A receiver that fails now and then."""
    chance = random.Random(seed)
    return lambda _: status(500 if chance.random() < 0.05 else 200)
