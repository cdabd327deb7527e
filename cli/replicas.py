"""`parley serve --replicas N`: several servers on one database, each a process of its own, one parent over them."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from domain.errors import ConfigError

if TYPE_CHECKING:
    from bootstrap.settings import Settings

STOPS_WITHIN = 45.0
"""Seconds after which a replica that was told to leave is ended: longer than its own drain."""
ENDS_WITHIN = 5.0
"""Seconds that a replica which has closed its output may take to end by itself."""
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTINGS_STATUS = 2
"""The exit status of a server that cannot run as it is set up; starting it again would not help."""


async def serve_replicas(settings: "Settings", replicas: int, arguments: Sequence[str]) -> None:
    """Run so many servers until told to stop; one that dies is started again.

    Raises:
        ConfigError: a replica cannot run as it is set up.
    """
    from bootstrap.database import open_server

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    first = settings.server.port
    family = [Replica(place + 1, first and first + place, arguments) for place in range(replicas)]
    async with open_server(settings):
        running = [asyncio.create_task(replica.run(stop), name=f"replica {replica.number}") for replica in family]
        announcing = asyncio.create_task(_announce(family))
        try:
            await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            stop.set()
            announcing.cancel()
            ended = await asyncio.gather(*running, return_exceptions=True)
    for error in ended:
        if isinstance(error, BaseException):
            raise error


async def _announce(family: Sequence["Replica"]) -> None:
    for replica in family:
        await replica.listens.wait()
    say(f"{len(family)} replicas are up.")


@dataclass
class Replica:
    """One server, started as often as it dies. Port 0 is any free one, and is kept from then on."""

    number: int
    port: int
    arguments: Sequence[str]
    listens: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, stop: asyncio.Event) -> None:
        """Keep it running until `stop`, then let it drain (ConfigError when it cannot run at all)."""
        pause = FIRST_PAUSE
        while not stop.is_set():
            self.listens.clear()
            status = await self._live(stop)
            if stop.is_set():
                return
            if status == SETTINGS_STATUS:
                raise ConfigError(f"Replica {self.number} cannot run; see above.")
            pause = FIRST_PAUSE if self.listens.is_set() else min(pause * 2, LONGEST_PAUSE)
            say(f"Replica {self.number} {cause_of(status)}; it is started again in {pause:g} s.")
            await _either(stop, pause)

    async def _live(self, stop: asyncio.Event) -> int:
        """Start it, pass on what it says, and return its exit status; told to stop, it may drain."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli.main", "serve", "--port", str(self.port), "--with-parent", *self.arguments),
            stdin=asyncio.subprocess.PIPE,  # it leaves when this end is gone, however this process ends
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C reaches it through us alone
        )
        listening = asyncio.create_task(self._listen(process))
        stopping = asyncio.create_task(stop.wait())
        try:
            closed, _ = await asyncio.wait({listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if listening in closed:
                await _left_alone(process)
            return await _ended(process)
        finally:
            if process.returncode is None:
                process.kill()
            stopping.cancel()
            await listening

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Pass its lines on until it closes its output, which is when it ends."""
        assert process.stdout is not None
        async for line in process.stdout:
            text = line.decode().rstrip()
            say(f"Replica {self.number}: {text}")
            if "listens on" in text and not self.listens.is_set():
                self.port = urlsplit(text.split()[3]).port or self.port
                self.listens.set()


async def _left_alone(process: asyncio.subprocess.Process) -> None:
    """Let a process that is ending end: a signal at that moment takes its exit status from whoever waits for it."""
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await process.wait()
    except TimeoutError:
        return


async def _ended(process: asyncio.subprocess.Process) -> int:
    """Ask it to leave unless it has, and wait; it is ended when it takes too long."""
    if process.returncode is None:
        try:
            process.send_signal(signal.SIGTERM)
        except ProcessLookupError:
            return await process.wait()
        try:
            async with asyncio.timeout(STOPS_WITHIN):
                return await process.wait()
        except TimeoutError:
            process.kill()
            return await process.wait()
    return process.returncode


async def _either(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def cause_of(status: int) -> str:
    """Say how a process ended."""
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"left with status {status}"


def say(text: str) -> None:
    """Print at once, for whoever waits for it."""
    print(text, flush=True)
