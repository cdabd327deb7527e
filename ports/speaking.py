"""What was said aloud and what of it was heard: rows that outlive the process that speaks."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Unheard:
    """A turn whose words were not heard to their end: `said` as a whole, `heard` so far."""

    turn_id: str
    said: str
    heard: str


class SpeakingStore(Protocol):
    """Keeps what the other side has heard of a turn that is spoken (`NewTurn.aloud`)."""

    async def started(self, tenant_id: str, session_id: str, turn_id: str) -> None:
        """Tell that the first words are on their way: `reply_started`, once a turn."""
        ...

    async def heard(self, tenant_id: str, session_id: str, turn_id: str, heard: str) -> None:
        """Keep what has certainly been heard so far."""
        ...

    async def finished(self, tenant_id: str, session_id: str, turn_id: str, heard: str, *, interrupted: bool) -> None:
        """Keep what was heard in the end, and tell it: `reply_finished`, once a turn."""
        ...

    async def unheard(self, tenant_id: str, session_id: str) -> Unheard | None:
        """The newest turn whose words nobody finished; None when all was said."""
        ...
