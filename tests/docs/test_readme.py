"""The README's examples, run exactly as they are printed; only the address is another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.blocks import Block, blocks

PRINTED_ADDRESS = "http://127.0.0.1:8000"


def _only(language: str, beginning: str) -> Block:
    (block,) = [block for block in blocks(language) if block.page == "README.md" and beginning in block.text]
    return block


def _run(*command: str, cwd: Path = ROOT) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.skipif(os.name != "posix", reason="the commands are for a POSIX shell")
def test_the_curl_lines_work_as_printed(service: str) -> None:
    answers = _run("sh", "-euc", _only("sh", "curl").text.replace(PRINTED_ADDRESS, service))
    assert '"log_metric"' in answers
    assert "fifty to a hundred" in answers
    assert answers.count("event: turn_processed") == 3
    assert '"confidence"' in answers
    assert "event: session_closed" in answers


def test_the_http_example_works_as_printed(service: str) -> None:
    answer = _run(sys.executable, "-c", _only("python", "import httpx").text.replace(PRINTED_ADDRESS, service))
    assert "update_profile_field" in answer


def test_the_example_in_process_works_as_printed(open_folder: Path) -> None:
    assert "log_marketing_channels" in _run(sys.executable, "-c", _only("python", "open_parley").text, cwd=open_folder)
