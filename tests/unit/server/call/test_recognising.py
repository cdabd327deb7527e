"""What is recognised ahead on a line: it is shown, it may fail, and it ends with the line."""

import asyncio
from typing import cast

import numpy as np
import pytest
from structlog.testing import capture_logs

from domain.errors import Fault, InvalidInput, ParleyError, ProviderUnavailable
from playbooks.loader import load_playbooks
from ports.speech_to_text import Anticipation, Recognition, RecognitionHint, Samples, SpeechToText
from server.call.recognising import Recognising
from speech.g711 import encode_mu_law
from tests.eventually import eventually
from tests.unit.server.call.line import QuietLine

SOUND = encode_mu_law(np.zeros(1_600, np.int16))


class Ahead:
    """Recognises when it may; `error` in place of taking anything."""

    def __init__(self, words: str = "my number is", error: ParleyError | None = None) -> None:
        self._words = words
        self._error = error
        self.failure: ParleyError | None = None
        self.may = asyncio.Event()
        self.asked = 0
        self.engine: set[asyncio.Task[Recognition]] = set()

    async def prepare(self, hint: RecognitionHint) -> None:
        """There is nothing to be loaded."""

    async def expect(self, samples: Samples, hint: RecognitionHint) -> asyncio.Task[Recognition]:
        """Begin to recognise."""
        self.asked += 1
        if self._error is not None:
            raise self._error
        task = asyncio.create_task(self._recognise())
        self.engine.add(task)
        return task

    async def _recognise(self) -> Recognition:
        await self.may.wait()
        if self.failure is not None:
            raise self.failure
        return Recognition(self._words, 0.9)


def recognising(ahead: Ahead, line: QuietLine) -> Recognising:
    return Recognising(cast(SpeechToText, None), cast(Anticipation, ahead), load_playbooks()["custom"], line)


async def test_words_so_far_are_shown_as_such() -> None:
    ahead, line = Ahead(), QuietLine()
    words = recognising(ahead, line)
    words.expect(SOUND)
    ahead.may.set()
    await eventually(lambda: line.shown == [("my number is", False)])
    assert words.so_far.unfinished
    await words.end()


@pytest.mark.parametrize(("heard", "gone"), [("", False), ("hello", True)])
async def test_nothing_is_shown_of_nothing_or_to_nobody(heard: str, gone: bool) -> None:
    ahead, line = Ahead(heard), QuietLine(gone=gone)
    words = recognising(ahead, line)
    words.expect(SOUND)
    ahead.may.set()
    with capture_logs() as logs:
        await eventually(lambda: bool(ahead.engine) and all(task.done() for task in ahead.engine))
        await words.end()
    assert (line.shown, logs) == ([], [])


async def test_an_engine_that_fails_shows_nothing() -> None:
    ahead, line = Ahead(), QuietLine()
    ahead.failure = ProviderUnavailable("engine", Fault.SERVER)
    words = recognising(ahead, line)
    words.expect(SOUND)
    ahead.may.set()
    await eventually(lambda: bool(ahead.engine) and all(task.done() for task in ahead.engine))
    await words.end()
    assert line.shown == []


async def test_what_breaks_is_logged() -> None:
    words = recognising(ahead := Ahead(error=InvalidInput("No sound.")), QuietLine())
    with capture_logs() as logs:
        words.expect(SOUND)
        await eventually(lambda: ahead.asked == 1)
        await words.end()
    assert [(each["event"], each["task"]) for each in logs] == [("task_broke", "expected words")]


async def test_nothing_runs_on_after_the_end() -> None:
    ahead, line = Ahead(), QuietLine()
    words = recognising(ahead, line)
    words.expect(SOUND)
    words.expect(SOUND + SOUND)
    await eventually(lambda: bool(ahead.engine))
    before = {task.get_name() for task in asyncio.all_tasks()}
    await words.end()
    after = {task.get_name() for task in asyncio.all_tasks()}
    assert (before - after, line.shown) == ({"expected words"}, [])
    ahead.may.set()
    await asyncio.wait(ahead.engine)
