"""Live media streams on two cores: how late a chunk of sound is handled, as the streams grow in number."""

import asyncio
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from bench.figures import Findings, Row
from bench.voice.places import CALLERS, TALKERS, Telephone, open_callers, open_desk
from bench.voice.sizes import Sizes
from bootstrap.activity import choose_activity
from bootstrap.speech_settings import AutoActivity

BAR_MS, BAR_STREAMS, GOAL_STREAMS = 20.0, 300, 500
SERVER_CORES = 2
A_SECOND = 20
"""Calls that begin in a second, over all processes of callers."""
PAUSE_S = 6.0
"""How long a caller in conversation listens before the next words: a turn comes every dozen seconds."""
LONG_S = 56.0
"""How long a caller talks on: no utterance is longer than 60 s, so no turn is run meanwhile."""
SETTLE_S = 4.0
OPENS_S = 10.0
"""So long after the last call began its line may take to be open."""
LOOK_S = 0.25
LOST_MS = 500.0
"""With such a lag the server has fallen behind, and more streams would tell nothing."""


@dataclass(frozen=True)
class Cores:
    """Who runs where: the service with Postgres on two cores, callers on the others if there are any."""

    server: tuple[int, ...]
    callers: tuple[int, ...]

    def __str__(self) -> str:
        beside = f"callers on {len(self.callers)} others" if self.callers else "callers on the same"
        return f"service and Postgres on {len(self.server)} cores, {beside}"


def share_cores() -> Cores:
    """Share the cores of this process out; a system that cannot do so runs everything anywhere."""
    if not hasattr(os, "sched_getaffinity"):
        return Cores((), ())
    cores = sorted(os.sched_getaffinity(0))
    return Cores(tuple(cores[:SERVER_CORES]), tuple(cores[SERVER_CORES:]))


@dataclass(frozen=True)
class Load:
    """What the callers of one row do, which detector listens, and how many services share the lines on their cores.

    `judged` says whether the bar is for it.
    """

    what: str
    detector: str
    does: dict[str, float]
    services: int = 1
    judged: bool = False

    def __str__(self) -> str:
        several = f", {self.services} services" if self.services > 1 else ", 1 service"
        return f"{self.what}, {self.detector}{several}"


async def measure_streams(place: Path, sizes: Sizes) -> Findings:
    """Let the streams grow in number: callers who talk on, with each detector, and callers in conversation."""
    findings, cores = Findings(), share_cores()
    best = choose_activity(AutoActivity()).kind
    talk, converse = {"long": LONG_S}, {"pause": PAUSE_S, "turns": 50}
    loads = [Load("talking on", best, talk, services=SERVER_CORES, judged=True), Load("talking on", best, talk)]
    if best != "energy":
        loads.append(Load("talking on", "energy", talk, services=SERVER_CORES))
    loads.append(Load("in conversation", best, converse, services=SERVER_CORES))
    for load in loads[: sizes.stream_loads]:
        findings.add(_found(load, await _grow(place, load, cores, sizes), sizes))
    findings.notes["Live streams"] = (
        f"{cores}; recogniser and voice are doubles. A service is one process, which uses one core of Python, so that "
        "it takes two for two cores; they share one database. Callers in conversation are answered "
        "every dozen seconds. Lag counts from when a chunk was due until it was handled, the callers' lateness included"
    )
    return findings


async def _grow(place: Path, load: Load, cores: Cores, sizes: Sizes) -> list[dict[str, Any]]:
    """Return what each number of streams did to a window of some seconds."""
    windows: list[dict[str, Any]] = []
    async with AsyncExitStack() as services, AsyncExitStack() as callers:
        desks = [
            await services.enter_async_context(open_desk(place, detector=load.detector, cores=cores.server))
            for _ in range(load.services)
        ]
        open_now = 0
        for streams in sizes.streams:
            await _call(callers, desks, streams - open_now, load, cores)
            open_now = streams
            try:
                windows.append(await _window(desks, streams, sizes.stream_seconds))
            except TimeoutError:
                windows.append({"streams": streams, "lines": 0})
            if _is_lost(windows[-1]):
                break
    return windows


