"""The whole bench: every measure, one after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import uvloop

from bench.figures import Findings
from bench.machine import describe_machine
from bench.turns.run import open_place
from bench.voice.answers import measure_answers, measure_own_share
from bench.voice.heard_text import measure_cuts, measure_line_cuts
from bench.voice.recognition import measure_recognition
from bench.voice.sizes import Sizes
from bench.voice.sound import measure_sound
from bench.voice.streams import measure_streams

Measure = Callable[[Path, Sizes], Awaitable[Findings]]
Tell = Callable[[str], None]

MEASURES: dict[str, Measure] = {
    "codec and change of rate": measure_sound,
    "answers of the built-in engines": measure_answers,
    "our own share of an answer": measure_own_share,
    "live streams": measure_streams,
    "random cuts": measure_cuts,
    "calls that are cut off": measure_line_cuts,
    "recognition": measure_recognition,
}


def run_voice(sizes: Sizes, tell: Tell, folder: Path) -> tuple[dict[str, Any], Findings]:
    """Run every measure; what was fetched stays in `folder`, nothing else does.

    Returns:
        The facts about the machine, and what was found.
    """
    with open_place(folder) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(sizes, tell, place))


async def _run(sizes: Sizes, tell: Tell, place: Path) -> tuple[dict[str, Any], Findings]:
    machine, findings = describe_machine(), Findings()
    for name, measure in MEASURES.items():
        tell(name)
        findings.add(await measure(place, sizes))
    return machine, findings
