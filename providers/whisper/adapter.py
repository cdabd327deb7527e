"""faster-whisper behind the speech-to-text port."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

from domain.errors import Fault, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.whisper.engine import Device, Engine, load_engine
from providers.whisper.models import load_model_path
from speech.pcm import is_silent, is_sound

_PROVIDER = "faster_whisper"


class FasterWhisper:
    """One Whisper model for the process, with `workers` utterances at a time; the others queue."""

    def __init__(self, model: str, engine: Engine, pool: ThreadPoolExecutor, time_limit: timedelta) -> None:
        self.name = f"{_PROVIDER}:{Path(model).name}"
        self._engine = engine
        self._pool = pool
        self._time_limit = time_limit

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance; silence is not shown to Whisper, which would invent words for it.

        Raises:
            ProviderUnavailable: it took longer than the time limit, waiting included, or the engine failed.
            ProviderRejected: the samples are not one channel of finite float32.
        """
        if not is_sound(samples):
            raise ProviderRejected(_PROVIDER, Fault.BAD_AUDIO, "samples must be mono, float32 and finite")
        if is_silent(samples):
            return Recognition("", 0.0)
        cancelled = Event()
        try:
            work = self._pool.submit(self._engine.transcribe, samples, hint, cancelled)
            async with asyncio.timeout(self._time_limit.total_seconds()):
                return await asyncio.wrap_future(work)
        except TimeoutError as error:
            raise ProviderUnavailable(_PROVIDER, Fault.TIMEOUT) from error
        except RuntimeError as error:
            raise ProviderUnavailable(_PROVIDER, Fault.SERVER, f"{_PROVIDER}: {error}") from error
        finally:
            cancelled.set()

    async def close(self) -> None:
        """Take no more utterances; those already taken are finished, each within its time limit."""
        self._pool.shutdown(wait=False)


@asynccontextmanager
async def open_faster_whisper(
    model: str, device: Device, workers: int, time_limit: timedelta, language: str | None = None
) -> AsyncIterator[FasterWhisper]:
    """Load a model that is on disk, by directory or name, and keep it until the end of the block.

    Raises:
        ConfigError: the model is not there, is not whole, or cannot run on this device.
    """
    folder = await asyncio.to_thread(load_model_path, model)
    engine = await asyncio.to_thread(load_engine, folder, device, workers, language)
    pool = ThreadPoolExecutor(workers, thread_name_prefix="whisper")
    recogniser = FasterWhisper(model, engine, pool, time_limit)
    try:
        yield recogniser
    finally:
        await recogniser.close()
