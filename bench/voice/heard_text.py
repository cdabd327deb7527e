"""Heard text against what was played: many random cuts on virtual time, and some through the simulated carrier."""

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.figures import Findings, Row
from bench.voice.cuts import Cuts, make_cuts
from bench.voice.far_end import WORD_BYTES
from bench.voice.places import let_call, open_desk
from bench.voice.sizes import Sizes
from language.sentences import split_sentences

PROCESSES = 2
AT_MOST = 1
"""Sentences that may have been played, in part or whole, without being claimed."""


async def measure_cuts(place: Path, sizes: Sizes) -> Findings:
    """Cut answers off at random bytes: mouth, playout and heard words as they are, line and clock made up."""
    cuts = await asyncio.to_thread(_in_processes, sizes.cuts)
    off = cuts.off
    figure = f"{cuts.unplayed} words claimed that were not played; {_spread(off)}"
    held = cuts.unplayed == 0 and cuts.most_fragments <= AT_MOST
    rows = [
        Row(
            f"Heard text after {len(cuts.outcomes):,} random cuts",
            figure,
            "no such word; one sentence fragment",
            held if sizes.full else None,
        ),
        Row("  most sentences that were played in part and not claimed", f"{cuts.most_fragments}"),
    ]
    raw = {"cuts": len(cuts.outcomes), "unplayed": cuts.unplayed, "off": dict(off), "fragments": cuts.most_fragments}
    return Findings(rows, {"cuts": raw})


def _in_processes(count: int) -> Cuts:
    """Share the cuts out."""
    shares = [range(start, count, PROCESSES) for start in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        return Cuts([outcome for cuts in pool.map(make_cuts, shares) for outcome in cuts.outcomes])


def _spread(off: Counter[int]) -> str:
    """Say after how many cuts so many sentences had been played, in part or whole, that are not claimed."""
    return "sentences off: " + ", ".join(f"{sentences} in {count:,}" for sentences, count in sorted(off.items()))


async def measure_line_cuts(place: Path, sizes: Sizes) -> Findings:
    """Cut whole calls off: the simulator's record of what was played against what the database says was heard."""
    async with open_desk(place) as telephone:
        orders = telephone.orders(("03",), calls=sizes.line_cuts, every=0.25, cut=True)
        found = await let_call(orders)
        cuts = [cut | {"heard": await telephone.ask(f"heard {cut['session']}")} for cut in found["cuts"]]
    unplayed, off = [_unplayed(cut) for cut in cuts], Counter(_off(cut) for cut in cuts)
    figure = f"{sum(unplayed)} words claimed that were not played; {_spread(off)}"
    held = sum(unplayed) == 0 and max(off) <= AT_MOST
    row = Row(f"  {len(cuts)} calls cut off by the simulated carrier", figure, "", held if sizes.full else None)
    return Findings([row], {"line_cuts": cuts})


def _unplayed(cut: dict[str, Any]) -> int:
    """Words that were claimed beyond all that were played: the voice hums each for the same number of bytes."""
    claimed = sum(len(heard.split()) for heard in cut["heard"])
    return int(max(0, claimed - cut["played"] // WORD_BYTES))


def _off(cut: dict[str, Any]) -> int:
    """Sentences whose sound was played to the end, and its mark reached, and that were not claimed."""
    return max(0, _whole(cut["marks"]) - sum(len(split_sentences(heard)) for heard in cut["heard"]))


def _whole(marks: Sequence[dict[str, int]]) -> int:
    return sum(mark["sent"] == mark["played"] > 0 for mark in marks)
