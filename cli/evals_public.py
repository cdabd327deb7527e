"""`parley evals --data FOLDER`: how well the engine does on public sets of calls."""

import json
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import ConfigError
from evals.duty import Duty
from evals.public.rows import Half

WIDTH = 120
"""Columns of a table that nobody is looking at."""

if TYPE_CHECKING:
    from evals.public.registry import Loaded, PublicReport


def run_on_data(
    folder: Path, duties: Sequence[Duty], *, limit: int | None, half: Half | None, answers: Path | None
) -> "list[PublicReport]":
    """Do every set that the folder has, print its table, and write what was answered where that is asked for.

    Raises:
        ConfigError: there is no set in the folder, or a line of one is no row.
    """
    from rich.console import Console

    from evals.public.registry import load_sets
    from evals.public.table import show_public

    sets = load_sets(folder, duties, limit=limit, half=half)
    if not sets:
        raise ConfigError(f"{folder} has no rows of a set that is known here")
    console, reports = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH), []
    for report in _done(sets):
        show_public(console, report)
        reports.append(report)
        if answers:
            _write(answers, report)
    return reports


def write_figures(file: Path, reports: "Sequence[PublicReport]") -> None:
    """Write every figure as JSON."""
    from evals.public.table import as_json

    file.write_text(json.dumps([as_json(report) for report in reports], indent=2), encoding="utf-8")


def _done(sets: "Sequence[Loaded]") -> "Iterable[PublicReport]":
    """Do set after set with a progress bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    from evals.public.registry import run_public

    for loaded in sets:
        with Progress(console=Console(file=sys.stderr), transient=True) as progress:
            task = progress.add_task(loaded.public.name, total=len(loaded.rows))
            report = run_public(loaded, partial(progress.advance, task))
        yield report


def _write(folder: Path, report: "PublicReport") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps(dict(answer))}\n" for answer in report.predictions)
    (folder / f"{report.name.replace(', ', '-')}.jsonl").write_text(lines, encoding="utf-8")
