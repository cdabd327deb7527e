"""One worker process, as its parent sees it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from domain.errors import Fault, ProviderUnavailable
from providers.pocketsphinx.protocol import Decoded, Request, read_reply, write_request
from providers.stopping import stop

PROVIDER = "pocketsphinx"

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from providers.pocketsphinx.worker import serve; serve()"
_LARGEST_REPLY = 1 << 20


class WorkerProcess:
    """A process that recognises one utterance at a time; `last` is the request it is warmed up for."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.last: Request | None = None

    @property
    def pid(self) -> int:
        """The operating system's number for it."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once it has ended, by whatever hand."""
        return self._process.returncode is None

    async def ask(self, request: Request, samples: bytes) -> Decoded:
        """Have one utterance recognised; after a cancellation the worker is of no more use.

        Raises:
            ProviderUnavailable: the worker ended before it answered.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, "the worker has no pipes")
        self.last = request
        try:
            stdin.write(write_request(request, samples))
            await stdin.drain()
            return await read_reply(stdout)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, "a worker process ended") from error

    async def stop(self) -> None:
        """Kill it and take its exit status; safe to call twice."""
        await stop(self._process)


async def start_worker() -> WorkerProcess:
    """Start a fresh interpreter, not a fork: the child holds no locks, sockets or modules of ours.

    Its own session keeps a terminal's Ctrl-C from it; it ends when this process does.

    Raises:
        ProviderUnavailable: the operating system would not start it.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START, str(_ROOT)),
            stdin=PIPE,
            stdout=PIPE,
            limit=_LARGEST_REPLY,
            start_new_session=True,
        )
    except OSError as error:
        raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, f"no worker process: {error}") from error
    return WorkerProcess(process)
