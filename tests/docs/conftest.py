"""A running service for the commands of the documents."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter: started by root, the embedded Postgres runs as another."""
    with tempfile.TemporaryDirectory(prefix="parley-docs-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def service(open_folder: Path) -> Iterator[str]:
    """The address of a service that runs as `./dev serve` would start it, on a free port."""
    serve = [sys.executable, "-m", "cli.main", "serve", "--port", "0", "--data-dir", str(open_folder / "service")]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield _await_greeting(process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _await_greeting(process: subprocess.Popen[str]) -> str:
    """Read what the service prints until it says where it listens."""
    printed = []
    for line in process.stdout or ():
        printed.append(line)
        if greeting := re.search(r"listens on (http://\S+)", line):
            return greeting[1]
    pytest.fail(f"the service did not start: {''.join(printed)}")
