"""What is counted in a row, and the scores made of the counts."""

from typing import Any

import pytest

from evals.arguments import same_arguments
from evals.counts import count_cleaning, count_consent, count_decision
from evals.datasets import Dataset, Threshold
from evals.duty import Duty
from evals.evaluators import EVALUATORS, total
from evals.reporting.report import Case, judge


@pytest.mark.parametrize(
    ("given", "due", "same"),
    [
        ({"a": "About Fifty."}, {"a": "about fifty"}, True),
        ({"a": "fifty"}, {"a": "sixty"}, False),
        ({"a": "we miss half of them, really"}, {"a": {"has": "miss half"}}, True),
        ({"a": "we dismiss half"}, {"a": {"has": "miss half"}}, False),
        ({"a": "sixty calls"}, {"a": {"any": ["sixty", "sixty calls"]}}, True),
        ({"a": ["Google", "PPC"]}, {"a": ["ppc", "google"]}, True),
        ({"a": ["Google"]}, {"a": ["google", "ppc"]}, False),
        ({"a": ["Google"]}, {"a": {"any": [["google"], ["ppc"]]}}, True),
        ({"a": 3}, {"a": 3}, True),
        ({"a": "x", "b": "y"}, {"a": "x"}, False),
        ({"a": "x", "b": None}, {"a": "x"}, True),
        ({}, {}, True),
    ],
)
def test_arguments_are_compared_by_their_words(given: dict[str, Any], due: dict[str, Any], same: bool) -> None:
    assert same_arguments(given, due) is same


def _cleaned(raw: str, cleaned: str, expected: str) -> dict[str, float]:
    inputs = {"raw": raw, "context": {"key_terms": ["Invisalign"]}, "history": [{"speaker": "User", "text": "Orla"}]}
    return dict(count_cleaning(inputs, {"actual": cleaned, "degraded": []}, expected))


def test_cleaning_is_measured_in_words() -> None:
    counts = _cleaned("Um, we we get fifty.", "We we get fifty.", "We get fifty.")
    assert (counts["words"], counts["before"], counts["after"]) == (3, 2, 1)
    assert (counts["exact"], counts["harmed"], counts["invented"], counts["answered"]) == (False, False, 0, True)


@pytest.mark.parametrize(
    ("cleaned", "invented"),
    [
        ("We get fifty.", 0),
        ("We get fifteen.", 1),
        ("We get 50 from Invisalign.", 0),
        ("We get fifty from Orla.", 0),
        ("We get fifty from Benedict.", 1),
        ("We get fifty, sixty from Benedict.", 2),
    ],
)
def test_facts_that_nobody_said_are_counted(cleaned: str, invented: int) -> None:
    assert _cleaned("We get fifty.", cleaned, "We get fifty.")["invented"] == invented


def test_a_row_that_fell_back_to_the_rules_was_not_answered() -> None:
    outputs = {"actual": [], "stopped": 0, "degraded": ["decide:timeout", "decide:fallback"]}
    assert count_decision({}, outputs, [])["answered"] is False


def test_calls_are_right_by_name_and_as_a_whole() -> None:
    made = [["log_metric", {"value": "fifty"}], ["log_metric", {"value": "six"}], ["other", {}]]
    due = [("log_metric", {"value": "fifty"}), ("log_metric", {"value": "sixty"})]
    counts = count_decision({}, {"actual": made, "stopped": 1, "degraded": []}, due)
    assert (counts["calls"], counts["named"], counts["whole"], counts["stopped"]) == (5, 4, 2, 1)
    assert (counts["silent"], counts["kept_silent"]) == (False, False)


@pytest.mark.parametrize(("made", "f1"), [(1, 2 / 3), (2, 1.0), (3, 0.8)])
def test_a_call_that_was_made_is_one_of_those_that_were_due(made: int, f1: float) -> None:
    call = ["log_metric", {"value": "fifty"}]
    counts = count_decision({}, {"actual": [call] * made, "stopped": 0, "degraded": []}, [call, call])
    scores = {metric.name: metric.of(total([counts])) for metric in EVALUATORS[Duty.DECIDE].metrics}
    assert scores["arguments_f1"] == scores["call_f1"] == f1


@pytest.mark.parametrize(
    ("verdict", "expected", "false_grants", "missed"),
    [
        ("granted", "held", True, False),
        ("held", "granted", False, True),
        ("refused", "held", False, False),
        ("granted", "granted", False, False),
    ],
)
def test_consent_can_fail_in_two_ways(verdict: str, expected: str, false_grants: bool, missed: bool) -> None:
    counts = count_consent({}, {"actual": verdict}, expected)
    assert (counts["false_grants"], counts["missed"]) == (false_grants, missed)


def test_scores_are_ratios_of_sums_and_nothing_where_nothing_was_due() -> None:
    rows = [count_consent({}, {"actual": verdict}, "held") for verdict in ("granted", "held", "held", "held")]
    scores = {metric.name: metric.of(total(rows)) for metric in EVALUATORS[Duty.CONSENT].metrics}
    assert scores == {"false_grant": 0.25, "missed": None, "right": 0.75}


@pytest.mark.parametrize(("engine", "passed"), [("builtin", False), ("google_genai:some", True)])
def test_thresholds_bind_the_built_in_engine(engine: str, passed: bool) -> None:
    dataset = Dataset("lumen", Duty.CONSENT, (), {"false_grant": Threshold(most=0.4)})
    cases = [Case("first", {}, {"actual": "held"}, "held"), Case("second", {}, {"actual": "granted"}, "held")]
    report = judge(dataset, engine, "rules", cases)
    assert report.passed is passed
    assert [case.about for case in report.wrong] == ["second"]
    assert report.as_json()["scores"]["false_grant"] == {"value": 0.5, "threshold": {"most": 0.4}, "passed": passed}


def test_a_score_that_could_not_be_made_does_not_pass() -> None:
    dataset = Dataset("lumen", Duty.CONSENT, (), {"missed": Threshold(most=1)})
    assert not judge(dataset, "builtin", "rules", [Case("", {}, {"actual": "held"}, "held")]).passed
