"""The course of a bench: one measure after the other, on the event loop of the server."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import uvloop

from bench.figures import Findings
from providers.postgres.embedded.default_dir import choose_data_dir

Tell = Callable[[str], None]
Report = tuple[dict[str, Any], Findings]
"""The facts about the machine, and what was found."""

Where = TypeVar("Where")
Sizes = TypeVar("Sizes")


def run_course(course: Callable[[Path], Coroutine[Any, Any, Report]], folder: Path) -> Report:
    """Run a course in a place of its own inside `folder`, of which nothing is left."""
    with _open_place(folder) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(course(place))


async def take_all(
    measures: Mapping[str, Callable[[Where, Sizes], Awaitable[Findings]]], where: Where, sizes: Sizes, tell: Tell
) -> Findings:
    """Take measures in their order, and tell the name of each before it begins."""
    findings = Findings()
    for name, measure in measures.items():
        tell(name)
        findings.add(await measure(where, sizes))
    return findings


@contextmanager
def _open_place(folder: Path) -> Iterator[Path]:
    """Make a folder that the user of the embedded server may enter."""
    place = choose_data_dir(folder / f"bench-{uuid4().hex[:8]}")
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place)
