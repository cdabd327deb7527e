"""Recognition that begins early: the same sound is recognised once, and nobody else pays for it."""

import asyncio
from dataclasses import dataclass, field

import numpy as np
import pytest

from domain.errors import Fault, ProviderUnavailable
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers import recognising_ahead
from providers.recognising_ahead import RecognisingAhead, open_recognising_ahead

HINT = RecognitionHint(("opening hours",), narrowband=True)


def sound(level: float) -> Samples:
    return np.full(16_000, level, np.float32)


@dataclass
class Engine:
    """Says how loud it was, once it may."""

    asked: list[float] = field(default_factory=list)
    may: asyncio.Event = field(default_factory=asyncio.Event)
    breaks: bool = False
    closed: bool = False
    name: str = "double"

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        self.asked.append(round(float(np.abs(samples).max()), 3))
        await self.may.wait()
        if self.breaks:
            raise ProviderUnavailable("double", Fault.SERVER)
        return Recognition(str(self.asked[-1]), 0.9)

    async def close(self) -> None:
        self.closed = True


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_was_expected_is_not_recognised_again() -> None:
    engine = Engine()
    async with open_recognising_ahead(engine, workers=2) as ahead:
        await ahead.expect(sound(0.5), HINT)
        asked = [asyncio.create_task(ahead.transcribe(sound(0.5), HINT)) for _ in range(2)]
        await ahead.expect(sound(0.5), HINT)
        engine.may.set()
        assert [one.text for one in await asyncio.gather(*asked)] == ["0.5", "0.5"]
        assert (await ahead.transcribe(sound(0.5), HINT)).text == "0.5"
        assert engine.asked == [0.5]
    assert engine.closed


async def test_another_sound_or_another_hint_is_another_question() -> None:
    engine = Engine()
    engine.may.set()
    async with open_recognising_ahead(engine, workers=2) as ahead:
        await ahead.expect(sound(0.5), HINT)
        assert (await ahead.transcribe(sound(0.25), HINT)).text == "0.25"
        await ahead.transcribe(sound(0.5), RecognitionHint())
        assert engine.asked == [0.5, 0.25, 0.5]


async def test_no_more_than_so_many_are_begun_early() -> None:
    engine = Engine()
    async with open_recognising_ahead(engine, workers=1) as ahead:
        await ahead.expect(sound(0.5), HINT)
        await ahead.expect(sound(0.25), HINT)
        await ahead.expect(sound(0.125), HINT)
        await settle()
        assert engine.asked == [0.5, 0.25]
        engine.may.set()
        assert (await ahead.transcribe(sound(0.125), HINT)).text == "0.125"


async def test_an_engine_that_is_paid_for_is_asked_once_and_late() -> None:
    engine = Engine()
    engine.may.set()
    ahead = RecognisingAhead(engine, workers=0)
    await ahead.prepare(HINT)
    await ahead.expect(sound(0.5), HINT)
    await settle()
    assert not engine.asked
    assert (await ahead.transcribe(sound(0.5), HINT)).text == "0.5"


async def test_a_failure_is_told_to_who_waits_and_not_kept() -> None:
    engine = Engine(breaks=True)
    async with open_recognising_ahead(engine, workers=1) as ahead:
        await ahead.expect(sound(0.5), HINT)
        asked = asyncio.create_task(ahead.transcribe(sound(0.5), HINT))
        await asyncio.sleep(0)
        engine.may.set()
        with pytest.raises(ProviderUnavailable):
            await asked
        engine.breaks = False
        assert (await ahead.transcribe(sound(0.5), HINT)).text == "0.5"


async def test_who_no_longer_waits_ends_nothing_for_the_others() -> None:
    engine = Engine()
    async with open_recognising_ahead(engine, workers=1) as ahead:
        await ahead.expect(sound(0.5), HINT)
        gone, stays = (asyncio.create_task(ahead.transcribe(sound(0.5), HINT)) for _ in range(2))
        await asyncio.to_thread(lambda: None)
        gone.cancel()
        engine.may.set()
        assert (await stays).text == "0.5"
        assert engine.asked == [0.5]


async def test_words_nobody_asks_for_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising_ahead, "KEPT_SECONDS", 0.0)
    engine = Engine()
    engine.may.set()
    async with open_recognising_ahead(engine, workers=1) as ahead:
        await ahead.expect(sound(0.5), HINT)
        await settle()
        assert not ahead._known
        await ahead.transcribe(sound(0.5), HINT)
        assert engine.asked == [0.5, 0.5]


async def test_every_worker_is_made_ready_once_and_one_for_each_new_hint() -> None:
    engine = Engine()
    engine.may.set()
    async with open_recognising_ahead(engine, workers=2) as ahead:
        for hint in (HINT, HINT, RecognitionHint(), HINT):
            await ahead.prepare(hint)
            await settle()
    assert len(engine.asked) == 3


async def test_the_end_of_the_block_ends_what_runs() -> None:
    engine = Engine()
    async with open_recognising_ahead(engine, workers=1) as ahead:
        await ahead.expect(sound(0.5), HINT)
        await settle()
    assert engine.closed
    assert not ahead._known
