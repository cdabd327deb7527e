"""Data directories for embedded servers, and processes that use them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from providers.postgres.embedded.attach import attach, detach
from providers.postgres.embedded.postmaster import find_postmaster
from tests.integration.conftest import find_fast_folder

PROGRAM = Path(__file__).with_name("embedded_user.py")
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class UserProcess:
    """A process that uses the embedded server."""

    process: subprocess.Popen[str]

    def report(self) -> dict[str, Any]:
        """Wait until it has the server, and read what it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            pytest.fail(self.process.stderr.read())
        return dict(json.loads(line))

    def leave(self) -> int:
        """Let it leave the server and end."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=30)

    def signal(self, number: int) -> None:
        """Send a signal to it and everything in its process group, as a terminal does."""
        os.killpg(self.process.pid, number)


class StartUser(Protocol):
    def __call__(self, data_dir: Path, *arguments: str) -> UserProcess: ...


@pytest.fixture
def start_user() -> Iterator[StartUser]:
    """Start processes that use a server; whatever is left of them ends with the test."""
    started: list[UserProcess] = []

    def start(data_dir: Path, *arguments: str) -> UserProcess:
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, PROGRAM, data_dir, *arguments],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(UserProcess(process))
        return started[-1]

    yield start
    for user in started:
        with user.process:
            user.process.kill()


@pytest.fixture
def fresh_dir() -> Iterator[Path]:
    """A data directory that is not there yet, in a folder that every user may enter."""
    with _open_to_all() as folder:
        yield folder / "data"
        _stop(folder / "data")


@pytest.fixture(scope="module")
def used_dir() -> Iterator[Path]:
    """A data directory with a cluster whose server is stopped."""
    with _open_to_all() as folder:
        detach(attach(folder / "data"))
        yield folder / "data"
        _stop(folder / "data")


@pytest.fixture
def data_dir(used_dir: Path) -> Path:
    """The cluster of `used_dir`, stopped and without users."""
    _stop(used_dir)
    return used_dir


@contextmanager
def _open_to_all() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parley-embedded-", dir=find_fast_folder()))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _stop(data_dir: Path) -> None:
    if find_postmaster(data_dir / "postgres") is not None:
        detach(attach(data_dir))
