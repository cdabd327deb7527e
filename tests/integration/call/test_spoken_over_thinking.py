"""However long words take to be known: who spoke over us, or goes on while we think, is not spoken over."""

import asyncio
from datetime import timedelta

import pytest

from language.spoken.form import spoken
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.scripted.speech_to_text import ScriptedSpeechToText
from server.call import call, silence
from tests.eventually import eventually
from tests.integration.call.conftest import MANNERS, Desk
from tests.integration.call.phone import Phone
from tests.integration.call.test_calls import REPLY, SAID


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when the caller's first words may be known; until then the agent thinks."""
    known = asyncio.Event()
    recognise = ScriptedSpeechToText.transcribe

    async def transcribe(self: ScriptedSpeechToText, samples: Samples, hint: RecognitionHint) -> Recognition:
        recognition = await recognise(self, samples, hint)
        await known.wait()
        return recognition

    monkeypatch.setattr(ScriptedSpeechToText, "transcribe", transcribe)
    return known


async def test_who_stopped_us_is_not_spoken_over_while_the_words_are_recognised(
    desk: Desk, known: asyncio.Event
) -> None:
    async with desk.call() as phone:
        await stop_the_answer(desk, phone, known)
        said = len(desk.voice.spoken)
        await eventually(lambda: not desk.hears)
        await phone.line_seconds(4.0)
        known.set()
        await eventually(lambda: "You said stop please." in desk.voice.spoken)
        phone.hang()
    assert desk.voice.spoken[said] == "You said stop please."


async def test_who_stopped_us_and_waits_for_the_answer_is_not_asked_whether_they_are_there(
    desk: Desk, known: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call, "LOOK_SECONDS", 0.01)
    async with desk.call() as phone:
        await stop_the_answer(desk, phone, known)
        await eventually(lambda: not desk.hears)
        with monkeypatch.context() as impatience:
            impatience.setattr(silence, "PATIENCE", timedelta(seconds=0.1))
            await phone.line_seconds(10.0)
        known.set()
        await eventually(lambda: "You said stop please." in desk.voice.spoken)
        phone.hang()
    assert MANNERS.silence[0] not in desk.voice.spoken


async def stop_the_answer(desk: Desk, phone: Phone, known: asyncio.Event) -> None:
    """Speak over our answer with words that are not known until `known` is set."""
    known.set()
    desk.hears += [SAID, "stop please"]
    await eventually(lambda: phone.played_marks == ["s1"])
    phone.say(1.0)
    await eventually(lambda: len(phone.played_marks) == 2)
    known.clear()
    phone.say(1.0)
    await eventually(lambda: phone.clears == 1)


async def speak_over_the_thinking(phone: Phone) -> None:
    """Say something after the greeting, and go on when that is being thought about."""
    phone.speed = 4.0
    await eventually(lambda: phone.played_marks == ["s1"])
    phone.say(1.0)
    phone.be_silent(1.5)
    phone.say(1.0)
    await eventually(lambda: phone.clears == 1)


async def test_an_answer_to_less_than_was_said_is_not_said(desk: Desk, known: asyncio.Event) -> None:
    desk.hears += [SAID, "and one thing more"]
    async with desk.call() as phone:
        await speak_over_the_thinking(phone)
        known.set()
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    assert spoken(REPLY[0]) not in desk.voice.spoken
    assert desk.voice.spoken[1] == "You said and one thing more."
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert [turn["heard"] for turn in turns[1:]] == ["", turns[2]["result"]["reply"]]


async def test_a_noise_delays_the_answer_and_does_not_swallow_it(desk: Desk, known: asyncio.Event) -> None:
    desk.hears += [SAID, ""]
    async with desk.call() as phone:
        await speak_over_the_thinking(phone)
        known.set()
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    assert desk.voice.spoken[1:] == [*map(spoken, REPLY)]
