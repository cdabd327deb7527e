"""`parley evals`: how well the engine cleans, decides and asks for consent."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evals.duty import Duty

if TYPE_CHECKING:
    from bootstrap.settings import Settings
    from evals.report import Report


def evals(
    model: Annotated[str | None, typer.Option(help="builtin, or provider:model; else the one of the settings.")] = None,
    duty: Annotated[Duty | None, typer.Option(help="Only this one.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every score and faulty row there.")] = None,
    local: Annotated[bool, typer.Option("--local", help="Keep the results here even with a LangSmith key.")] = False,
) -> None:
    """Score the engine on hand-made rows; exit 1 when the built-in one is under a threshold."""
    from rich.console import Console

    from bootstrap.settings import load_settings
    from evals.report import show

    settings = load_settings(**({} if model is None else {"model": model}))
    reports = _run(settings, tuple(Duty) if duty is None else (duty,), local=local)
    console = Console(highlight=False)
    for report in reports:
        show(console, report)
    if json_file:
        json_file.write_text(json.dumps([report.as_json() for report in reports], indent=2), encoding="utf-8")
    if not all(report.passed for report in reports):
        raise typer.Exit(1)


def _run(settings: "Settings", duties: tuple[Duty, ...], *, local: bool) -> "list[Report]":
    """Run with a progress bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    from evals.datasets import load_datasets
    from evals.run import has_account, run_evals

    rows = sum(len(dataset.rows) for dataset in load_datasets(duties))
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task(f"{rows} rows on {settings.model_name}", total=rows)
        return run_evals(
            settings, duties, upload=has_account() and not local, advance=lambda dataset: progress.advance(task)
        )
