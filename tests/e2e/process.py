"""A real `parley serve` in a process of its own."""

import atexit
import fcntl
import os
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO
from uuid import uuid4

SECRET = "a secret for end-to-end tests, long enough"
_OTHERS = re.compile(
    r"PARLEY_|DATABASE_URL|GOOGLE_|GEMINI_|LANGSMITH_|LANGCHAIN_|(DEEPGRAM|ELEVENLABS|GROQ|OPENAI)_API_KEY"
)
_STARTS_WITHIN = 240.0
_STOPS_WITHIN = 120.0
_ENDS_WITHIN = 280.0
"""What another verb may take on a machine that does much else."""
_OWN_PORTS = range(20_000, 30_000)
"""Below what Linux, macOS and Windows hand out by themselves."""
_TAKEN: set[int] = set()


def new_data_dir() -> Path:
    """A place that does not exist yet and that any user may enter, as the embedded database asks; gone at the end."""
    data_dir = Path(tempfile.gettempdir()) / f"parley-e2e-{uuid4().hex[:12]}"
    atexit.register(shutil.rmtree, data_dir, ignore_errors=True)
    return data_dir


@cache
def _ports() -> IO[bytes]:
    """The file in which every process of this user locks the bytes that stand for its ports, until it ends."""
    return (Path(tempfile.gettempdir()) / f"parley-e2e-ports-{os.getuid()}").open("wb")


def own_port() -> int:
    """Find a free port that neither the system nor another run of tests gives away: its owner's between two lives."""
    for port in random.sample(_OWN_PORTS, 100):
        if port in _TAKEN:
            continue
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            fcntl.lockf(_ports(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
            _TAKEN.add(port)
            return port
    raise RuntimeError(f"none of 100 ports in {_OWN_PORTS} is free")


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment without settings of the machine, and with these."""
    return {name: value for name, value in os.environ.items() if not _OTHERS.match(name)} | dict(settings)


@dataclass
class ServeProcess:
    """Start it, use `url`, stop it or kill it; start it again."""

    data_dir: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    greeting: str = ""
    _process: subprocess.Popen[str] | None = None

    def start(self) -> "ServeProcess":
        """Wait until it says where it listens."""
        errors = self.data_dir.with_suffix(".log").open("a")
        with errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "serve", "--port", "0", "--data-dir", str(self.data_dir)],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=environment(self.settings),
                cwd=tempfile.gettempdir(),
            )
        first = self._first_line()
        self.greeting = first + self._output().readline() + self._output().readline()
        self.url = first.split()[3]
        return self

    def stop(self) -> int:
        """Ask it to leave, and return its exit status."""
        process = self._running()
        process.send_signal(signal.SIGTERM)
        return self._gone(process)

    def kill(self) -> None:
        """End it without a word."""
        process = self._running()
        process.kill()
        self._gone(process)

    @property
    def log(self) -> str:
        """What it has written to standard error."""
        return self.data_dir.with_suffix(".log").read_text()

    def _first_line(self) -> str:
        output = self._output()
        ready, _, _ = select.select([output], [], [], _STARTS_WITHIN)
        line = output.readline() if ready else ""
        if not line:
            self.kill()
            raise RuntimeError(f"parley serve did not start:\n{self.log}")
        return line

    def _gone(self, process: subprocess.Popen[str]) -> int:
        status = process.wait(_STOPS_WITHIN)
        self._output().close()
        self._process = None
        return status

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("parley serve does not run")
        return self._process

    def _output(self) -> IO[str]:
        output = self._running().stdout
        if output is None:
            raise RuntimeError("parley serve has no output")
        return output

    @property
    def runs(self) -> bool:
        """True between start and stop."""
        return self._process is not None


def run_parley(*arguments: str, settings: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run another verb of the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *arguments],
        capture_output=True,
        text=True,
        timeout=_ENDS_WITHIN,
        env=environment(settings or {}),
        cwd=tempfile.gettempdir(),
        check=False,
    )
