"""Reports side by side: one engine's scores with their intervals, or two engines' with what lies between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.duty import Duty
from evals.evaluators import EVALUATORS, Metric
from evals.reporting.intervals import Interval, difference_interval, score_interval
from evals.reporting.report import Report, Score


@dataclass(frozen=True)
class Line:
    """One score of every engine; `difference` is the second's less the first's, None with one engine."""

    metric: Metric
    scores: Sequence[Score]
    intervals: Sequence[Interval | None]
    difference: Interval | None

    @property
    def decided(self) -> bool:
        """True when chance does not explain the difference: its interval leaves out zero."""
        return self.difference is not None and not self.difference.low <= 0 <= self.difference.high


@dataclass(frozen=True)
class Sheet:
    """One duty of one playbook, as one or two engines did it."""

    reports: Sequence[Report]
    lines: Sequence[Line]

    @property
    def playbook(self) -> str:
        """Whose rows they are."""
        return self.reports[0].playbook

    @property
    def duty(self) -> Duty:
        """What was evaluated."""
        return self.reports[0].duty

    def as_json(self) -> dict[str, Any]:
        """Plain data: every engine's report, and each score with its interval."""
        return {
            "playbook": self.playbook,
            "duty": self.duty.value,
            "engines": [report.as_json() for report in self.reports],
            "intervals": {line.metric.name: _line_json(line) for line in self.lines},
        }


def build_sheets(runs: Sequence[Sequence[Report]]) -> list[Sheet]:
    """Put the reports of one or two runs over the same datasets side by side.

    Raises:
        ValueError: the runs are not of the same datasets.
    """
    return [_sheet(reports) for reports in zip(*runs, strict=True)]


def _sheet(reports: Sequence[Report]) -> Sheet:
    if len({(report.playbook, report.duty, report.rows) for report in reports}) != 1:
        raise ValueError("reports of different rows cannot stand side by side")
    return Sheet(reports, list(_lines(reports)))


def _lines(reports: Sequence[Report]) -> Iterator[Line]:
    for place, metric in enumerate(EVALUATORS[reports[0].duty].metrics):
        counted = [report.counted for report in reports]
        yield Line(
            metric,
            [report.scores[place] for report in reports],
            [score_interval(metric, rows) for rows in counted],
            difference_interval(metric, counted[0], counted[1]) if len(counted) > 1 else None,
        )


def _line_json(line: Line) -> Mapping[str, Any]:
    return {
        "engines": [list(interval) if interval else None for interval in line.intervals],
        "difference": list(line.difference) if line.difference else None,
        "decided": line.decided,
    }
