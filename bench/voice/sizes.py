"""How much is measured: enough to judge, or just enough to see that every measure works."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sizes:
    """The extent of a run; bars are judged in a full run only."""

    full: bool = True
    chunks: int = 2_000
    """Chunks of 20 ms in a block that is timed."""
    rounds: int = 7
    answers: int = 6
    """Turns of the one call on the server as it ships."""
    spoken: tuple[str, ...] = ("01", "02")
    """Which of the scenario's sounds are said there, in turn."""
    warm_up: int = 1
    """First turns of the one call that do not count: a recogniser starts, a process reads and compiles."""
    crowd: int = 100
    """Calls at once whose answers are timed."""
    crowd_answers: int = 3
    """Turns of each of them."""
    streams: tuple[int, ...] = (100, 200, 300, 500)
    stream_loads: int = 3
    """Kinds of load, the judged one first."""
    stream_seconds: float = 4.0
    cuts: int = 10_000
    line_cuts: int = 48
    """Cuts of whole calls, by the simulated carrier."""
    prompts: int = 60
    """Recorded prompts that are recognised."""
    prompts_folder: Path | None = None
    """Where the prompts and their transcript lie; None fetches them."""


FULL = Sizes()
QUICK = Sizes(
    full=False,
    chunks=50,
    rounds=1,
    answers=1,
    spoken=("03",),
    warm_up=0,
    crowd=1,
    crowd_answers=1,
    streams=(2,),
    stream_loads=1,
    stream_seconds=0.5,
    cuts=60,
    line_cuts=2,
    prompts=2,
)
