"""From the end of speech to the first byte of the answer, as the caller's telephone hears it."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bench.figures import Findings, Row, median, quantile
from bench.voice.places import Telephone, let_call, open_desk, open_shipped
from bench.voice.sizes import Sizes

BAR_MS, OUR_BAR_MS = 200.0, 30.0
SERVICES = 2
SETTLE_S = 1.0
"""Opening calls are spread over so many seconds for each ten of them."""


async def measure_answers(place: Path, sizes: Sizes) -> Findings:
    """Call the server as it ships: its own recogniser and voice, one call, words that the playbook knows."""
    async with open_shipped(place) as telephone:
        orders = telephone.orders(sizes.spoken, turns=sizes.answers + sizes.warm_up, quiet=0.3)
        found = await let_call(orders)
    found["answers_ms"] = found["answers_ms"][sizes.warm_up :]
    row = _row("End of speech to first byte of the answer, built-in engines, one call", found, BAR_MS, sizes)
    return Findings([row], {"answers": found})


async def measure_own_share(place: Path, sizes: Sizes) -> Findings:
    """Call services whose recogniser and voice take no time: one call, then a crowd at once, on one and on two."""
    rows, raw = [], {}
    for services in (1, SERVICES) if sizes.full else (1,):
        async with AsyncExitStack() as stack:
            desks = [await stack.enter_async_context(open_desk(place)) for _ in range(services)]
            for crowd in sorted({1, sizes.crowd}) if services == 1 else (sizes.crowd,):
                found = raw[f"{crowd} on {services}"] = await _crowd(desks, crowd, sizes)
                judged = OUR_BAR_MS if crowd == sizes.crowd and services == 1 else None
                rows.append(
                    _row(f"The same without recognition and voice, {_said(crowd, services)}", found, judged, sizes)
                )
    return Findings(rows, {"own_share": raw})


async def _crowd(desks: Sequence[Telephone], crowd: int, sizes: Sizes) -> dict[str, Any]:
    """Have so many calls made at once, shared out to the services, and put together what their callers found."""
    every = SETTLE_S / 10 * len(desks) if crowd > 1 else 0.0
    warm_up = sizes.warm_up if crowd == 1 else 0
    wanted = {"calls": crowd // len(desks), "every": every, "turns": sizes.crowd_answers + warm_up, "quiet": 0.5}
    found = await asyncio.gather(*(let_call(desk.orders(("03",), **wanted)) for desk in desks))
    return {
        "answers_ms": [each for one in found for each in one["answers_ms"]][warm_up:],
        "unanswered": sum(one["unanswered"] for one in found),
        "late_p99": max(one["late_p99"] for one in found),
    }


def _said(crowd: int, services: int) -> str:
    calls = f"{crowd} calls at once" if crowd > 1 else "one call"
    return f"{calls}, {services} services" if services > 1 else calls


def _row(what: str, found: dict[str, Any], bar_ms: float | None, sizes: Sizes) -> Row:
    times = found["answers_ms"]
    if not times:
        return Row(what, "nothing was answered", f"p95 under {bar_ms:g} ms" if bar_ms else "", False)
    p95 = quantile(times, 0.95)
    figure = f"p50 {median(times):.0f} ms, p95 {p95:.0f} ms (n {len(times)})"
    if found["unanswered"]:
        figure += f", {found['unanswered']} without an answer"
    if bar_ms is None:
        return Row(what, figure)
    return Row(what, figure, f"p95 under {bar_ms:g} ms", p95 < bar_ms if sizes.full else None)
