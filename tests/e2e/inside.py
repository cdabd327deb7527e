"""A verb of `parley` inside this process: what it says and how it ends, without what the start of a process costs."""

import os
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from subprocess import CompletedProcess
from unittest.mock import patch

from cli.main import run
from tests.e2e.process import environment


def run_inside(*arguments: str, settings: Mapping[str, str] | None = None) -> CompletedProcess[str]:
    """Run a verb to its end as `run_parley` does, but here; for verbs that neither serve nor set the logging."""
    said, errors = StringIO(), StringIO()
    with (
        patch.dict(os.environ, environment(settings or {}), clear=True),
        patch.object(sys, "argv", ["parley", *arguments]),
        chdir(tempfile.gettempdir()),
        redirect_stdout(said),
        redirect_stderr(errors),
        ThreadPoolExecutor(1) as beside_our_loop,
    ):
        status = beside_our_loop.submit(_status_of_run).result()
    return CompletedProcess(arguments, status, said.getvalue(), errors.getvalue())


def _status_of_run() -> int:
    try:
        run()
    except SystemExit as left:
        return int(left.code or 0)
    return 0
