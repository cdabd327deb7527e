"""The far end of a line that knows to the byte what was played, and a voice that knows which word is on its way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from domain.errors import LineClosed
from ports.telephony import HungUp, LineEvent, LineStart
from ports.text_to_speech import Speech
from providers.scripted.text_to_speech import HummingVoice
from speech.framing import RATE_HZ

WORD_MS = 100
WORD_BYTES = RATE_HZ * WORD_MS // 1_000


@dataclass
class CountingVoice(HummingVoice):
    """Hums 100 ms a word; `words` are those that were begun, in order."""

    word_ms: int = WORD_MS
    words: list[str] = field(default_factory=list)

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Hum the text, a word a piece."""
        texts = iter(text.split())
        async for speech in super().speak(text):
            self.words.append(next(texts))
            yield speech


@dataclass(frozen=True)
class _Span:
    """Sound of one word, by its number: from when it plays, and how many bytes."""

    at: float
    size: int
    word: int


class FarEnd:
    """One line's telephone: it plays without gaps, echoes marks `delay` seconds after their sound, and can be cut."""

    def __init__(self, start: LineStart, voice: CountingVoice, delay: float) -> None:
        self.start = start
        self.echo: Callable[[str], None] = lambda mark: None
        self._voice = voice
        self._delay = delay
        self._spans: list[_Span] = []
        self._marks: dict[str, asyncio.TimerHandle] = {}
        self._ends = 0.0
        self._hung = False
        self._gone = False

    async def events(self) -> AsyncIterator[LineEvent]:
        """Nothing but the end comes this way: marks are echoed straight away."""
        yield HungUp("never called", over=True)

    async def play(self, data: bytes) -> None:
        """Queue sound of the word that the voice is at (LineClosed)."""
        self._check()
        if self._hung:
            return
        begins = max(self._ends, _now())
        self._spans.append(_Span(begins, len(data), len(self._voice.words) - 1))
        self._ends = begins + len(data) / RATE_HZ

    async def mark(self, name: str) -> None:
        """Echo the name once all that was queued has been played (LineClosed)."""
        self._check()
        if self._hung:
            return
        at = max(self._ends, _now()) + self._delay
        self._marks[name] = asyncio.get_running_loop().call_at(at, self._echo, name)

    async def clear(self) -> None:
        """Throw away what is not played; its marks come back too (LineClosed)."""
        self._check()
        self.stop()
        for name, handle in self._waiting():
            handle.cancel()
            asyncio.get_running_loop().call_later(self._delay, self._echo, name)

    async def show(self, text: str, *, final: bool) -> None:
        """A telephone has no eyes."""

    async def hang_up(self) -> None:
        """End the line."""
        self.lose()

    async def record(self) -> None:
        """Nothing is recorded."""

    async def transfer(self, phone: str, summary: str) -> None:
        """End the line: somebody else has it."""
        self.lose()

    def stop(self) -> None:
        """Play no further: what is queued is cut at this moment, to the byte."""
        now = _now()
        cut = ((span, min(span.size, round((now - span.at) * RATE_HZ))) for span in self._spans)
        self._spans = [_Span(span.at, size, span.word) for span, size in cut if size > 0]
        self._ends = now

    def lose(self) -> None:
        """Break the line: nothing more is played, and no mark comes back."""
        self.stop()
        self._gone = True
        for handle in self._marks.values():
            handle.cancel()

    def hang(self, over: Callable[[], None]) -> None:
        """Put the receiver down; who is at the other end learns it after the marks that were reached before."""
        self.stop()
        self._hung = True
        for _, handle in self._waiting():
            handle.cancel()
        asyncio.get_running_loop().call_later(self._delay, over)

    def played(self) -> set[int]:
        """Return the numbers of the words that were played whole by now."""
        now = _now()
        sizes: dict[int, int] = {}
        for span in self._spans:
            heard = min(span.size, round((now - span.at) * RATE_HZ))
            sizes[span.word] = sizes.get(span.word, 0) + max(heard, 0)
        return {word for word, size in sizes.items() if size == WORD_BYTES}

    def _waiting(self) -> list[tuple[str, asyncio.TimerHandle]]:
        """Return the marks whose sound has not been played, and when they would come back."""
        reached = _now() + self._delay
        return [(name, handle) for name, handle in self._marks.items() if handle.when() > reached]

    def _echo(self, name: str) -> None:
        del self._marks[name]
        self.echo(name)

    def _check(self) -> None:
        if self._gone:
            raise LineClosed("the line is gone")


def _now() -> float:
    return asyncio.get_running_loop().time()