async def _window(desks: Sequence[Telephone], streams: int, seconds: float) -> dict[str, Any]:
    """Measure for some seconds once all lines are open (TimeoutError when a server does not answer any more)."""
    await _until_open(desks, streams)
    await asyncio.sleep(SETTLE_S)
    await _ask(desks, "begin")
    await asyncio.sleep(seconds)
    return {"streams": streams, **_together(await _ask(desks, "end"))}


async def _ask(desks: Sequence[Telephone], command: str) -> list[dict[str, Any]]:
    return list(await asyncio.gather(*(desk.ask(command) for desk in desks)))


def _together(windows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Add up what several services did; the lag is that of the slowest."""
    worst = {name: max(window[name] for window in windows) for name in ("p50", "p99", "max")}
    return worst | {name: sum(window[name] for window in windows) for name in ("lines", "chunks", "cpu_s")}


def _is_lost(window: dict[str, Any]) -> bool:
    """Tell whether the server has fallen behind, or has not taken all lines."""
    return bool(window["lines"] < window["streams"] or window["p50"] > LOST_MS)


async def _call(stack: AsyncExitStack, desks: Sequence[Telephone], calls: int, load: Load, cores: Cores) -> None:
    """Have so many calls begin, shared out to as many processes as callers have cores, and to the services in turn."""
    processes = max(min(len(cores.callers), calls), len(desks))
    program = TALKERS if "long" in load.does else CALLERS
    for share in range(processes):
        mine = cores.callers[share % len(cores.callers) :][:1] if cores.callers else ()
        each = calls // processes + (share < calls % processes)
        desk = desks[share % len(desks)]
        orders = desk.orders(("03",), calls=each, every=processes / A_SECOND, cores=mine, **load.does)
        await stack.enter_async_context(open_callers(orders, program))


async def _until_open(desks: Sequence[Telephone], streams: int) -> None:
    """Wait until so many lines are open, or until they should have been."""
    for _ in range(round((streams / A_SECOND + OPENS_S) / LOOK_S)):
        if sum(window["lines"] for window in await _ask(desks, "begin")) >= streams:
            return
        await asyncio.sleep(LOOK_S)


def _found(load: Load, windows: Sequence[dict[str, Any]], sizes: Sizes) -> Findings:
    held = _held(windows)
    head = Row(
        f"Live streams with lag p99 under {BAR_MS:g} ms, {load}",
        f"{held}",
        f"at least {BAR_STREAMS}, goal {GOAL_STREAMS}" if load.judged else "",
        held >= BAR_STREAMS if load.judged and sizes.full else None,
    )
    rows = [_row(window, sizes.stream_seconds) for window in windows]
    return Findings([head, *rows], {f"streams {load}": list(windows)})


def _held(windows: Sequence[dict[str, Any]]) -> int:
    """The largest number up to which every window was in time."""
    held = 0
    for window in windows:
        if window.get("p99", inf) >= BAR_MS or window["lines"] < window["streams"]:
            break
        held = int(window["streams"])
    return held


def _row(window: dict[str, Any], seconds: float) -> Row:
    what = f"  {window['streams']} streams"
    if "p99" not in window:
        return Row(what, "the server did not answer any more")
    if window["lines"] < window["streams"]:
        return Row(what, f"only {window['lines']} were open")
    lag = f"lag p50 {window['p50']:.1f} ms, p99 {window['p99']:.1f} ms, worst {window['max']:.0f} ms"
    each = window["cpu_s"] / max(window["chunks"], 1) * 1e6
    return Row(what, f"{lag}; {window['cpu_s'] / seconds:.2f} cores, {each:.0f} us a chunk")
