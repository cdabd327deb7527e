"""Two engines on the same rows, as a table to read in a terminal."""

from rich.console import Console
from rich.table import Column, Table

from evals.reporting.intervals import Interval
from evals.reporting.report import Score
from evals.reporting.sheet import Line, Sheet


def show_sheet(console: Console, sheet: Sheet) -> None:
    """Print the scores of a sheet beside each other; a difference that chance does not explain stands out."""
    title = f"{sheet.playbook}: {sheet.duty}   {sheet.reports[0].rows} rows"
    engines = [Column(report.label, overflow="fold") for report in sheet.reports]
    table = Table("score", *engines, "difference", title=title, title_justify="left", show_edge=False)
    for line in sheet.lines:
        values = [_value(score, interval) for score, interval in zip(line.scores, line.intervals, strict=True)]
        table.add_row(line.metric.name, *values, _difference(line))
    console.print(table, "")


def _value(score: Score, interval: Interval | None) -> str:
    if score.value is None or interval is None:
        return "-"
    mark = "" if score.passed else " [bold red]missed[/]"
    return f"{score.value:.3f}{mark} [dim]{interval.low:.3f} to {interval.high:.3f}[/]"


def _difference(line: Line) -> str:
    if line.difference is None:
        return "-"
    told = f"{line.difference.low:+.3f} to {line.difference.high:+.3f}"
    return f"[bold]{told}[/]" if line.decided else f"[dim]{told}[/]"
