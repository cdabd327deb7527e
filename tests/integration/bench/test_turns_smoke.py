"""`parley bench turns --quick`: every measure works, and its rows and raw figures are all there."""

from pathlib import Path
from typing import Any

from bench.figures import median, quantile
from tests.integration.bench.quick import run_quick

JUDGED = {
    "User turn, built-in engine, Postgres, crash-safe": "p99 < 100 ms",
    "  of it outside clean and decide_tools": "p99 < 25 ms",
    "Lumen turn": "p99 < 10 ms",
    "Lumen turn while a User turn of the session waits for its model": "p99 < 10 ms",
    "Turns per second, 8 sessions at once": "",
    "Turns per second, 32 sessions at once": "at least 2 times",
    "Time of turn 40 against turn 10": "within 1.2x",
    "Bytes of turn 40 against turn 10": "within 1.1x",
    "Bytes of turn 40 against stock's": "at most 0.25",
    "Turn with a scripted model of latency L": "under 1.3 L",
    "Turn with a loopback Gemini of latency L": "under 1.3 L",
    "Server ready on existing data": "< 4 s",
    "Server process at rest (resident)": "< 250 MB",
}
"""Row -> its bar, as the quick run names them."""


def test_every_measure_has_its_row_its_bar_and_its_figures() -> None:
    report = run_quick("turns")
    bars = {row["what"]: row["bar"] for row in report["rows"]}
    assert {what: bars.get(what) for what in JUDGED} == JUDGED
    assert all(row["figure"] for row in report["rows"])
    assert {row["met"] for row in report["rows"]} == {None}, "a quick run judges nothing"
    assert_figures_are_kept(report["raw"])
    assert set(report["machine"]) == {"cores", "system", "python", "load", "postgres"}
    assert Path(report["machine"]["postgres"]).suffix.lstrip(".").isdigit()


def assert_figures_are_kept(raw: dict[str, Any]) -> None:
    """Every figure behind the rows is there."""
    assert set(raw) == {
        "user_turn_ms",
        "user_turn_outside_clean_and_decide_ms",
        "lumen_turn_ms",
        "turns_per_second",
        "growth",
        "model_time",
        "startup",
    }
    assert all(times and min(times) > 0 for times in raw["user_turn_ms"].values())
    assert set(raw["turns_per_second"]["32"]) == {"exit", "async", "sync", "stock", "stock sync"}
    assert raw["growth"]["stock"]["bytes_late"]["checkpoint_blobs"] > raw["growth"]["stock"]["bytes_early"]["turns"]
    assert raw["startup"]["memory_mb"]["heard"]["server"] > 0


def test_a_quantile_is_one_of_the_values() -> None:
    times = [float(ms) for ms in range(200, 0, -1)]
    assert (median(times), quantile(times, 0.99), quantile(times, 1)) == (100.0, 198.0, 200.0)
    assert quantile([7.0], 0.01) == 7.0
