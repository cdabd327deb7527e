"""How long each node took, as the turn's own `timings` tell it."""

import time
from functools import update_wrapper
from typing import Any, Protocol

from langgraph.types import Overwrite


class Node(Protocol):
    """A step of a turn: reads the state, returns an update of it."""

    async def __call__(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Do the step."""
        ...


def timed(name: str, node: Any, run_node: Node) -> Node:
    """Wrap `run_node`, which runs `node`, so that its update also says how long it took (ms)."""

    async def run(*args: Any, **kwargs: Any) -> dict[str, Any]:
        started = time.perf_counter()
        update: dict[str, Any] = await run_node(*args, **kwargs)
        spent = {name: (time.perf_counter() - started) * 1000}
        # A node that resets the times (receive does) says so by bringing some of its own.
        return {**update, "timings": Overwrite(spent) if "timings" in update else spent}

    # LangGraph reads off the wrapped method which arguments (config, runtime) a node wants.
    return update_wrapper(run, type(node).__call__.__get__(node))
