"""How long each node took, as the turn's own `timings` tell it."""

import time
from functools import update_wrapper
from typing import Any, Protocol


class Node(Protocol):
    """A step of a turn: reads the state, returns an update of it."""

    async def __call__(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Do the step."""
        ...


def timed(name: str, node: Any) -> Node:
    """Wrap a node so that its update also says how long it took (ms)."""

    async def run(*args: Any, **kwargs: Any) -> dict[str, Any]:
        started = time.perf_counter()
        update: dict[str, Any] = await node(*args, **kwargs)
        return {**update, "timings": {name: (time.perf_counter() - started) * 1000}}

    # LangGraph reads off the wrapped method which arguments (config, runtime) a node wants.
    return update_wrapper(run, type(node).__call__.__get__(node))
