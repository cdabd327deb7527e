"""A line whose far end only looks on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from domain.errors import LineClosed
from ports.telephony import LineEvent, LineStart

START = LineStart("demo", "7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11", "call", "line")


@dataclass
class QuietLine:
    """Keeps what is shown, until it is gone; nothing is ever said on it."""

    start: LineStart = START
    gone: bool = False
    shown: list[tuple[str, bool]] = field(default_factory=list)

    async def events(self) -> AsyncIterator[LineEvent]:
        """Nothing comes."""
        return
        yield

    async def play(self, data: bytes) -> None:
        """Throw the sound away."""

    async def mark(self, name: str) -> None:
        """Never tell that it was played."""

    async def clear(self) -> None:
        """There is nothing to be thrown away."""

    async def show(self, text: str, *, final: bool) -> None:
        """Keep it (LineClosed)."""
        if self.gone:
            raise LineClosed
        self.shown.append((text, final))

    async def hang_up(self) -> None:
        """Be gone."""
        self.gone = True

    async def record(self) -> None:
        """There is nothing to record."""

    async def transfer(self, phone: str, summary: str) -> None:
        """There is nobody to hand over."""
