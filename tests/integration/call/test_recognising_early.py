"""What is said on a line is recognised before it is certain to be all, and only once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from bootstrap import service
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.playbook import Playbook
from playbooks.loader import load_playbooks
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from ports.telephony import LineStart
from providers.postgres.database import Database
from providers.recognising_ahead import open_recognising_ahead
from providers.scripted.speech_to_text import ScriptedSpeechToText
from providers.scripted.text_to_speech import HummingVoice
from providers.scripted.voice_activity import Loudness
from server.call.call import CallPorts, MediaCall
from server.call.talk import Talk
from tests.eventually import eventually
from tests.integration.call.phone import Phone

WARM_UP = 8_000
RECOGNISED_HZ = 16_000
CONTEXT = {"business": "Harbour Dental", "key_terms": ["root canal"]}


@dataclass
class Heard:
    """A call, and what its engine was asked."""

    phone: Phone
    engine: ScriptedSpeechToText
    hints: list[RecognitionHint]

    @property
    def seconds(self) -> list[float]:
        """How long each utterance was that the engine was given."""
        return [size / RECOGNISED_HZ for size in self.engine.heard if size != WARM_UP]


Opened = Callable[[str, float], AbstractAsyncContextManager[Heard]]


@pytest.fixture
def call(database: Database, playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Put a call through to an engine that hears the same words in everything."""
    monkeypatch.setattr(service, "load_playbooks", lambda: {**load_playbooks(), "desk": playbook})

    @asynccontextmanager
    async def opened(words: str, speed: float) -> AsyncIterator[Heard]:
        hints: list[RecognitionHint] = []

        def hear(samples: Samples, hint: RecognitionHint) -> Recognition:
            hints.append(hint)
            return Recognition(words, 0.9)

        engine = ScriptedSpeechToText(hear)
        async with (
            asyncio.timeout(60),
            open_recognising_ahead(engine, workers=2) as stt,
            run_parley(Ports(database, stt, None, ahead=stt), Settings()) as parley,
        ):
            made = await parley.create_session("desk", channel="voice", call_context=CONTEXT)
            phone = Phone(LineStart("demo", made["session_id"], "call", "line"), speed)
            ports = CallPorts(parley, HummingVoice(), Loudness(), stt, stt)
            talking = asyncio.create_task(MediaCall(phone, ports, parley.playbooks["desk"]).run())
            await eventually(lambda: phone.played_marks == ["s1"])
            yield Heard(phone, engine, hints)
            phone.hang()
            await talking

    return opened


async def test_a_turn_takes_the_words_that_were_begun_in_its_last_silence(call: Opened) -> None:
    words = "we get 500 visitors a month"
    async with call(words, 20.0) as heard:
        heard.phone.say(1.0)
        await eventually(lambda: len(heard.phone.played_marks) == 4)
    assert heard.phone.shown == [(words, False), (words, True)]
    assert len(heard.seconds) == 1
    assert heard.engine.heard.count(WARM_UP) == 2
    (hint,) = set(heard.hints)
    assert (hint.narrowband, "root canal" in hint.phrases) == (True, True)


@pytest.mark.parametrize(
    ("words", "pause", "one_turn"),
    [
        ("we get 500 visitors a month", 0.4, True),
        ("we get 500 visitors a month", 0.9, False),
        ("yes please", 0.2, True),
        ("yes please", 0.45, False),
        ("we get 500 visitors and", 0.9, True),
        ("my number is four one five", 0.9, True),
        ("my number is four one five", 1.5, False),
    ],
)
async def test_words_tell_how_long_a_silence_ends_a_turn(
    call: Opened, words: str, pause: float, one_turn: bool
) -> None:
    async with call(words, 4.0) as heard:
        heard.phone.say(0.5)
        heard.phone.be_silent(pause)
        heard.phone.say(0.5)
        await eventually(lambda: sum(heard.seconds) > 0.9)
    assert (max(heard.seconds) > 0.9 + pause) is one_turn


async def test_a_yes_that_decides_a_consent_is_not_hurried(call: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Talk, "asks_consent", True)
    async with call("yes please", 4.0) as heard:
        heard.phone.say(0.5)
        heard.phone.be_silent(0.45)
        heard.phone.say(0.5)
        await eventually(lambda: sum(heard.seconds) > 0.9)
    assert max(heard.seconds) > 1.4
