"""The whole bench: every measure on one server, one after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvloop

from bench.durable.crowds import measure_crowds
from bench.durable.recovery import measure_recovery
from bench.durable.replicas import measure_replicas
from bench.durable.sizes import Sizes
from bench.durable.subscribers import measure_subscribers
from bench.durable.trips import measure_trips
from bench.figures import Findings
from bench.machine import describe_machine
from bench.turns.lab import Lab, open_lab
from bench.turns.run import open_place, postgres_version

Measure = Callable[[Lab, Sizes], Awaitable[Findings]]
Tell = Callable[[str], None]

MEASURES: dict[str, Measure] = {
    "many callers at once": measure_crowds,
    "round trips and bytes": measure_trips,
    "recovery": measure_recovery,
    "subscribers": measure_subscribers,
    "a second replica": measure_replicas,
}


def run_durable(sizes: Sizes, tell: Tell, folder: Path) -> tuple[dict[str, Any], Findings]:
    """Run every measure on the event loop of the server; nothing is left in `folder` afterwards.

    Returns:
        The facts about the machine, and what was found.
    """
    with open_place(folder) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(sizes, tell, place))


async def _run(sizes: Sizes, tell: Tell, place: Path) -> tuple[dict[str, Any], Findings]:
    machine, findings = describe_machine(), Findings()
    async with open_lab(place / "lab") as lab:
        machine["postgres"] = await postgres_version(lab)
        for name, measure in MEASURES.items():
            tell(name)
            findings.add(await measure(lab, sizes))
    return machine, findings
