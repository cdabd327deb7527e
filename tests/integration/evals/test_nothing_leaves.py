"""An evaluation without a key sends nothing off the machine: neither its process nor any child of it."""

import json
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT
from tests.e2e.process import environment

CAN = [sys.executable, "-c", "from tests.integration.evals.alone import leave_network; leave_network()"]
CAN_BE_ALONE = subprocess.run(CAN, cwd=ROOT, capture_output=True, check=False).returncode == 0
ALONE = (sys.executable, "-m", "tests.integration.evals.alone")
WATCHED = (sys.executable, "-m", "tests.integration.evals.watched")
HERE = {"127.0.0.1", "localhost", "::1"}


def _said(*command: str) -> list[str]:
    """Run a command and return the lines that it prints."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment({}), capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout.splitlines()


def test_an_evaluation_never_tries() -> None:
    evaluation = (*WATCHED, "--model", "builtin", "--playbook", "custom", "--duty", "calls")
    *_, reached, attempts = _said(*ALONE, *evaluation) if CAN_BE_ALONE else (*_said(*evaluation), "0")
    assert set(json.loads(reached)) <= HERE
    assert int(attempts) == 0


@pytest.mark.skipif(not CAN_BE_ALONE, reason="this system gives a process no network of its own")
@pytest.mark.parametrize(("family", "address"), [("AF_INET", "192.0.2.1"), ("AF_INET6", "2001:db8::1")])
def test_a_child_that_tries_is_counted(family: str, address: str) -> None:
    child = f"import socket; socket.socket(socket.{family}).connect_ex(('{address}', 443))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    assert int(_said(*ALONE, sys.executable, "-W", "ignore", "-c", parent)[-1]) == 1
