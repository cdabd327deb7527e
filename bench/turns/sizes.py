"""How much is measured: enough for a 99th percentile, or just enough to see that every measure works."""

from dataclasses import dataclass, replace
from datetime import timedelta


@dataclass(frozen=True)
class Sizes:
    """The extent of a run; bars are judged in a full run only."""

    full: bool = True
    alone: int = 120
    """Turns of one session at a time, for each engine and round."""
    rounds: int = 4
    seconds: float = 4.0
    """Length of one block with many sessions at once."""
    crowds: tuple[int, ...] = (1, 32, 100)
    judged_crowd: int = 32
    agent_turns: int = 400
    old: int = 1_000
    """The late turn that is compared with turn 10."""
    pairs: int = 15
    """New calls whose turns 10 to 19 are timed beside late ones."""
    model_turns: int = 10
    latency: timedelta = timedelta(milliseconds=400)
    starts: int = 5
    rest: float = 2.0
    """Seconds a started server is left alone before its memory is read."""

    def lasting(self, seconds: float | None) -> "Sizes":
        """The same with blocks of another length."""
        return self if seconds is None else replace(self, seconds=seconds)


FULL = Sizes()

QUICK = Sizes(
    full=False,
    alone=5,
    rounds=1,
    seconds=0.3,
    crowds=(8, 32),
    agent_turns=8,
    old=40,
    pairs=1,
    model_turns=2,
    latency=timedelta(milliseconds=100),
    starts=1,
    rest=0.2,
)
