"""When nobody says anything: a gentle prompt, once more, then a polite end."""

from datetime import timedelta

PATIENCE = timedelta(seconds=7)
PROMPTS = 2


class Patience:
    """Counts silences; times in seconds of any steady clock."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._prompts = 0

    @property
    def prompts(self) -> int:
        """Silences in a row that ran out."""
        return self._prompts

    @property
    def over(self) -> bool:
        """True when there were so many that it is time to end."""
        return self._prompts > PROMPTS

    def busy(self) -> None:
        """Somebody speaks or is about to: no silence."""
        self._since = None

    def answered(self) -> None:
        """The caller has said something: the counting begins anew."""
        self._since, self._prompts = None, 0

    def runs_out(self, now: float) -> bool:
        """Tell whether nobody has said anything for too long; each time it does, it counts."""
        if self._since is None:
            self._since = now
        if now - self._since < PATIENCE.total_seconds():
            return False
        self._since, self._prompts = None, self._prompts + 1
        return True
