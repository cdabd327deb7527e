"""The whole bench: every measure on one server, one after the other."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bench.course import Report, Sizes, Tell, run_course, take_all
from bench.figures import Findings
from bench.machine import describe_machine
from bench.turns.agent_turn import measure_agent_turns
from bench.turns.crowd import measure_crowds
from bench.turns.growth import measure_growth
from bench.turns.lab import Lab, open_lab
from bench.turns.model_time import measure_model_time
from bench.turns.sizes import Sizes as TurnSizes
from bench.turns.startup import measure_startup
from bench.turns.user_turn import measure_user_turns

MEASURES: dict[str, Callable[[Lab, TurnSizes], Awaitable[Findings]]] = {
    "turns of one caller at a time": measure_user_turns,
    "turns of the agent": measure_agent_turns,
    "many callers at once": measure_crowds,
    "a long call": measure_growth,
    "a slow model": measure_model_time,
}


def run_turns(sizes: TurnSizes, tell: Tell, folder: Path) -> Report:
    """Run every measure, start-up first; nothing is left in `folder` afterwards."""
    return run_course(lambda place: _run(sizes, tell, place), folder)


async def _run(sizes: TurnSizes, tell: Tell, place: Path) -> Report:
    findings = await take_all({"start-up of the server": measure_startup}, place, sizes, tell)
    machine, found = await take_in_lab(MEASURES, place, sizes, tell)
    findings.add(found)
    return machine, findings


async def take_in_lab(
    measures: Mapping[str, Callable[[Lab, Sizes], Awaitable[Findings]]], place: Path, sizes: Sizes, tell: Tell
) -> Report:
    """Take measures in one lab, whose server is named beside the machine."""
    async with open_lab(place / "lab") as lab:
        machine = describe_machine() | {"postgres": await _postgres_version(lab)}
        return machine, await take_all(measures, lab, sizes, tell)


async def _postgres_version(lab: Lab) -> str:
    """Ask the server which one it is."""
    row = await (await lab.ours_sql.execute("SHOW server_version")).fetchone()
    return str(row["server_version"]) if row else "unknown"
