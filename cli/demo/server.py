"""The real server, as a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import httpx

from bootstrap.settings import environment_with
from domain.errors import Unavailable

START_SECONDS = 90.0
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.1


@contextmanager
def run_server(data_dir: Path | None, port: int, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start `parley serve` and yield its address once it is ready; it is told to stop at the end of the block.

    `settings` are variables beside those of this process.

    Raises:
        Unavailable: it did not start; the message is what it said.
    """
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port)]
    if data_dir is not None:
        command += ["--data-dir", str(data_dir)]
    with TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, text=True, env=environment_with(settings or {})
        )
        try:
            yield _ready(process, said)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: subprocess.Popen[str], said: IO[str]) -> str:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        address = _address(said)
        if address and _is_ready(address):
            return address
        time.sleep(LOOK_SECONDS)
    said.seek(0)
    raise Unavailable(f"The server did not start:\n{said.read().strip() or 'It said nothing.'}")


def _address(said: IO[str]) -> str | None:
    """Read off what it said where it listens."""
    said.seek(0)
    words = said.read().split()
    return next((word for word in words if word.startswith("http://")), None)


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready", timeout=5).is_success
    except httpx.TransportError:
        return False
