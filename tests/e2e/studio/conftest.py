"""`langgraph dev` on our langgraph.json: offline, without a key, on a database of its own."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from tests.e2e.process import environment, new_data_dir

ROOT = Path(__file__).parents[3]
START_SECONDS = 90


class Studio(NamedTuple):
    """A running development server, and where its database lies."""

    url: str
    data_dir: Path


@pytest.fixture(scope="package")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A running development server."""
    folder = tmp_path_factory.mktemp("studio")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    data_dir = new_data_dir()
    variables = {"PARLEY_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "cli.main", "studio", "--port", str(port)]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(variables), stdout=log, stderr=subprocess.STDOUT)
        try:
            yield Studio(_ready(process, f"http://127.0.0.1:{port}", Path(log.name)), data_dir)
        finally:
            process.terminate()
            process.wait(30)
            shutil.rmtree(data_dir, ignore_errors=True)


def _ready(process: subprocess.Popen[bytes], address: str, log: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{address}/ok", timeout=2).is_success:
                return address
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(log.read_text())


@pytest.fixture
async def client(studio: Studio) -> AsyncIterator[LangGraphClient]:
    """A client of the development server."""
    async with get_client(url=studio.url) as client:
        yield client
