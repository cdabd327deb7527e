"""A long call: what its thousandth turn costs beside its tenth, in time and in bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.figures import Findings, Row, median, ratio
from bench.turns.clock import Engine, speak
from bench.turns.contestants import OUR_DEFAULT, STOCK, enter
from bench.turns.lab import SERVER, Lab
from bench.turns.sizes import Sizes
from bench.turns.stored import OUR_TABLES, STOCK_TABLES, count_stored, written

EARLY = 10
BLOCK = 10
"""Turns whose bytes are averaged: one round of everything the caller says."""

TIME_BAR, BYTES_BAR, PEER_BAR = 1.2, 1.1, 0.25


@dataclass
class Call:
    """One long session of one engine, and where its rows lie."""

    engine: Engine
    server: SERVER
    tables: Mapping[str, str]
    session_id: str
    turns: int = 0

    async def reach(self, turns: int) -> list[float]:
        """Speak until so many turns have been taken; milliseconds of each."""
        spoken = await speak(self.engine, self.session_id, range(self.turns + 1, turns + 1))
        self.turns = max(turns, self.turns)
        return [ms for ms, _ in spoken]

    async def cost(self) -> dict[str, float]:
        """Speak a block of turns and return the bytes a turn by table, and those of the write-ahead log."""
        before, log = await count_stored(self.server, self.tables, self.session_id), await written(self.server)
        await self.reach(self.turns + BLOCK)
        log = await written(self.server) - log
        after = await count_stored(self.server, self.tables, self.session_id)
        by_table = {table: (after[table] - before[table]) / BLOCK for table in self.tables}
        return {**by_table, "total": sum(by_table.values()), "write-ahead log": log / BLOCK}


async def measure_growth(lab: Lab, sizes: Sizes) -> Findings:
    """Grow one call of each engine to the late turn, and compare it with calls that are young."""
    async with enter(lab, OUR_DEFAULT) as ours, enter(lab, STOCK) as stock:
        found = {
            OUR_DEFAULT: await _grow(ours, lab.ours_sql, OUR_TABLES, sizes),
            STOCK: await _grow(stock, lab.stock_sql, STOCK_TABLES, sizes),
        }
    return Findings(_rows(found[OUR_DEFAULT], found[STOCK], sizes), {"growth": found})


async def _grow(engine: Engine, server: SERVER, tables: Mapping[str, str], sizes: Sizes) -> dict[str, Any]:
    """Measure bytes on the way, then time late turns and those of new calls in alternation, word for word alike."""
    old = Call(engine, server, tables, await engine.open_session())
    await old.reach(EARLY - 1)
    early = await old.cost()
    await old.reach(sizes.old - 1)
    late = await old.cost()
    young_ms, old_ms = [], []
    for _ in range(sizes.pairs):
        young = Call(engine, server, tables, await engine.open_session())
        await young.reach(EARLY - 1)
        for _ in range(BLOCK):
            young_ms += await young.reach(young.turns + 1)
            old_ms += await old.reach(old.turns + 1)
    return {"bytes_early": early, "bytes_late": late, "early_ms": young_ms, "late_ms": old_ms}


def _rows(ours: dict[str, Any], stock: dict[str, Any], sizes: Sizes) -> list[Row]:
    bigger = ratio(ours["bytes_late"]["total"], ours["bytes_early"]["total"])
    share = ratio(ours["bytes_late"]["total"], stock["bytes_late"]["total"])
    beside = f"{share:.2f} of its {_kilo(stock['bytes_late'])}"
    old, judged = f"turn {sizes.old:,}", sizes.full
    return [
        _row(f"Time of {old} against turn {EARLY}", _times(ours), TIME_BAR, _slower(ours) if judged else None),
        _row(
            f"Bytes of {old} against turn {EARLY}",
            f"{bigger:.2f}x: {_bytes(ours)}",
            BYTES_BAR,
            bigger if judged else None,
        ),
        Row(f"Bytes of {old} against stock's", beside, f"at most {PEER_BAR}", share <= PEER_BAR if judged else None),
        Row("  stock LangGraph: time", _times(stock)),
        Row("  stock LangGraph: bytes", _bytes(stock)),
        *_table_rows("Parley", ours),
        *_table_rows("stock", stock),
    ]


def _row(what: str, figure: str, bar: float, judged: float | None) -> Row:
    return Row(what, figure, f"within {bar}x", None if judged is None else judged <= bar)


def _slower(found: dict[str, Any]) -> float:
    return ratio(median(found["late_ms"]), median(found["early_ms"]))


def _times(found: dict[str, Any]) -> str:
    return f"{_slower(found):.2f}x: {median(found['early_ms']):.1f} to {median(found['late_ms']):.1f} ms"


def _bytes(found: dict[str, Any]) -> str:
    return f"{_kilo(found['bytes_early'])} to {_kilo(found['bytes_late'])} a turn"


def _kilo(cost: Mapping[str, float], table: str = "total") -> str:
    return f"{cost[table] / 1024:.1f} KB"


def _table_rows(name: str, found: dict[str, Any]) -> list[Row]:
    early, late = found["bytes_early"], found["bytes_late"]
    return [
        Row(f"  {name}: {table}", f"{_kilo(early, table)} to {_kilo(late, table)}")
        for table in early
        if table != "total"
    ]
