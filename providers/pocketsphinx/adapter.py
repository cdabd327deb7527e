"""PocketSphinx behind the speech-to-text port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import Recognition, RecognitionHint, Samples, Segment
from providers.pocketsphinx.confidence import confidence
from providers.pocketsphinx.pool import WorkerPool
from providers.pocketsphinx.process import PROVIDER
from providers.pocketsphinx.protocol import Decoded, Request
from speech.pcm import is_silent, is_sound, to_pcm16

_MOST_PHRASES = 500


class PocketSphinx:
    """English only, on any processor, for trying out: about one word in five is misheard on a telephone."""

    name = f"{PROVIDER}:en-us"

    def __init__(self, pool: WorkerPool, time_limit: timedelta) -> None:
        self._pool = pool
        self._time_limit = time_limit

    @property
    def worker_pids(self) -> tuple[int, ...]:
        """The operating system's numbers of the workers there are now."""
        return self._pool.pids

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance in a worker process; one that takes too long is killed.

        Raises:
            ProviderUnavailable: it took longer than the time limit, waiting included, or its worker died.
            ProviderRejected: the samples are not one channel of finite float32.
        """
        if not is_sound(samples):
            raise ProviderRejected(PROVIDER, Fault.BAD_AUDIO, "samples must be mono, float32 and finite")
        if is_silent(samples):
            return Recognition("", 0.0)
        request = Request(tuple(dict.fromkeys(hint.phrases))[:_MOST_PHRASES], hint.narrowband)
        sound = to_pcm16(samples).tobytes()
        try:
            async with asyncio.timeout(self._time_limit.total_seconds()), self._pool.worker(request) as worker:
                return recognition(await worker.ask(request, sound))
        except TimeoutError as error:
            raise ProviderUnavailable(PROVIDER, Fault.TIMEOUT) from error

    async def close(self) -> None:
        """End the worker processes."""
        await self._pool.close()


def recognition(decoded: Decoded) -> Recognition:
    """Say in the port's words what the decoder heard."""
    certainty = confidence(decoded)
    if not certainty:
        return Recognition("", 0.0)
    return Recognition(
        text=" ".join(word.text for word in decoded.words),
        confidence=certainty,
        language="en",
        segments=tuple(Segment(word.text, word.start, word.end) for word in decoded.words),
        alternatives=decoded.alternatives,
    )


@asynccontextmanager
async def open_pocketsphinx(workers: int, time_limit: timedelta) -> AsyncIterator[PocketSphinx]:
    """Make up to `workers` processes ready to be started, and end them with the block."""
    recogniser = PocketSphinx(WorkerPool(workers), time_limit)
    try:
        yield recogniser
    finally:
        await recogniser.close()
