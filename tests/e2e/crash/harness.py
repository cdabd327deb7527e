"""Servers that die again and again, callers who do not mind, and a webhook that counts."""

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import psycopg

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.crash.call import Call
from tests.e2e.crash.counting import Count, count
from tests.e2e.crash.script import PERHAPS, YES, model_rules
from tests.e2e.crash.server import Server
from tests.e2e.crash.variants import Variant, Way
from tests.e2e.process import new_data_dir, run_parley
from tests.loopback_gemini import open_loopback_gemini
from tests.loopback_receiver import Receiver, open_receiver, status

CALLERS = 3
"""New callers in each life of a server; the earlier ones go on until they have their answers."""
LIFE_SECONDS = 15.0
"""After so long a server is killed that has not reached its point."""
ANY_MOMENT = (0.05, 1.5)
"""Seconds from the first callers of a life to a death at any moment: the least and the most."""
ENDS_WITHIN = 400.0
LOOK_SECONDS = 0.2
WAITING = "SELECT count(*) FROM outbox WHERE status NOT IN ('done', 'dead', 'superseded')"


@dataclass
class Scene:
    """Who is there in one variant."""

    way: Way
    servers: list[Server]
    chance: random.Random
    calls: list[Call] = field(default_factory=list)
    talking: list[asyncio.Task[None]] = field(default_factory=list)
    missed: int = 0
    """Deaths whose point was not reached in time: they came at any moment instead."""

    async def live(self, point: str, victim: Server) -> None:
        """One life: everybody up, new callers, and a death."""
        for server in self.servers:
            if not server.runs:
                await server.start(point if server is victim and ":" in point else "none")
        over = asyncio.Event()
        fresh = [Call(self._urls, PERHAPS if self.way.gemini else YES) for _ in range(CALLERS)]
        self.calls += fresh
        self.talking += [asyncio.create_task(call.talk(over.is_set)) for call in fresh]
        try:
            await self._die(point, victim)
        finally:
            over.set()

    async def end(self) -> None:
        """Let everybody have their answers."""
        for server in self.servers:
            if not server.runs:
                await server.start()
        async with asyncio.timeout(ENDS_WITHIN):
            await asyncio.gather(*self.talking)

    async def stop(self) -> None:
        """Leave nothing behind, whatever happened."""
        for task in self.talking:
            task.cancel()
        await asyncio.gather(*self.talking, return_exceptions=True)
        for server in self.servers:
            await server.kill()

    def _urls(self) -> list[str]:
        return [server.url for server in self.servers]

    async def _die(self, point: str, victim: Server) -> None:
        """Wait for a server's death, or bring about what the point says."""
        if ":" in point:
            if not await victim.gone(LIFE_SECONDS):
                self.missed += 1
                await victim.kill()
            return
        await asyncio.sleep(self.chance.uniform(*ANY_MOMENT))
        if point == "connections":
            await victim.cut_connections()
        if point in ("database", "both"):
            await victim.kill_database()
        if point == "both":
            await asyncio.sleep(self.chance.uniform(0, 0.3))
        if point in ("server", "both"):
            await victim.kill()


async def run_variant(variant: Variant, seed: int) -> Count:
    """Live through all of its deaths, then let everything end, and count."""
    chance = random.Random(f"{seed} {variant.way.name}")
    async with open_scene(variant.way, chance) as (scene, receiver):
        for life, point in enumerate(variant.points):
            await scene.live(point, scene.servers[life % len(scene.servers)])
        await scene.end()
        total = await _counted(scene, receiver)
        total.kills, total.missed = len(variant.points), scene.missed
        return total


@asynccontextmanager
async def open_scene(way: Way, chance: random.Random) -> AsyncIterator[tuple[Scene, Receiver]]:
    """Set up a data directory with a webhook, the model if there is one, and servers to be started."""
    data_dir = new_data_dir()
    async with AsyncExitStack() as stack:
        receiver = await stack.enter_async_context(open_receiver(_grumpy(chance)))
        settings: Mapping[str, str] = way.settings
        if way.gemini:
            base_url, script = await stack.enter_async_context(open_loopback_gemini())
            script.add(*model_rules())
            settings = {**settings, "GOOGLE_API_KEY": "test", "GOOGLE_GEMINI_BASE_URL": base_url}
        stack.push_async_callback(asyncio.to_thread, shutil.rmtree, data_dir, ignore_errors=True)
        added = await asyncio.to_thread(run_parley, "webhook", "add", receiver.url, "--data-dir", str(data_dir))
        assert added.returncode == 0, added.stderr
        scene = Scene(way, [Server(data_dir, settings) for _ in range(way.replicas)], chance)
        stack.push_async_callback(scene.stop)
        yield scene, receiver


async def _counted(scene: Scene, receiver: Receiver) -> Count:
    """Wait until nothing is left to be delivered, let the servers leave, and count."""
    async with open_embedded(scene.servers[0].data_dir) as dsn:
        async with (
            await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection,
            asyncio.timeout(ENDS_WITHIN),
        ):
            while await (await connection.execute(WAITING)).fetchone() != (0,):  # noqa: ASYNC110  (another process's)
                await asyncio.sleep(LOOK_SECONDS)
        await asyncio.gather(*(server.leave() for server in scene.servers))
        return await count(dsn, scene.calls, receiver.events)


def _grumpy(chance: random.Random) -> Callable[[int], bytes | None]:
    """A receiver that fails now and then, and sometimes does not answer at all."""

    def answer(_: int) -> bytes | None:
        drawn = chance.random()
        return None if drawn < 0.003 else status(500 if drawn < 0.05 else 200)

    return answer
