"""Who is compared: our three durability modes with what each promises, and the peer in two."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bench.turns.clock import Engine
from bench.turns.lab import Lab

PROMISES = {
    "exit": "turn, plan, effects and result commit in their tables; one checkpoint at the end of the run",
    "async": "the same, and a checkpoint after every step, written while the next one runs",
    "sync": "the same, and a checkpoint after every step before the next one starts",
}
"""What holds after a crash in each mode: the first half is why no mode loses a turn or doubles an effect."""

OURS = tuple(PROMISES)
OUR_DEFAULT = "exit"
STOCK, STOCK_SYNC = "stock", "stock sync"
ALL = (*OURS, STOCK, STOCK_SYNC)

NAMES = {
    **{mode: f"Parley, {mode}" for mode in OURS},
    STOCK: "stock LangGraph, its default (async)",
    STOCK_SYNC: "stock LangGraph, sync",
}


@asynccontextmanager
async def enter(lab: Lab, name: str) -> AsyncIterator[Engine]:
    """Open one contestant; ours starts and stops, so that no other copy of it works beside what is measured."""
    if name in OURS:
        async with lab.open_ours(name) as ours:
            yield ours
        return
    yield replace(lab.stock, durability="sync" if name == STOCK_SYNC else None)
