"""What is said on a line is recognised before it is certain to be all, and only once."""

import asyncio

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
from tests.eventually import eventually
from tests.integration.call.phone import Phone

WARM_UP = 8_000
CONTEXT = {"business": "Harbour Dental", "key_terms": ["root canal"]}


async def test_a_turn_takes_the_words_that_were_begun_in_its_last_silence(
    database: Database, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "load_playbooks", lambda: {**load_playbooks(), "desk": playbook})
    hints: list[RecognitionHint] = []

    def hear(samples: Samples, hint: RecognitionHint) -> Recognition:
        hints.append(hint)
        return Recognition("we get 500 visitors a month", 0.9)

    engine = ScriptedSpeechToText(hear)
    async with (
        asyncio.timeout(30),
        open_recognising_ahead(engine, workers=2) as stt,
        run_parley(Ports(database, stt, None, ahead=stt), Settings()) as parley,
    ):
        made = await parley.create_session("desk", channel="voice", call_context=CONTEXT)
        phone = Phone(LineStart("demo", made["session_id"], "call", "line"))
        ports = CallPorts(parley, HummingVoice(), Loudness(), stt, stt)
        call = asyncio.create_task(MediaCall(phone, ports, parley.playbooks["desk"]).run())
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
        await call
    utterances = [size for size in engine.heard if size != WARM_UP]
    assert len(utterances) == 1
    assert engine.heard.count(WARM_UP) == 2
    (hint,) = set(hints)
    assert (hint.narrowband, "root canal" in hint.phrases) == (True, True)
