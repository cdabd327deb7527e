"""One quick run of a bench, as its user starts it."""

import json
import subprocess
import sys
from typing import Any
from uuid import uuid4

from tests.integration.conftest import find_fast_folder


def run_quick(name: str) -> dict[str, Any]:
    """Run it, and return its report; a folder that it leaves behind is a fault."""
    folder = find_fast_folder() / f"parley-bench-{uuid4().hex}"
    file = folder / f"{name}.json"
    command = [sys.executable, "-m", "cli.main", "bench", name, "--quick", "--json", str(file)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert run.returncode == 0, run.stderr
    assert all(word in run.stdout for word in ("Measure", "Figure", "Bar", "Verdict"))
    found: dict[str, Any] = json.loads(file.read_text())
    assert [path.name for path in folder.iterdir()] == [file.name], "the bench left something behind"
    file.unlink()
    folder.rmdir()
    return found
