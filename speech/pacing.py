"""How far ahead of the listener a line is: sound is sent early enough to be there, and no earlier."""

from datetime import timedelta

AHEAD = timedelta(seconds=2)
"""So much unplayed sound may lie at the other end: enough to bridge a hiccup, little enough to be thrown away."""


class Pacer:
    """Counts seconds of sound sent against the clock; times in seconds of any steady clock."""

    def __init__(self, ahead: timedelta = AHEAD) -> None:
        self._ahead = ahead.total_seconds()
        self._ends = 0.0

    @property
    def ends(self) -> float:
        """When the other side has played all that was sent, as far as the clock can tell."""
        return self._ends

    def sent(self, seconds: float, now: float) -> None:
        """Note that so much more sound was sent."""
        self._ends = max(self._ends, now) + seconds

    def cleared(self, now: float) -> None:
        """Note that what was not played has been thrown away."""
        self._ends = min(self._ends, now)

    def wait(self, now: float) -> float:
        """Seconds to wait before more may be sent; 0 when the listener needs it."""
        return max(0.0, self._ends - now - self._ahead)
