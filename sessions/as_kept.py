"""A turn that ends without being run (any more): its words, what its calls had done before, and why."""

import time
from typing import cast

from domain.turn import TurnResult
from nodes.notify import result_of
from nodes.state import TurnState, begin_turn
from ports.records import OpenTurn


def result_as_kept(opened: OpenTurn, reason: str) -> TurnResult:
    """Make the result of a turn as its rows stand; `degraded` has the reason and nothing else."""
    state = begin_turn(opened, started=time.perf_counter())
    said = opened.raw_text or "" if opened.cleaned_text is None else opened.cleaned_text
    ended = {"cleaned_text": said, "degraded": [reason], "timings": {}, "served": opened.served}
    return result_of(cast(TurnState, state | ended))
