"""`parley bench durable --quick`: every measure works, and its rows and raw figures are all there."""

from typing import Any

import pytest

from bench.turns.contestants import NAMES
from tests.integration.bench.quick import run_quick

JUDGED = {
    "Turns per second, 1 session, defaults": "",
    "Turns per second, 32 sessions, defaults": "at least 2 times, goal 3",
    "Recovery of 6 open turns, from the end of their leases": "under 10 s",
}
"""Row -> its bar, as the quick run names them."""


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return run_quick("durable")


def test_every_measure_has_its_row_and_its_bar(report: dict[str, Any]) -> None:
    bars = {row["what"]: row["bar"] for row in report["rows"]}
    assert {what: bars.get(what) for what in JUDGED} == JUDGED
    assert all(row["figure"] for row in report["rows"])
    assert {row["met"] for row in report["rows"]} == {None}


@pytest.mark.parametrize("mode", ["exit", "async", "sync"])
def test_every_durability_mode_is_measured(report: dict[str, Any], mode: str) -> None:
    raw = report["raw"]
    assert set(raw) > {"crowd_1", "crowd_32", "replicas", "recovery_seconds"}
    assert min(raw["crowd_32"][mode]["rates"]) > 0
    flushes, sent, received = raw[f"trips {NAMES[mode]}"]
    assert flushes >= 5
    assert sent > 0
    assert received > 0
