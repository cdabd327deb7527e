"""The whole bench: every measure on one server, one after the other."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import uvloop

from bench.figures import Findings
from bench.machine import describe_machine
from bench.turns.agent_turn import measure_agent_turns
from bench.turns.crowd import measure_crowds
from bench.turns.growth import measure_growth
from bench.turns.lab import Lab, open_lab
from bench.turns.model_time import measure_model_time
from bench.turns.sizes import Sizes
from bench.turns.startup import measure_startup
from bench.turns.user_turn import measure_user_turns
from providers.postgres.embedded.default_dir import choose_data_dir

Measure = Callable[[Lab, Sizes], Awaitable[Findings]]
Tell = Callable[[str], None]
RunTurns = Callable[[Sizes, Tell, Path], tuple[dict[str, Any], Findings]]

MEASURES: dict[str, Measure] = {
    "turns of one caller at a time": measure_user_turns,
    "turns of the agent": measure_agent_turns,
    "many callers at once": measure_crowds,
    "a long call": measure_growth,
    "a slow model": measure_model_time,
}


def run_turns(sizes: Sizes, tell: Tell, folder: Path) -> tuple[dict[str, Any], Findings]:
    """Run every measure on the event loop of the server, start-up first; nothing is left in `folder` afterwards.

    Returns:
        The facts about the machine, and what was found.
    """
    with open_place(folder) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(sizes, tell, place))


async def _run(sizes: Sizes, tell: Tell, place: Path) -> tuple[dict[str, Any], Findings]:
    machine, findings = describe_machine(), Findings()
    tell("start-up of the server")
    findings.add(await measure_startup(place, sizes))
    async with open_lab(place / "lab") as lab:
        machine["postgres"] = await postgres_version(lab)
        for name, measure in MEASURES.items():
            tell(name)
            findings.add(await measure(lab, sizes))
    return machine, findings


@contextmanager
def open_place(folder: Path) -> Iterator[Path]:
    """Make a folder that the user of the embedded server may enter."""
    place = choose_data_dir(folder / f"turns-{uuid4().hex[:8]}")
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place)


async def postgres_version(lab: Lab) -> str:
    """Ask the server which one it is."""
    row = await (await lab.ours_sql.execute("SHOW server_version")).fetchone()
    return str(row["server_version"]) if row else "unknown"
