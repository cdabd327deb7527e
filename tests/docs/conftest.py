"""A running service for the commands of the documents."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.architecture.source import ROOT


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that runs as `./dev serve` would start it."""
    port, data = _free_port(), tmp_path_factory.mktemp("data")
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port), "--data-dir", str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield _await_ready(process, f"http://127.0.0.1:{port}", data)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _await_ready(process: subprocess.Popen[str], address: str, data: Path) -> str:
    """Ask until it answers; the client waits a little longer before each of its attempts."""
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=6), timeout=30) as client:
            client.get(f"{address}/health/ready").raise_for_status()
    except httpx.HTTPError as error:
        process.kill()
        pytest.fail(f"the service did not start ({error}): {process.stderr.read() if process.stderr else ''} in {data}")
    return address
