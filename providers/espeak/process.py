"""One worker process, as its parent sees it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from providers.espeak.frames import Frame, Kind, pack, receive_frame
from providers.espeak.worker import NO_VOICE
from providers.stopping import stop

PROVIDER = "espeak"

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.append(sys.argv.pop(1)); import runpy; runpy.run_module('{}', run_name='__main__')"
_MODULE = "providers.espeak.worker"


@dataclass(frozen=True)
class WorkerOptions:
    """What a worker is started with: the library's file, the folder espeak-ng-data ("" for its own), the voice."""

    library: str
    data: str
    voice: str
    words_a_minute: int
    seconds: float
    """The longest wait for anything."""


class WorkerProcess:
    """A process that says sentences one after the other, each as fast as it can.

    Its sound is taken off it at once and waits here, so that no listener's pace keeps others waiting.
    """

    def __init__(self, process: Process, rate_hz: int, seconds: float) -> None:
        self.rate_hz = rate_hz
        self._process = process
        self._seconds = seconds
        self._numbers = count(1)
        self._listeners: dict[int, asyncio.Queue[Frame | None]] = {}
        self._reading = asyncio.create_task(self._read(), name="voice-espeak")

    @property
    def pid(self) -> int:
        """The operating system's number for it."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """False once it has ended, by whatever hand."""
        return self._process.returncode is None and not self._reading.done()

    async def sound(self, text: str) -> AsyncIterator[bytes]:
        """Have one sentence said, and yield its 16-bit samples; leaving early stops it in mid-word.

        Raises:
            ProviderUnavailable: the worker ended, or took too long and was ended.
            ProviderRejected: the engine would not say it.
        """
        number, frames = next(self._numbers), asyncio.Queue[Frame | None]()
        self._listeners[number] = frames
        try:
            self._tell(Frame(Kind.SPEAK, number, text.encode()))
            while (frame := await self._next(frames)).kind is Kind.SOUND:
                yield frame.data
            if frame.kind is Kind.FAILED:
                raise ProviderRejected(PROVIDER, Fault.BAD_REQUEST)
        finally:
            if self._listeners.pop(number, None) is not None and self.alive:
                self._tell(Frame(Kind.CANCEL, number))

    async def _next(self, frames: asyncio.Queue[Frame | None]) -> Frame:
        try:
            async with asyncio.timeout(self._seconds):
                frame = await frames.get()
        except TimeoutError:
            # It is stuck: those who wait behind this sentence need another worker.
            await self.stop()
            raise ProviderUnavailable(PROVIDER, Fault.TIMEOUT) from None
        if frame is None:
            raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, "the worker process ended")
        return frame

    def _tell(self, frame: Frame) -> None:
        """Send a frame; the worker's reader takes it at once, so there is no waiting for room in the pipe."""
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(pack(frame))

    async def _read(self) -> None:
        """Deal out what the worker says; what nobody listens to any more is dropped."""
        stdout = self._process.stdout
        try:
            while stdout is not None:
                frame = await receive_frame(stdout)
                over = frame.kind is not Kind.SOUND
                listener = self._listeners.pop(frame.number, None) if over else self._listeners.get(frame.number)
                if listener is not None:
                    listener.put_nowait(frame)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            for listener in self._listeners.values():
                listener.put_nowait(None)

    async def stop(self) -> None:
        """Kill it and take its exit status; safe to call twice."""
        await stop(self._process)
        self._reading.cancel()
        await asyncio.wait({self._reading})


async def start_worker(options: WorkerOptions) -> WorkerProcess:
    """Start a fresh interpreter and wait until its voice is loaded; it ends when this process does.

    Raises:
        ConfigError: the library cannot be loaded, or has no such voice.
        ProviderUnavailable: the operating system would not start it, or it took too long.
    """
    arguments = (options.library, options.data, options.voice, str(options.words_a_minute))
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START.format(_MODULE), str(_ROOT), *arguments),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, f"no worker process: {error}") from error
    try:
        return WorkerProcess(process, await _rate_of(process, options), options.seconds)
    except BaseException:
        await asyncio.shield(stop(process))
        raise


async def _rate_of(process: Process, options: WorkerOptions) -> int:
    """Wait for the first frame, which says the sample rate."""
    if process.stdout is None:
        raise ProviderUnavailable(PROVIDER, Fault.CONNECTION, "the worker has no pipes")
    try:
        async with asyncio.timeout(options.seconds):
            return (await receive_frame(process.stdout)).number
    except TimeoutError:
        raise ProviderUnavailable(PROVIDER, Fault.TIMEOUT) from None
    except asyncio.IncompleteReadError:
        status = await process.wait()
        missing = f"voice {options.voice!r}" if status == NO_VOICE else f"library that works at {options.library}"
        raise ConfigError(f"eSpeak NG has no {missing} (worker ended with status {status}).") from None
