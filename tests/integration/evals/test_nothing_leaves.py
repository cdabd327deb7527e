"""An evaluation without a key sends nothing off the machine: neither its process nor any child of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.e2e.process import environment

CAN = [sys.executable, "-c", "from tests.integration.evals.alone import leave_network; leave_network()"]
pytestmark = pytest.mark.skipif(
    subprocess.run(CAN, cwd=ROOT, capture_output=True, check=False).returncode != 0,
    reason="this system gives a process no network of its own",
)


def _attempts(*command: str | Path) -> int:
    alone = [sys.executable, "-m", "tests.integration.evals.alone", *command]
    done = subprocess.run(
        alone, cwd=ROOT, env=environment({}), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return int(done.stdout.splitlines()[-1])


def test_an_evaluation_never_tries() -> None:
    parley = (
        sys.executable,
        "-m",
        "cli.main",
        "evals",
        "--model",
        "builtin",
        "--playbook",
        "custom",
        "--duty",
        "calls",
    )
    assert _attempts(*parley) == 0


@pytest.mark.parametrize(("family", "address"), [("AF_INET", "192.0.2.1"), ("AF_INET6", "2001:db8::1")])
def test_a_child_that_tries_is_counted(family: str, address: str) -> None:
    child = f"import socket; socket.socket(socket.{family}).connect_ex(('{address}', 443))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    assert _attempts(sys.executable, "-W", "ignore", "-c", parent) == 1
