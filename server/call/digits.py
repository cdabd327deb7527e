"""Keys pressed one after the other, collected until # or a pause."""

from datetime import timedelta

PAUSE = timedelta(seconds=2)
ENDS = "#"
MOST = 64


class Digits:
    """One line's keys; times in seconds of any steady clock."""

    def __init__(self) -> None:
        self._pressed = ""
        self._last = 0.0

    def press(self, digit: str, now: float) -> str | None:
        """Take a key; returns what was entered when it is complete."""
        self._last = now
        if digit != ENDS:
            self._pressed += digit
        return self._take() if digit == ENDS or len(self._pressed) == MOST else None

    def pause(self, now: float) -> str | None:
        """Return what was entered when no key has been pressed for a while."""
        return self._take() if self._pressed and now - self._last >= PAUSE.total_seconds() else None

    def left(self, now: float) -> float | None:
        """Seconds until the pause is long enough; None when no key waits for it."""
        return max(0.0, self._last + PAUSE.total_seconds() - now) if self._pressed else None

    def _take(self) -> str | None:
        pressed, self._pressed = self._pressed, ""
        return pressed or None
