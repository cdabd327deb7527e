"""What an evaluation found: scores beside their thresholds, and the rows that went worst."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from textwrap import indent
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from bootstrap.settings import BUILTIN
from evals.counts import Counts
from evals.datasets import Dataset, Threshold
from evals.duty import Duty
from evals.evaluators import EVALUATORS, total

WORST = 5
"""Rows shown of those that went wrong."""


@dataclass(frozen=True)
class Case:
    """One row and what came of it."""

    about: str
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]
    expected: Any


@dataclass(frozen=True)
class Score:
    """A score of all rows; `held` when its threshold counts for this engine."""

    name: str
    value: float | None
    says: str
    threshold: Threshold | None
    held: bool

    @property
    def passed(self) -> bool:
        """False when it is out of the range it is held to, or could not be scored at all."""
        if not (self.held and self.threshold):
            return True
        return self.value is not None and self.threshold.allows(self.value)


@dataclass(frozen=True)
class Report:
    """One duty of one playbook, done by one engine under one prompt.

    `wrong` holds the faulty rows, worst first; `counted` what was counted in each row, in the order of the dataset.
    """

    playbook: str
    duty: Duty
    engine: str
    prompt: str
    rows: int
    scores: Sequence[Score]
    wrong: Sequence[Case]
    counted: Sequence[Counts]

    @property
    def label(self) -> str:
        """The engine and its prompts, to tell reports apart by."""
        return f"{self.engine}, {self.prompt}"

    @property
    def passed(self) -> bool:
        """True when every score is where it is held to be."""
        return all(score.passed for score in self.scores)

    def shown(self, case: Case) -> Iterator[tuple[str, str]]:
        """What one of its cases is understood by, in words, by name."""
        return EVALUATORS[self.duty].explain(case.inputs, case.outputs, case.expected)

    def as_json(self) -> dict[str, Any]:
        """Plain data, with every faulty row."""
        scores = {
            score.name: {
                "value": score.value,
                "threshold": score.threshold.model_dump(exclude_none=True) if score.threshold else None,
                "passed": score.passed,
            }
            for score in self.scores
        }
        head = {"playbook": self.playbook, "duty": self.duty.value, "engine": self.engine, "prompt": self.prompt}
        return {**head, "rows": self.rows, "scores": scores, "wrong": [asdict(case) for case in self.wrong]}


def judge(dataset: Dataset, engine: str, prompt: str, cases: Sequence[Case]) -> Report:
    """Score the cases of a dataset; thresholds bind the built-in engine, which always answers the same."""
    evaluator = EVALUATORS[dataset.duty]
    counted = [evaluator.count(case.inputs, case.outputs, case.expected) for case in cases]
    losses = [(evaluator.loss(counts), case) for counts, case in zip(counted, cases, strict=True)]
    wrong = [case for loss, case in sorted(losses, key=lambda pair: -pair[0]) if loss]
    summed = total(counted)
    scores = [
        Score(metric.name, metric.of(summed), metric.says, dataset.thresholds.get(metric.name), engine == BUILTIN)
        for metric in evaluator.metrics
    ]
    return Report(dataset.playbook, dataset.duty, engine, prompt, len(cases), scores, wrong, counted)


def show(console: Console, report: Report) -> None:
    """Print a table of the scores, and the worst cases under it."""
    title = f"{report.playbook}: {report.duty}   {report.rows} rows   {report.label}"
    table = Table("score", "value", "threshold", "", "what it says", title=title, title_justify="left", show_edge=False)
    for score in report.scores:
        value = "-" if score.value is None else f"{score.value:.3f}"
        table.add_row(score.name, value, threshold_words(score.threshold), _mark(score), score.says)
    told = [_told(case, report.shown(case)) for case in report.wrong[:WORST]]
    rest = len(report.wrong) - len(told)
    more = [f"[dim]... and {rest} more; --json FILE writes them all[/]"] if rest else []
    console.print(table)
    console.print(Group(*told, *more), "", soft_wrap=True)


def threshold_words(threshold: Threshold | None) -> str:
    """Say in words where a score must lie; nothing where it may lie anywhere."""
    if threshold is None:
        return ""
    words = (("at least", threshold.least), ("at most", threshold.most))
    return ", ".join(f"{word} {bound:g}" for word, bound in words if bound is not None)


def _mark(score: Score) -> str:
    if not (score.held and score.threshold):
        return ""
    return "[green]ok[/]" if score.passed else "[bold red]missed[/]"


def _told(case: Case, shown: Iterable[tuple[str, str]]) -> Text:
    lines = [f"[yellow]{escape(case.about or 'a row')}[/]"]
    lines += [indent(f"{name:<9} {escape(words)}", "  ") for name, words in shown]
    return Text.from_markup("\n".join(lines))
