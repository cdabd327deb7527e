"""How much is measured: enough to judge, or just enough to see that every measure works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """The extent of a run; bars are judged in a full run only."""

    full: bool = True
    crowds: tuple[int, ...] = (1, 8, 32, 128)
    judged_crowd: int = 32
    seconds: float = 3.0
    """Length of one block."""
    rounds: int = 3
    turns: int = 30
    """Turns whose round trips and bytes are counted."""
    open_turns: int = 100
    subscribers: int = 200
    events: int = 50
    replica_seconds: float = 4.0


FULL = Sizes()
QUICK = Sizes(
    full=False,
    crowds=(1, 32),
    seconds=0.3,
    rounds=1,
    turns=3,
    open_turns=6,
    subscribers=10,
    events=5,
    replica_seconds=0.5,
)
