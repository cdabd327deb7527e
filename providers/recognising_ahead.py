"""A recogniser that begins before it is asked, with what may be a whole utterance."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import blake2b

import numpy as np
import structlog

from domain.errors import ProviderError
from ports.speech_to_text import Recognition, RecognitionHint, Samples, SpeechToText

KEPT_SECONDS = 10.0
"""How long words that nobody asked for are kept: a turn asks within a second of its end."""
KEPT_HINTS = 32
"""Hints that are known to be prepared."""
_DIGEST_BYTES = 16
_NOISE_SAMPLES, _NOISE = 8_000, 0.02
"""Half a second of noise at -34 dBFS has an engine load all that it needs."""

Key = tuple[bytes, RecognitionHint]

log = structlog.get_logger(__name__)


class RecognisingAhead:
    """An engine with a memory of what it was told to expect, by the sound itself.

    `workers` are what the engine works with at the same time; as many utterances more may wait for them, over all
    lines. With none nothing is begun early. What was begun is let to end, for most engines cannot stop, or only at a
    price; its words are dropped when nobody asks for them.
    """

    def __init__(self, engine: SpeechToText, workers: int) -> None:
        self._engine = engine
        self._workers = workers
        self._known: dict[Key, asyncio.Task[Recognition]] = {}
        self._running: set[asyncio.Task[Recognition]] = set()
        self._hints: OrderedDict[RecognitionHint, None] = OrderedDict()

    @property
    def name(self) -> str:
        """The engine's own."""
        return self._engine.name

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance, or take what has been or is being recognised of the same. Raises as the engine."""
        if self._known:
            ahead = self._known.get(await asyncio.to_thread(_key, samples, hint))
            if ahead is not None:
                return await asyncio.shield(ahead)
        return await self._engine.transcribe(samples, hint)

    async def prepare(self, hint: RecognitionHint) -> None:
        """Have the engine load what it needs for this hint: in every worker at first, in one for another hint."""
        if hint in self._hints:
            return
        places = 1 if self._hints else self._workers
        self._hints[hint] = None
        if len(self._hints) > KEPT_HINTS:
            self._hints.popitem(last=False)
        noise = np.random.default_rng(0).normal(0, _NOISE, _NOISE_SAMPLES).astype(np.float32)
        for _ in range(places):
            self._begin(noise, hint)

    async def expect(self, samples: Samples, hint: RecognitionHint) -> asyncio.Task[Recognition] | None:
        """Begin to recognise what may be a whole utterance, if there is room."""
        key = await asyncio.to_thread(_key, samples, hint)
        if key not in self._known and (task := self._begin(samples, hint)) is not None:
            self._known[key] = task
            task.add_done_callback(lambda done: self._keep(key, done))
        return self._known.get(key)

    async def close(self) -> None:
        """End what runs, and the engine."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await self._engine.close()

    def _begin(self, samples: Samples, hint: RecognitionHint) -> asyncio.Task[Recognition] | None:
        if len(self._running) >= 2 * self._workers:
            return None
        task = asyncio.create_task(self._engine.transcribe(samples, hint), name="recognising ahead")
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Recognition]) -> None:
        self._running.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), ProviderError):
            log.warning("not_recognised_ahead", provider=error.provider, fault=error.fault.value)

    def _keep(self, key: Key, task: asyncio.Task[Recognition]) -> None:
        """Keep words for a while; a failure is nobody's but theirs who wait for it now."""
        if task.cancelled() or task.exception() is not None:
            del self._known[key]
        else:
            asyncio.get_running_loop().call_later(KEPT_SECONDS, self._known.pop, key)


def _key(samples: Samples, hint: RecognitionHint) -> Key:
    return blake2b(samples.tobytes(), digest_size=_DIGEST_BYTES).digest(), hint


@asynccontextmanager
async def open_recognising_ahead(engine: SpeechToText, workers: int) -> AsyncIterator[RecognisingAhead]:
    """Let an engine with so many workers begin before it is asked, until the end of the block."""
    ahead = RecognisingAhead(engine, workers)
    try:
        yield ahead
    finally:
        await ahead.close()
