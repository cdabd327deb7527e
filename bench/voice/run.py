"""The whole bench: every measure, one after the other."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.course import Report, Tell, run_course, take_all
from bench.figures import Findings
from bench.machine import describe_machine
from bench.voice.answers import measure_answers, measure_own_share
from bench.voice.heard_text import measure_cuts, measure_line_cuts
from bench.voice.recognition import measure_recognition
from bench.voice.sizes import Sizes
from bench.voice.sound import measure_sound
from bench.voice.streams import measure_streams

MEASURES: dict[str, Callable[[Path, Sizes], Awaitable[Findings]]] = {
    "codec and change of rate": measure_sound,
    "answers of the built-in engines": measure_answers,
    "our own share of an answer": measure_own_share,
    "live streams": measure_streams,
    "random cuts": measure_cuts,
    "calls that are cut off": measure_line_cuts,
    "recognition": measure_recognition,
}


def run_voice(sizes: Sizes, tell: Tell, folder: Path) -> Report:
    """Run every measure; what was fetched stays in `folder`, nothing else does."""
    return run_course(lambda place: _run(sizes, tell, place), folder)


async def _run(sizes: Sizes, tell: Tell, place: Path) -> Report:
    return describe_machine(), await take_all(MEASURES, place, sizes, tell)
