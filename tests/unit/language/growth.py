"""How what a text costs grows with it, beside plain words of its length: a slow machine is slow for both."""

from collections.abc import Callable
from time import thread_time
from timeit import repeat

LENGTH = 50_000
"""Characters: enough that the square of them is more than any honest work."""
_MOST = 60
"""How many times what plain words cost; figures and marks honestly cost up to ten times."""


def takes_its_length(work: Callable[[str], object], piece: str) -> bool:
    """Tell whether a text of one piece, again and again, costs about what its length does, not the square of it."""
    return _cost(work, piece) < _MOST * _cost(work, "hello ")


def _cost(work: Callable[[str], object], piece: str) -> float:
    """Measure the processor's time, seconds of this thread: the least of some, none of it the garbage collector's."""
    text = piece * (LENGTH // len(piece))
    return min(repeat(lambda: work(text), timer=thread_time, number=1, repeat=3))
