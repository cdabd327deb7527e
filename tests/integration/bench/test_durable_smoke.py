"""`parley bench durable --quick`: every measure works, and its rows and raw figures are all there."""

from typing import Any

from bench.turns.contestants import NAMES
from tests.integration.bench.quick import run_quick

JUDGED = {
    "Turns per second, 1 session, defaults": "",
    "Turns per second, 32 sessions, defaults": "at least 2 times, goal 3",
    "Recovery of 6 open turns, from the end of their leases": "under 10 s",
}
"""Row -> its bar, as the quick run names them."""


def test_every_measure_has_its_row_its_bar_and_its_figures() -> None:
    report = run_quick("durable")
    bars = {row["what"]: row["bar"] for row in report["rows"]}
    assert {what: bars.get(what) for what in JUDGED} == JUDGED
    assert all(row["figure"] for row in report["rows"])
    assert {row["met"] for row in report["rows"]} == {None}
    for mode in ("exit", "async", "sync"):
        assert_is_measured(report["raw"], mode)


def assert_is_measured(raw: dict[str, Any], mode: str) -> None:
    """A mode of durability has its turns and its trips to the database."""
    assert set(raw) > {"crowd_1", "crowd_32", "replicas", "recovery_seconds"}
    assert min(raw["crowd_32"][mode]["rates"]) > 0
    flushes, sent, received = raw[f"trips {NAMES[mode]}"]
    assert flushes >= 5
    assert sent > 0
    assert received > 0
