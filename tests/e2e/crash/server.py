"""A server that lives one life after the other on its data directory."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.process import environment, own_port

ROOT = Path(__file__).parents[3]
STARTS_WITHIN = 240.0
LEAVES_WITHIN = 120.0
LOOK_SECONDS = 0.1
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@dataclass
class Server:
    """The product's own server, started by the launcher."""

    data_dir: Path
    settings: Mapping[str, str]
    port: int = field(default_factory=own_port)
    """The same in every life. One of the system's choice would be free for another's server when ours dies, and its
    callers, who do not know that it died, would talk to a stranger."""
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where it listens while it lives."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        """True until it dies."""
        return self.process is not None and self.process.returncode is None

    async def start(self, point: str = "none") -> None:
        """Start it, to die at a point, and wait until it listens or has died."""
        verb = ["serve", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        with self.data_dir.with_suffix(".log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.e2e.crash.launcher", point, *verb),
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=environment(self.settings) | {"PYTHONPATH": os.fspath(ROOT)},
                cwd=tempfile.gettempdir(),
            )
        assert self.process.stdout is not None
        async with asyncio.timeout(STARTS_WITHIN):
            await self.process.stdout.readline()

    async def gone(self, within: float) -> bool:
        """Wait for its end; False when it lives on."""
        assert self.process is not None
        try:
            async with asyncio.timeout(within):
                await self.process.wait()
        except TimeoutError:
            return False
        return True

    async def kill(self) -> None:
        """End it without a word."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()

    async def leave(self) -> None:
        """Ask it to leave; it is ended when it takes too long."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        if not await self.gone(LEAVES_WITHIN):
            await self.kill()

    async def kill_database(self) -> None:
        """End the embedded database at once, as a power cut would; the last one must be up again."""
        await self.well()
        (found,) = self.data_dir.glob("*/postmaster.pid")
        os.kill(int(found.read_text().splitlines()[0]), signal.SIGKILL)

    async def cut_connections(self) -> None:
        """End every connection to the database, at the server's side."""
        async with (
            open_embedded(self.data_dir) as dsn,
            await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection,
        ):
            await connection.execute(CUT)

    async def well(self) -> None:
        """Wait until it says of itself and of its database that all is well."""
        async with asyncio.timeout(STARTS_WITHIN), httpx.AsyncClient(base_url=self.url, timeout=10) as client:
            while self.runs and not await _is_well(client):  # noqa: ASYNC110  (another process's)
                await asyncio.sleep(LOOK_SECONDS)


async def _is_well(client: httpx.AsyncClient) -> bool:
    """Whether a server answers, and says that all is well."""
    with suppress(httpx.TransportError):
        return (await client.get("/health")).status_code == 200
    return False
