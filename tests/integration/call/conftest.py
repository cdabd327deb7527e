"""A service with one playbook that speaks, and calls on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bootstrap import service
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.manners import Manners
from domain.playbook import Conversation, Playbook
from playbooks.loader import load_playbooks
from ports.speech_to_text import Recognition
from ports.telephony import LineStart
from providers.postgres.database import Database
from providers.scripted.speech_to_text import ScriptedSpeechToText
from providers.scripted.text_to_speech import HummingVoice
from providers.scripted.voice_activity import Loudness
from server.call import call as calls
from server.call import silence
from server.call.call import CallPorts, MediaCall
from sessions.service import Parley
from tests.integration.call.acts import ACTS, acting, answer_to
from tests.integration.call.phone import Phone

MANNERS = Manners(greeting_of="Welcome to the test desk.", transfer_to="+15005550002")


def reply_to(conversation: Conversation) -> str | None:
    """Say back what was said, in three sentences; nothing to nothing."""
    if not conversation.cleaned:
        return None
    if (done := answer_to(conversation)) is not None:
        return done
    return f"You said {conversation.cleaned}. This is the second sentence. And this is the third one."


@dataclass
class Desk:
    """The service, and what its callers are heard to say, in order."""

    parley: Parley
    hears: list[str] = field(default_factory=list)
    voice: HummingVoice = field(default_factory=HummingVoice)

    @asynccontextmanager
    async def call(
        self, session_id: str | None = None, stream_id: str = "line", *, outbound: bool = False
    ) -> AsyncIterator[Phone]:
        """Put a call through; it must end by itself, or when the phone hangs up."""
        if session_id is None:
            session_id = (await self.parley.create_session("desk", channel="voice"))["session_id"]
        phone = Phone(LineStart("demo", session_id, "call", stream_id, resumed=stream_id != "line", outbound=outbound))
        ports = CallPorts(self.parley, self.voice, Loudness(), self.stt)
        call = asyncio.create_task(MediaCall(phone, ports, self.parley.playbooks["desk"]).run())
        try:
            async with asyncio.timeout(60):
                yield phone
                await call
        finally:
            call.cancel()

    @property
    def stt(self) -> ScriptedSpeechToText:
        return hearing(self.hears)


def hearing(script: list[str]) -> ScriptedSpeechToText:
    """A recogniser that hears one line of the script after the other."""

    def hear(samples: object, hint: object) -> Recognition:
        text = script.pop(0)
        return Recognition(text, 0.9 if text else 0.0)

    return ScriptedSpeechToText(hear)


@pytest.fixture
def playbook() -> Playbook:
    """Lumen's rules with a voice."""
    lumen = load_playbooks()["lumen"]
    return replace(
        lumen,
        name="desk",
        tools=(*lumen.tools, *ACTS),
        analyst=acting(lumen.analyst),
        replies=True,
        replier=reply_to,
        manners=MANNERS,
    )


@pytest.fixture
async def desk(database: Database, playbook: Playbook, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """A desk that answers calls; the clock of silences runs as fast as the lines."""
    monkeypatch.setattr(service, "load_playbooks", lambda: {**load_playbooks(), "desk": playbook})
    hears: list[str] = []
    async with run_parley(Ports(database, hearing(hears), None), Settings()) as parley:
        yield Desk(parley, hears)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silences run out soon."""
    monkeypatch.setattr(silence, "PATIENCE", timedelta(seconds=0.5))
    monkeypatch.setattr(calls, "LOOK_SECONDS", 0.01)
