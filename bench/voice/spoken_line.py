"""One line as a call speaks on it: the real mouth and the real heard words, between a made-up store and far end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from random import Random

from bench.voice.far_end import CountingVoice, FarEnd
from domain.errors import LineClosed
from ports.speaking import Unheard
from ports.telephony import LineStart
from server.call.heard import HeardWords
from server.call.mouth import Mouth
from sessions.hub import EventHub
from sessions.speaking import Speaking
from speech.playout import Sentence

TURN, TENANT, SESSION = "turn", "tenant", "session"


@dataclass
class Kept:
    """A store of what was heard, in memory."""

    words: str = ""
    whole: str = ""

    async def started(self, tenant_id: str, session_id: str, turn_id: str) -> None:
        """Nothing is heard yet."""

    async def heard(self, tenant_id: str, session_id: str, turn_id: str, heard: str) -> None:
        """Keep it."""
        self.words = heard

    async def finished(self, tenant_id: str, session_id: str, turn_id: str, heard: str, *, interrupted: bool) -> None:
        """Keep it."""
        self.words = heard

    async def unheard(self, tenant_id: str, session_id: str) -> Unheard | None:
        """Return what is left to be said."""
        return Unheard(TURN, self.whole, self.words)


class _Nobody(EventHub):
    """A hub without subscribers."""

    def __init__(self) -> None:
        """Know nothing."""

    def nudge(self, session_id: str) -> None:
        """Tell nobody."""


@dataclass
class Line:
    """One line of a call: who speaks on it, what is kept, and the ear at its end."""

    kept: Kept
    voice: CountingVoice
    far: FarEnd
    heard: HeardWords
    mouth: Mouth
    interrupted: bool = False

    async def say(self, sentences: Sequence[str], random: Random) -> None:
        """Say sentences as they come to mind."""
        for n, text in enumerate(sentences):
            sentence = Sentence(TURN, n, text)
            self.heard.will_say(sentence)
            if not self.interrupted:
                self.mouth.say(sentence)
            await asyncio.sleep(random.choice((0.0, 0.0, random.uniform(0, 1))))
        self.heard.all_said(TURN)

    async def hang_up(self) -> None:
        """Have the caller hang up, and take it as a call does."""
        over = asyncio.Event()
        self.far.hang(over.set)
        await over.wait()
        self.far.lose()
        self.heard.cut()

    async def stop(self) -> None:
        """Stop, as when the caller speaks."""
        self.interrupted = True
        await self.mouth.hush()

    def go_on(self) -> None:
        """Say the rest of what was stopped for nothing."""
        self.interrupted = False
        for sentence in self.heard.unheard():
            self.mouth.say(sentence)


@asynccontextmanager
async def open_line(kept: Kept, voice: CountingVoice, delay: float) -> AsyncIterator[Line]:
    """Run a line's mouth and its keeping until the end of the block; what was proven is kept then."""
    far = FarEnd(LineStart(TENANT, SESSION, "call", "line"), voice, delay)
    heard = HeardWords(Speaking(kept, _Nobody()), TENANT, SESSION)
    mouth = Mouth(far, voice, heard)
    far.echo = mouth.played
    tasks = [asyncio.create_task(mouth.run()), asyncio.create_task(heard.run())]
    try:
        yield Line(kept, voice, far, heard, mouth)
    finally:
        far.lose()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, LineClosed):
                await task
        await heard.flush()
