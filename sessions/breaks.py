"""Turns that break when they are run: how long each rests, and which of them nothing will help.

An error that waiting can help, a lost database above all, is waited for without end. Another one may be a mistake in
this process's version alone, so a turn is left to other processes for a while, too.
"""

from collections import Counter

from graph.faults import is_retryable
from ports.store import RecordStore
from sessions.waiting import Turn

FIRST_REST_SECONDS = 0.2
LONGEST_REST_SECONDS = 10.0

DOUBLINGS = 6
"""Rests after which they grow no more."""

MOST = 7
"""How often a turn may break for good: its rests until then are 23 s, less than closing a session waits."""

REASON = "receive:kept_breaking"
"""What `degraded` says of a turn that broke as often."""


class Breaks:
    """What this process remembers of the turns that broke here."""

    def __init__(self, records: RecordStore) -> None:
        self._records = records
        self._tries: Counter[Turn] = Counter()
        self._for_good: Counter[Turn] = Counter()

    def count(self, turn: Turn, error: BaseException) -> int:
        """Remember that a turn broke, and return how often it has."""
        self._tries[turn] += 1
        self._for_good[turn] += not is_retryable(error)
        return self._tries[turn]

    def rest(self, turn: Turn) -> float:
        """Seconds to leave a turn alone that has broken."""
        return min(FIRST_REST_SECONDS * 2.0 ** min(self._tries[turn] - 1, DOUBLINGS), LONGEST_REST_SECONDS)

    def hopeless(self, turn: Turn) -> bool:
        """True when a turn is to be ended and not run again."""
        return self._for_good[turn] >= MOST

    def forget(self, turn: Turn) -> None:
        """Forget a turn that has ended."""
        self._tries.pop(turn, None)
        self._for_good.pop(turn, None)

    async def forget_ended(self) -> None:
        """Forget the turns that another process has ended, or that were erased with their session."""
        for session, turn_id in list(self._tries):
            receipt = await self._records.turn(*session, turn_id)
            if receipt is None or receipt.result is not None:
                self.forget((session, turn_id))
