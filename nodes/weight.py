"""Work on words stays on the event loop while it is short, and leaves it when a turn is unusually long."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from nodes.state import TurnState

Result = TypeVar("Result")

HEAVY = 2_000
"""Characters of a turn and its window from which on reading them could hold other callers up; usual are hundreds."""


async def read_words(state: TurnState, work: Callable[[], Result]) -> Result:
    """Do `work`, which reads the turn's words: at once, or in a thread when there are many of them."""
    window = sum(len(turn["text"] or "") + len(turn.get("reply") or "") for turn in state.get("window", []))
    if len(state["raw_text"]) + window < HEAVY:
        return work()
    return await asyncio.to_thread(work)
