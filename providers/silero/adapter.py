"""Silero behind the voice-activity port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from math import isnan
from pathlib import Path
from weakref import WeakSet

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.voice_activity import ActivityLine
from providers.silero.batches import PROVIDER, Batches
from providers.silero.model import FRAME_SAMPLES, Model, begin_memory, load_model
from speech.framing import has_frame_shape
from speech.resample import Signal

TIME_LIMIT = timedelta(seconds=2)


class SileroLine:
    """One line's memory of the network; its frames are heard one after the other."""

    def __init__(self, batches: Batches, lines: "WeakSet[SileroLine]") -> None:
        self._batches = batches
        self._lines = lines
        self._memory = begin_memory()
        self._turn = asyncio.Lock()
        lines.add(self)

    async def probability(self, frame: Signal) -> float:
        """Return the probability of speech in the next frame.

        A frame that nobody waits for any more, or that a reset overtakes, leaves nothing behind.

        Raises:
            ProviderUnavailable: the network broke or took over two seconds, or is closed; the line starts anew.
            ProviderRejected: no frame of 256 finite samples.
        """
        if not has_frame_shape(frame, FRAME_SAMPLES):
            raise _no_frame()
        await self._turn.acquire()
        try:
            return await self._ask(frame)
        except ProviderUnavailable:
            self.reset()
            raise
        finally:
            self._turn.release()

    async def _ask(self, frame: Signal) -> float:
        before = self._memory
        heard = await self._batches.ask(before, frame, len(self._lines))
        if isnan(heard.probability):
            raise _no_frame()
        if self._memory is before:
            self._memory = heard.memory
        return heard.probability

    def reset(self) -> None:
        """Forget the stream so far."""
        self._memory = begin_memory()


def _no_frame() -> ProviderRejected:
    return ProviderRejected(PROVIDER, Fault.BAD_AUDIO, f"a frame is {FRAME_SAMPLES} finite float32 samples")


class Silero:
    """One network for all lines of the process."""

    name = PROVIDER
    frame_samples = FRAME_SAMPLES

    def __init__(self, model: Model, time_limit: timedelta = TIME_LIMIT) -> None:
        self._batches = Batches(model, time_limit)
        self._lines: WeakSet[SileroLine] = WeakSet()

    def open_line(self) -> ActivityLine:
        """Begin to listen to one more line."""
        return SileroLine(self._batches, self._lines)

    async def close(self) -> None:
        """Free the network; whoever waits for it is refused."""
        await self._batches.close()


@asynccontextmanager
async def open_silero(path: Path | None = None, time_limit: timedelta = TIME_LIMIT) -> AsyncIterator[Silero]:
    """Load the network, from `path` or from its package, and keep it until the end of the block.

    Raises:
        ConfigError: it is not on this machine, or cannot be run.
    """
    silero = Silero(await asyncio.to_thread(load_model, path), time_limit)
    try:
        yield silero
    finally:
        await silero.close()
