"""What is said on a line: sentences in order, a little ahead of the listener, each with its mark."""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Protocol

import structlog

from domain.errors import ProviderError
from domain.sound import LineSound
from language.spoken.form import spoken
from ports.telephony import Line
from ports.text_to_speech import TextToSpeech
from speech.line_sound import LineEncoder
from speech.pacing import Pacer
from speech.playout import Playout, Sentence

PIECE_SECONDS = 0.1
"""Sound goes out in pieces of this length, so that little is left to be stopped."""
LATE_SECONDS = 10.0
"""How much later than it should a mark may come back; after that it is not waited for."""


class Account(Protocol):
    """Told what became of each sentence."""

    def proven(self, sentence: Sentence) -> None:
        """It was certainly heard."""
        ...

    def unsaid(self, sentence: Sentence) -> None:
        """No voice could say it, or not to its end."""
        ...


log = structlog.get_logger(__name__)


class Mouth:
    """One line's voice. `run` speaks until it is cancelled; everything else returns at once or after a message."""

    def __init__(self, line: Line, voice: TextToSpeech, account: Account) -> None:
        self._line = line
        self._voice = voice
        self._account = account
        self._sound: LineSound = line.start.sound
        self._queue: deque[Sentence] = deque()
        self._more = asyncio.Event()
        self._changed = asyncio.Event()
        self._playout = Playout()
        self._pacer = Pacer()
        self._proven_at = 0.0
        self._saying: asyncio.Task[None] | None = None

    @property
    def speaking(self) -> bool:
        """True while something is to be said, or was sent and may still be playing."""
        return self._sending or (self._playout.waiting and _now() < self._over_at)

    @property
    def _sending(self) -> bool:
        return bool(self._queue) or self._saying is not None

    @property
    def _over_at(self) -> float:
        """When all that was sent has been played at the latest, by the clock and by the last mark that came back."""
        return max(self._pacer.ends, self._proven_at + self._playout.seconds) + LATE_SECONDS

    def say(self, sentence: Sentence) -> None:
        """Say a sentence after those before it."""
        self._queue.append(sentence)
        self._more.set()

    async def hush(self) -> None:
        """Say no more: stop in mid-word, and have what was sent and not played thrown away (LineClosed)."""
        self._queue.clear()
        if self._saying is not None:
            self._saying.cancel()
            await asyncio.wait({self._saying})
        self._playout.cleared()
        self._pacer.cleared(_now())
        self._changed.set()
        await self._line.clear()

    def played(self, mark: str) -> None:
        """Take a mark that came back."""
        for sentence in self._playout.played(mark):
            self._account.proven(sentence)
            self._proven_at = _now()
        self._changed.set()

    async def silent(self) -> None:
        """Wait until all has been said, and heard or thrown away; no longer than it can take where no mark tells."""
        while self.speaking:
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(None if self._sending else self._over_at):
                    await self._changed.wait()

    async def run(self) -> None:
        """Speak what there is to say, one sentence after the other (LineClosed)."""
        while True:
            await self._more.wait()
            while self._queue:
                await self._say_next()
            self._more.clear()
            self._changed.set()

    async def _say_next(self) -> None:
        """Say one sentence in a task of its own, which `hush` may cancel."""
        self._saying = asyncio.create_task(self._say(self._queue.popleft()))
        try:
            await asyncio.wait({self._saying})
            if not self._saying.cancelled():
                self._saying.result()
        finally:
            self._saying.cancel()
            await asyncio.wait({self._saying})
            self._saying = None

    async def _say(self, sentence: Sentence) -> None:
        try:
            await self._send(sentence.text)
        except ProviderError as error:
            log.warning("voice_failed", voice=self._voice.name, provider=error.provider, fault=error.fault.value)
            self._account.unsaid(sentence)
            return
        await self._line.mark(self._playout.sent(sentence))

    async def _send(self, text: str) -> None:
        encoder: LineEncoder | None = None
        async for speech in self._voice.speak(spoken(text)):
            encoder = encoder or LineEncoder(self._sound, speech.rate_hz)
            await self._play(encoder.push(speech.samples))
        if encoder is not None:
            await self._play(encoder.flush())

    async def _play(self, data: bytes) -> None:
        a_second = self._sound.rate_hz * self._sound.sample_bytes
        piece = round(a_second * PIECE_SECONDS)
        for start in range(0, len(data), piece):
            part = data[start : start + piece]
            if (wait := self._pacer.wait(_now())) > 0:
                await asyncio.sleep(wait)
            await self._line.play(part)
            self._pacer.sent(len(part) / a_second, _now())
            self._playout.sounded(len(part) / a_second)


def _now() -> float:
    return asyncio.get_running_loop().time()
