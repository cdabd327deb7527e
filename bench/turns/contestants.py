"""Who is compared: our three durability modes and the peer in two, with what each promises."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bench.turns.clock import Engine
from bench.turns.lab import Lab

OURS = ("exit", "async", "sync")
OUR_DEFAULT = "exit"
STOCK, STOCK_SYNC = "stock", "stock sync"
ALL = (*OURS, STOCK, STOCK_SYNC)

_TABLES = "turn, plan, effects and result are committed as they come about: none is lost or doubled by a crash; "
_STEPS = "a step that was not checkpointed runs again, its effects with it, unless its tools take care; "

PROMISES = {
    "exit": f"{_TABLES}one checkpoint when the run ends",
    "async": f"{_TABLES}a checkpoint of every step, written while the next one runs",
    "sync": f"{_TABLES}a checkpoint of every step before the next one starts",
    STOCK: f"{_STEPS}a checkpoint of every step, written while the next one runs",
    STOCK_SYNC: f"{_STEPS}a checkpoint of every step before the next one starts",
}
"""What holds after a crash."""

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
