"""`parley`, in a process that ends itself by SIGKILL at a point named beforehand: `node:after:clean:2`, `sql:before:5`.

The product has no hooks for that: what is counted is wrapped from here. Statements count from the first accepted turn.
What a dead process held lapses in seconds, so that many deaths fit into a minute.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

PEN, DELIVERY = timedelta(seconds=2), timedelta(seconds=4)
STALLED_SECONDS = 3.0
ACCEPTING = "next_seq = next_seq + 1"


class Fuse:
    """Burns down at each boundary of one kind."""

    def __init__(self, left: int) -> None:
        self.left = left

    def burn(self) -> None:
        """Count down, and end the process at zero."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def kill_at_node(side: str, name: str, nth: int) -> None:
    """Die before or after the nth run of a node."""
    from graph import turn
    from graph.timing import timed

    fuse = Fuse(nth)

    def timed_until_killed(node_name: str, node: Any, run_node: Any) -> Any:
        return timed(node_name, node, _fused(run_node, side, fuse) if node_name == name else run_node)

    vars(turn)["timed"] = timed_until_killed


def kill_at_statement(side: str, nth: int) -> None:
    """Die before the nth message to the database is sent, or after its answer has come."""
    from providers.postgres.database import Database

    fuse, send, armed = Fuse(nth), Database._send, False

    async def send_until_killed(self: Any, query: Any, values: Any) -> Any:
        nonlocal armed
        armed = armed or ACCEPTING in query
        if armed and side == "before":
            fuse.burn()
        rows = await send(self, query, values)
        if armed and side == "after":
            fuse.burn()
        return rows

    Database._send = send_until_killed  # type: ignore[method-assign]


def hasten() -> None:
    """Let what a dead process held lapse soon: the pens of its sessions, its jobs, what it was delivering."""
    from providers.postgres.jobs import queue
    from providers.webhooks import deliverer
    from sessions import delivery, runner

    runner.LEASE = PEN
    delivery.LEASE = DELIVERY
    deliverer.TIMEOUT_SECONDS = DELIVERY.total_seconds() / 2
    queue.STALLED_SECONDS, queue.HEARTBEAT_SECONDS = STALLED_SECONDS, STALLED_SECONDS / 4


def _fused(run_node: Callable[..., Any], side: str, fuse: Fuse) -> Callable[..., Any]:
    async def run(*args: Any, **kwargs: Any) -> Any:
        if side == "before":
            fuse.burn()
        update = await run_node(*args, **kwargs)
        if side == "after":
            fuse.burn()
        return update

    return run


def main() -> None:
    """Arm the point that the first argument names (`none` for none), and be `parley` with the others."""
    point = sys.argv.pop(1)
    match point.split(":"):
        case ["node", side, name, nth]:
            kill_at_node(side, name, int(nth))
        case ["sql", side, nth]:
            kill_at_statement(side, int(nth))
        case ["none"]:
            pass
        case _:
            raise SystemExit(f"no such point: {point}")
    hasten()
    from cli.main import run

    run()


if __name__ == "__main__":
    main()
