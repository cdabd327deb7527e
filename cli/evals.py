"""`parley evals`: how well the engine cleans, decides and asks for consent."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.evals_by_hand import run_by_hand, write_report, write_scores
from cli.evals_public import run_on_data, write_figures
from evals.duty import Duty
from evals.public.rows import Half

PUBLIC = "Public sets (--data)"


def evals(
    model: Annotated[str | None, typer.Option(help="builtin, or provider:model; else the one of the settings.")] = None,
    duty: Annotated[Duty | None, typer.Option(help="Only this one.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write every score and faulty row there.")] = None,
    local: Annotated[bool, typer.Option("--local", help="Keep the results here even with a LangSmith key.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write report.html and report.json into this folder.")] = None,
    compare: Annotated[
        tuple[str, str] | None, typer.Option(metavar="MODEL MODEL", help="Do every row with both, side by side.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Score the built-in rules on the public sets in this folder.", rich_help_panel=PUBLIC),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only so many rows of each set.", rich_help_panel=PUBLIC)
    ] = None,
    half: Annotated[
        Half | None, typer.Option(help="Only rows of this half, by their ids.", rich_help_panel=PUBLIC)
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="Write what was answered to each row there.", rich_help_panel=PUBLIC)
    ] = None,
) -> None:
    """Score the engine on hand-made rows, or on public sets; exit 1 when the built-in one misses a bar."""
    duties = tuple(Duty) if duty is None else (duty,)
    _refuse(model=compare and model, data=(report or compare) and data)
    if data is not None:
        _on_data(data, duties, json_file, limit=limit, half=half, answers=answers)
    else:
        _by_hand(compare or (model,), duties, json_file, report, local=local)


def _refuse(*, model: object, data: object) -> None:
    """Refuse options beside which another has no meaning."""
    if model:
        raise typer.BadParameter("--compare names both models itself", param_hint="--model")
    if data:
        raise typer.BadParameter("--report and --compare are for hand-made rows", param_hint="--data")


def _by_hand(
    models: Sequence[str | None], duties: tuple[Duty, ...], json_file: Path | None, report: Path | None, *, local: bool
) -> None:
    runs = run_by_hand(models, duties, local=local)
    if json_file:
        write_scores(json_file, runs)
    if report:
        write_report(report, runs)
    if not all(each.passed for run in runs for each in run):
        raise typer.Exit(1)


def _on_data(
    data: Path,
    duties: tuple[Duty, ...],
    json_file: Path | None,
    *,
    limit: int | None,
    half: Half | None,
    answers: Path | None,
) -> None:
    reports = run_on_data(data, duties, limit=limit, half=half, answers=answers)
    if json_file:
        write_figures(json_file, reports)
    if not all(report.passed for report in reports):
        raise typer.Exit(1)
