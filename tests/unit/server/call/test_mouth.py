"""When a call may take it that what it said is over, whatever the far end tells of it; on virtual time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import numpy as np
import pytest

from bench.voice.virtual_time import VirtualLoop
from ports.text_to_speech import Speech
from providers.scripted.text_to_speech import HummingVoice
from server.call.mouth import LATE_SECONDS, Mouth
from speech.playout import Sentence
from tests.eventually import eventually
from tests.unit.server.call.line import START, QuietLine

WORDS = 30
SECONDS = WORDS * HummingVoice().word_ms / 1_000
"""How long a sentence lasts."""


class Player(QuietLine):
    """A far end that plays `slowness` times as long as it should, and returns some marks."""

    def __init__(self, slowness: float, returns: Sequence[str]) -> None:
        super().__init__()
        self.told: Callable[[str], None] = lambda mark: None
        self.ends = 0.0
        self._slowness = slowness
        self._returns = returns

    async def play(self, data: bytes) -> None:
        """Play it after what came before."""
        self.ends = max(self.ends, _now()) + self._slowness * len(data) / START.sound.rate_hz

    async def mark(self, name: str) -> None:
        """Return it when all before it has been played."""
        if name in self._returns:
            asyncio.get_running_loop().call_at(self.ends, self.told, name)


class Proven(list[Sentence]):
    """Sentences that were certainly heard."""

    proven = list.append

    def unsaid(self, sentence: Sentence) -> None:
        """Every voice says everything."""
        raise AssertionError(sentence)


async def say(line: Player, sentences: int) -> tuple[Proven, float]:
    """Say so many sentences; returns those that were proven, and when they were over."""
    proven = Proven()
    mouth = Mouth(line, HummingVoice(), proven)
    line.told = mouth.played
    speaking = asyncio.create_task(mouth.run())
    for n in range(sentences):
        mouth.say(Sentence("turn", n, "word " * WORDS))
    await mouth.silent()
    assert not mouth.speaking
    speaking.cancel()
    return proven, _now()


def said(line: Player, sentences: int) -> tuple[Proven, float]:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(say(line, sentences))


@pytest.mark.parametrize("slowness", [0.1, 1.0, 1.5, 2.0])
def test_a_far_end_that_plays_slowly_is_waited_for(slowness: float) -> None:
    line = Player(slowness, ["s1", "s2", "s3", "s4", "s5", "s6"])
    proven, over = said(line, 6)
    assert [sentence.n for sentence in proven] == list(range(6))
    assert over == pytest.approx(line.ends)


@pytest.mark.parametrize("returns", [[], ["s1"], ["s1", "s2"]])
def test_marks_that_never_come_back_are_not_waited_for_without_end(returns: list[str]) -> None:
    proven, over = said(Player(1.0, returns), 3)
    assert len(proven) == len(returns)
    assert over == pytest.approx(3 * SECONDS + LATE_SECONDS)


def test_a_mark_that_was_lost_delays_nothing_where_a_later_one_comes_back() -> None:
    proven, over = said(Player(1.0, ["s1", "s3"]), 3)
    assert len(proven) == 3
    assert over == pytest.approx(3 * SECONDS)


class LastingVoice(HummingVoice):
    """A voice that takes its time to stop."""

    stopped = False

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Begin to say something."""
        yield Speech(np.zeros(80, np.float32), START.sound.rate_hz)
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(9):
                await asyncio.sleep(0)
            self.stopped = True


async def test_nothing_is_being_said_any_more_when_the_mouth_has_ended() -> None:
    voice, line = LastingVoice(), Player(1.0, [])
    mouth = Mouth(line, voice, Proven())
    speaking = asyncio.create_task(mouth.run())
    mouth.say(Sentence("turn", 0, "hello"))
    await eventually(lambda: line.ends > 0)
    speaking.cancel()
    await asyncio.wait({speaking})
    assert voice.stopped


def _now() -> float:
    return asyncio.get_running_loop().time()
