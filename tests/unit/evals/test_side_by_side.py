"""Reports side by side: intervals, what decides between two engines, and the page that shows them."""

import math
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.main import app
from evals.counts import count_consent
from evals.datasets import Dataset, Threshold
from evals.duty import Duty
from evals.evaluators import EVALUATORS
from evals.reporting.intervals import difference_interval, score_interval
from evals.reporting.page import page
from evals.reporting.report import Case, Report, judge
from evals.reporting.sheet import build_sheets

RIGHT = EVALUATORS[Duty.CONSENT].metrics[2]
DATASET = Dataset("lumen", Duty.CONSENT, (), {"false_grant": Threshold(most=0.0)})


def _report(engine: str, verdicts: list[str], answer: str = "yes") -> Report:
    cases = [Case(f"row {place}", {"answer": answer}, {"actual": each}, "held") for place, each in enumerate(verdicts)]
    return judge(DATASET, engine, "rules", cases)


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_an_interval_holds_its_score(right: list[bool]) -> None:
    counted = [count_consent({}, {"actual": "held" if each else "granted"}, "held") for each in right]
    interval = score_interval(RIGHT, counted)
    assert interval is not None
    assert 0 <= interval.low <= sum(right) / len(right) <= interval.high <= 1


def test_more_rows_tell_more() -> None:
    few, many = ([*["held"] * n, *["granted"] * n] for n in (5, 500))
    widths = []
    for verdicts in (few, many):
        interval = score_interval(RIGHT, _report("builtin", verdicts).counted)
        assert interval is not None
        widths.append(interval.high - interval.low)
    assert widths[1] < widths[0] / 5
    assert math.isclose(widths[1], 2 * 1.96 * 0.5 / math.sqrt(1000), rel_tol=0.15)


def test_what_cannot_be_scored_has_no_interval() -> None:
    missed = EVALUATORS[Duty.CONSENT].metrics[1]
    assert score_interval(missed, _report("builtin", ["held"]).counted) is None
    assert score_interval(RIGHT, []) is None


def test_rows_that_are_not_the_same_are_not_compared() -> None:
    one, two = _report("builtin", ["held"]), _report("other", ["held", "held"])
    with pytest.raises(ValueError, match="different rows"):
        build_sheets([[one], [two]])
    with pytest.raises(ValueError, match="cannot be paired"):
        difference_interval(RIGHT, one.counted, two.counted)


@pytest.mark.parametrize(("second", "decided"), [(["granted"] * 30, True), (["held"] * 29 + ["granted"], False)])
def test_a_difference_is_decided_when_chance_does_not_explain_it(second: list[str], decided: bool) -> None:
    (sheet,) = build_sheets([[_report("builtin", ["held"] * 30)], [_report("other", second)]])
    line = next(line for line in sheet.lines if line.metric.name == "right")
    assert line.decided is decided
    assert sheet.as_json()["intervals"]["right"]["decided"] is decided


def test_the_page_is_whole_and_escapes_what_was_said() -> None:
    reports = [[_report(engine, ["held", "granted"], answer="<script>alert(1)</script>")] for engine in ("a", "b")]
    told = page(build_sheets(reports))
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    start, end = told.index("<svg"), told.index("</svg>")
    drawn = ET.fromstring(told[start : end + len("</svg>")])
    scored = [score for (report,) in reports for score in report.scores if score.value is not None]
    assert len(drawn.findall("circle")) == len(scored)
    assert "1 of 2 rows went wrong" in told


def test_one_engine_has_no_difference() -> None:
    (sheet,) = build_sheets([[_report("builtin", ["held"])]])
    assert all(line.difference is None for line in sheet.lines)
    assert "difference" not in page([sheet])


@pytest.mark.parametrize(
    "arguments",
    [["--compare", "builtin", "builtin", "--model", "builtin"], ["--data", ".", "--report", "."]],
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["evals", *arguments]).exit_code == 2
