"""Frames of many lines, gathered for some milliseconds and heard together in another thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

from domain.errors import Fault, ProviderUnavailable
from providers.silero.model import Heard, Memory, Model
from speech.resample import Signal

PROVIDER = "silero"
GATHER_SECONDS = 0.004
"""How long a frame waits for company, at most; a frame lasts 32 ms."""
MOST = 256
"""Frames in one run, some 10 ms of work: from 32 on more are no cheaper each, and all wait for the last."""
LARGE = 64
"""So many frames are worth a second thread."""


class Question(NamedTuple):
    """One line's next frame and memory, and the future that its answer goes to."""

    memory: Memory
    frame: Signal
    answer: asyncio.Future[Heard]


class Batches:
    """The questions that wait, and the one task that puts them to the network while there are any."""

    def __init__(self, model: Model, time_limit: timedelta) -> None:
        self._model = model
        self._limit = time_limit.total_seconds()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix=PROVIDER)
        self._waiting: list[Question] = []
        self._crowd = asyncio.Event()
        self._server: asyncio.Task[None] | None = None
        self._closed = False
        self._expected = 1
        self._go_at = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None

    def ask(self, memory: Memory, frame: Signal, expected: int) -> asyncio.Future[Heard]:
        """Have a line's next frame heard; `expected` is how many lines there are, for whom it is worth to wait.

        The answer may be ProviderUnavailable: the network broke or took too long, or is closed; the last is raised.
        """
        if self._closed:
            raise ProviderUnavailable(PROVIDER, Fault.ABSENT, "the detector is closed")
        loop = self._loop = self._loop or asyncio.get_running_loop()
        if not self._waiting:
            self._go_at = loop.time() + GATHER_SECONDS
        question = Question(memory, frame, loop.create_future())
        self._waiting.append(question)
        self._expected = expected
        if len(self._waiting) >= min(expected, MOST):
            self._crowd.set()
        if self._server is None or self._server.done():
            self._server = asyncio.create_task(self._serve(), name="silero")
        return question.answer

    async def close(self) -> None:
        """Refuse those who wait, and end the task and the thread."""
        self._closed = True
        self._crowd.set()
        if self._server is not None:
            self._server.cancel()
            await asyncio.wait({self._server}, timeout=self._limit)
        self._refuse_waiting()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _serve(self) -> None:
        """Answer until nobody waits."""
        try:
            while self._waiting:
                await self._gather()
                batch = self._waiting[:MOST]
                del self._waiting[:MOST]
                self._crowd.clear()
                await self._answer([question for question in batch if not question.answer.done()])
        finally:
            self._refuse_waiting()

    async def _gather(self) -> None:
        """Give other lines a moment to bring their frames too, unless all have."""
        if len(self._waiting) >= min(self._expected, MOST):
            return
        try:
            async with asyncio.timeout_at(self._go_at):
                await self._crowd.wait()
        except TimeoutError:
            return

    async def _answer(self, batch: list[Question]) -> None:
        """Put one batch to the network, a large one in two halves side by side."""
        if len(batch) >= LARGE:
            await asyncio.gather(self._hear(batch[::2]), self._hear(batch[1::2]))
        elif batch:
            await self._hear(batch)

    async def _hear(self, batch: list[Question]) -> None:
        """Run the network once; what goes wrong with it goes wrong for every line in the batch."""
        memories, frames = [one.memory for one in batch], [one.frame for one in batch]
        fault = Fault.SERVER
        try:
            async with asyncio.timeout(self._limit):
                loop = asyncio.get_running_loop()
                heard = await loop.run_in_executor(self._pool, self._model.listen, memories, frames)
            for question, one in zip(batch, heard, strict=True):
                if not question.answer.done():
                    question.answer.set_result(one)
        except TimeoutError:
            fault = Fault.TIMEOUT
        except RuntimeError:
            fault = Fault.SERVER
        finally:
            _refuse(batch, fault)

    def _refuse_waiting(self) -> None:
        _refuse(self._waiting, Fault.ABSENT)
        self._waiting.clear()


def _refuse(questions: list[Question], fault: Fault) -> None:
    """Tell whoever still waits that there is no answer."""
    for question in questions:
        if not question.answer.done():
            question.answer.set_exception(ProviderUnavailable(PROVIDER, fault))
