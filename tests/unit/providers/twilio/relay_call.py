"""A call in words whose answers are known."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field


@dataclass
class Scripted:
    """A call that answers in two sentences; `endless` answers say their first sentence and then nothing."""

    goodbye: str = ""
    endless: str = ""
    ended: bool = False
    notes: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self) -> AsyncGenerator[str, None]:
        """Greet."""
        yield "Hello."

    async def on_prompt(self, text: str) -> AsyncGenerator[str, None]:
        """Answer."""
        self.note(f"prompt {text}")
        try:
            yield f"You said {text}."
            if text == self.endless:
                self.note("endless")
                await asyncio.Event().wait()
            yield "Thank you."
        finally:
            self.note(f"done {text}")
        self.ended = text == self.goodbye

    async def on_digit(self, digit: str) -> AsyncGenerator[str, None]:
        """Note a key; only # is answered."""
        self.note(f"digit {digit}")
        if digit == "#":
            yield "Noted."

    async def on_interrupt(self, heard_text: str) -> None:
        """Note what was heard."""
        self.note(f"heard {heard_text}")

    def on_played(self, text: str) -> None:
        """Note what was played."""
        self.note(f"played {text}")

    async def on_said(self) -> AsyncGenerator[str, None]:
        """Nothing was decided."""
        for sentence in tuple[str, ...]():
            yield sentence

    async def heard_out(self) -> None:
        """Nothing is waited for."""

    async def close(self, *, over: bool) -> None:
        """Note the end."""
        self.note(f"closed {'over' if over else 'lost'}")

    def note(self, what: str) -> None:
        """Keep a note."""
        self.notes.append(what)
        self.news.set()

    async def noted(self, what: str) -> None:
        """Wait for a note."""
        async with asyncio.timeout(60):
            while what not in self.notes:
                self.news.clear()
                await self.news.wait()
