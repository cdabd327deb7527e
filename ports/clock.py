"""Time, so that tests and replays can choose it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Return the time, with its zone."""
        ...


class SystemClock:
    """The machine's own time, in UTC."""

    def now(self) -> datetime:
        """Return the time in UTC."""
        return datetime.now(UTC)
