"""Public sets as tables: a line of figures per kind of row, and under them the bars that were passed or missed."""

from typing import Any

from rich.console import Console
from rich.table import Table

from evals.datasets import Threshold
from evals.public.registry import PublicReport
from evals.public.scored import Bar, Line


def show_public(console: Console, report: PublicReport) -> None:
    """Print the table of a set."""
    names = list(dict.fromkeys(name for line in report.scored.lines for name in line.figures))
    title = f"{report.name}   {report.rows} rows"
    table = Table("", *names, title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for line in report.scored.lines:
        table.add_row(line.kind, *_cells(line, names))
    console.print(table)
    for bar in report.scored.bars:
        console.print(_told(bar))
    console.print()


def as_json(report: PublicReport) -> dict[str, Any]:
    """Plain data: the figures of each line, and the bars."""
    return {
        "set": report.name,
        "rows": report.rows,
        "lines": {line.kind: dict(line.figures) for line in report.scored.lines},
        "bars": [_bar_as_json(bar) for bar in report.scored.bars],
    }


def _bar_as_json(bar: Bar) -> dict[str, Any]:
    threshold = bar.threshold.model_dump(exclude_none=True)
    return {"name": bar.name, "value": bar.value, "threshold": threshold, "passed": bar.passed}


def _cells(line: Line, names: list[str]) -> list[str]:
    """A cell per column; one that does not apply to the line stays empty."""
    return ["" if line.figures.get(name) is None else str(line.figures[name]) for name in names]


def _told(bar: Bar) -> str:
    mark = "[green]ok[/]" if bar.passed else "[bold red]missed[/]"
    value = "-" if bar.value is None else f"{bar.value:g}"
    return f"{mark}  {bar.name}: {value} ({_range(bar.threshold)})"


def _range(threshold: Threshold) -> str:
    words = (("at least", threshold.least), ("at most", threshold.most))
    return ", ".join(f"{word} {bound:g}" for word, bound in words if bound is not None) or "no bar"
