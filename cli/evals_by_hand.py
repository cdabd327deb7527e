"""`parley evals` on hand-made rows: one engine with its thresholds, or two side by side; as tables, a page and JSON."""

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import ConfigError
from evals.duty import Duty

if TYPE_CHECKING:
    from bootstrap.settings import Settings
    from domain.playbook import Playbook
    from evals.datasets import Dataset
    from evals.reporting.report import Report

    Run = Sequence[Report]
    Engine = tuple[str | None, int | None]
    """A model (None is the one of the settings), and the version of its prompts (None is the newest)."""


def run_by_hand(
    engines: "Sequence[Engine]", duties: Sequence[Duty], playbook: str | None, *, local: bool
) -> "list[Run]":
    """Do every row with each engine, one after the other, and print the scores.

    Raises:
        ConfigError: a dataset or model that cannot be used, or prompts where no model is asked.
        InvalidInput: a playbook has no prompts of this version.
        ParleyError: a row broke the engine instead of being answered, or LangSmith refused what was uploaded.
    """
    from rich.console import Console

    from evals.datasets import load_datasets
    from evals.engine import playbooks_of
    from evals.reporting.comparison import show_sheet
    from evals.reporting.report import show
    from evals.reporting.sheet import build_sheets

    datasets = load_datasets(duties, playbook)
    asked = [(_settings(model, prompts), playbooks_of(datasets, prompts)) for model, prompts in engines]
    asyncio.run(_try_models(settings for settings, _ in asked))
    runs = [_run(settings, playbooks, datasets, local=local) for settings, playbooks in asked]
    console = Console(highlight=False)
    if len(runs) > 1:
        for sheet in build_sheets(runs):
            show_sheet(console, sheet)
    else:
        for report in runs[0]:
            show(console, report)
    return runs


def write_scores(file: Path, runs: "Sequence[Run]") -> None:
    """Write every score and every faulty row of one or more runs as JSON."""
    reports = [report.as_json() for run in runs for report in run]
    file.write_text(json.dumps(reports, indent=2), encoding="utf-8")


def write_report(folder: Path, runs: "Sequence[Run]") -> None:
    """Write report.html and report.json of one run, or of two over the same rows."""
    from evals.reporting.page import page
    from evals.reporting.sheet import build_sheets

    sheets = build_sheets(runs)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(page(sheets), encoding="utf-8")
    told = json.dumps([sheet.as_json() for sheet in sheets], indent=2)
    (folder / "report.json").write_text(told, encoding="utf-8")


def _settings(model: str | None, prompts: int | None) -> "Settings":
    """The settings, with this model in place of theirs."""
    from bootstrap.settings import BUILTIN, load_settings

    settings = load_settings(**({} if model is None else {"model": model}))
    if prompts is not None and settings.model_name == BUILTIN:
        raise ConfigError("--prompts: the built-in engine is asked with none; name a model with --model")
    return settings


async def _try_models(chosen: "Iterable[Settings]") -> None:
    """Open and close each model, so that one that cannot be used is told of before the first row."""
    from bootstrap.chat import open_chat_model

    for settings in chosen:
        async with open_chat_model(settings):
            pass


def _run(
    settings: "Settings", playbooks: "Mapping[str, Playbook]", datasets: "Sequence[Dataset]", *, local: bool
) -> "Run":
    """Run with a progress bar on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    from evals.run import has_account, run_evals

    rows = sum(len(dataset.rows) for dataset in datasets)
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task(f"{rows} rows on {settings.model_name}", total=rows)
        return run_evals(
            settings,
            datasets,
            playbooks,
            upload=has_account() and not local,
            advance=lambda dataset: progress.advance(task),
        )
