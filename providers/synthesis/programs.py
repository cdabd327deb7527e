"""Programs that speak: one process a sentence, text in by a pipe, where no list of processes shows it."""

import asyncio
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import IO, TypeVar

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from providers.stopping import stop
from providers.synthesis.spare import Spare

Result = TypeVar("Result")
Stream = int | IO[bytes]

_READ_BYTES = 65_536


class Programs:
    """Processes of one command, at most `at_once` of them; who finds no place waits.

    `time_limit` is the longest wait for anything: a place, the start, the next sound. With `spare`, one process is
    always started ahead, for a program that takes long to load its voice.
    """

    def __init__(
        self, provider: str, command: tuple[str, ...], time_limit: timedelta, at_once: int, *, spare: bool = False
    ) -> None:
        self.provider = provider
        self._command = command
        self._seconds = time_limit.total_seconds()
        self._places = asyncio.Semaphore(at_once)
        self._running: set[Process] = set()
        self._spare = Spare(lambda: self._start(PIPE, PIPE)) if spare else None
        self._closed = False

    def prepare(self) -> None:
        """Start the process ahead, so that not even the first sentence waits for it."""
        if self._spare:
            self._spare.prepare()

    async def sound(self, text: str) -> AsyncIterator[bytes]:
        """Have one sentence spoken: text on standard input, and yield what comes on standard output.

        The process is read as fast as it speaks, so that a listener's pace does not keep its place taken.

        Raises:
            ProviderUnavailable: closed, time-out, or the process was killed or would not start.
            ProviderRejected: the program refused.
        """
        pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        reading = asyncio.create_task(self._read(text, pieces), name=f"voice-{self.provider}")
        try:
            while (piece := await pieces.get()) is not None:
                yield piece
            await reading
        finally:
            reading.cancel()
            # Its error, if it has one, is no news to a listener who left.
            await asyncio.gather(reading, return_exceptions=True)

    async def _read(self, text: str, pieces: asyncio.Queue[bytes | None]) -> None:
        try:
            async with self.running() as process:
                await self.limited(_tell(process, text))
                while piece := await self.limited(_hear(process)):
                    pieces.put_nowait(piece)
                await self.ended(process)
        finally:
            pieces.put_nowait(None)

    @asynccontextmanager
    async def running(self, stdin: Stream = PIPE, stdout: Stream = PIPE) -> AsyncIterator[Process]:
        """Run one process for the block; it is killed at the end if it has not ended.

        Raises:
            ProviderUnavailable: closed, no place in time, or the operating system would not start it.
        """
        await self.limited(self._places.acquire())
        try:
            process = await (self._spare.take() if self._spare else self._start(stdin, stdout))
            self._running.add(process)
            try:
                yield process
            finally:
                self._running.discard(process)
                await asyncio.shield(stop(process))
        finally:
            self._places.release()

    async def limited(self, work: Awaitable[Result]) -> Result:
        """Wait for one step, no longer than the limit.

        Raises:
            ProviderUnavailable: it took longer.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await work
        except TimeoutError:
            raise self._unavailable(Fault.TIMEOUT) from None

    async def ended(self, process: Process) -> None:
        """Wait for a process to end by itself, and judge how it did.

        Raises:
            ProviderUnavailable: it was killed, or did not end in time.
            ProviderRejected: it refused.
        """
        status = await self.limited(process.wait())
        if status < 0:
            raise self._unavailable(Fault.CONNECTION)
        if status > 0:
            message = f"{self.provider}: the program ended with status {status}"
            raise ProviderRejected(self.provider, Fault.BAD_REQUEST, message)

    async def close(self) -> None:
        """Kill what runs and start no more."""
        self._closed = True
        if self._spare:
            await self._spare.close()
        await asyncio.gather(*(stop(process) for process in self._running))

    async def _start(self, stdin: Stream, stdout: Stream) -> Process:
        """Start one, in a session of its own: a terminal's Ctrl-C is not for it."""
        if self._closed:
            raise self._unavailable(Fault.ABSENT)
        try:
            return await asyncio.create_subprocess_exec(
                *self._command, stdin=stdin, stdout=stdout, stderr=DEVNULL, start_new_session=True
            )
        except OSError as error:
            raise self._unavailable(Fault.CONNECTION) from error

    def _unavailable(self, fault: Fault) -> ProviderUnavailable:
        return ProviderUnavailable(self.provider, fault)


def find_program(name: str, remedy: str) -> str:
    """Find an installed program, by name or path.

    Raises:
        ConfigError: it is not there; the message ends with the remedy.
    """
    found = shutil.which(name)
    if found is None:
        raise ConfigError(f"The program {name} is not installed. {remedy}")
    return found


async def _tell(process: Process, text: str) -> None:
    """Write the text and end the input; a program that has gone says so by its status."""
    if process.stdin is None:
        return
    try:
        process.stdin.write(text.encode() + b"\n")
        await process.stdin.drain()
    except ConnectionError:
        return
    finally:
        process.stdin.close()


async def _hear(process: Process) -> bytes:
    return await process.stdout.read(_READ_BYTES) if process.stdout else b""
