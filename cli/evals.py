"""`parley evals`: how well the engine cleans, decides, asks for consent and gets through whole calls."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from cli.evals_by_hand import run_by_hand, write_report, write_scores
from cli.evals_public import run_on_data, write_figures
from evals.duty import PUBLIC_DUTIES, Duty
from evals.public.rows import Half

PUBLIC = "Public sets (--data)"


Model = Annotated[str | None, typer.Option(help="builtin, or provider:model; else the one of the settings.")]
OneDuty = Annotated[Duty | None, typer.Option("--duty", help="Only this one.")]
OnePlaybook = Annotated[str | None, typer.Option("--playbook", help="Only the rows of this one.")]
Scores = Annotated[
    Path | None,
    typer.Option("--json", dir_okay=False, writable=True, help="Write every score and faulty row there."),
]
Local = Annotated[bool, typer.Option("--local", help="Keep the results here even with a LangSmith key.")]
Folder = Annotated[
    Path | None,
    typer.Option(file_okay=False, writable=True, help="Write report.html and report.json into this folder."),
]
Both = Annotated[tuple[str, str] | None, typer.Option(metavar="MODEL MODEL", help="Do every row with both models.")]
Versions = Annotated[tuple[int, int] | None, typer.Option(metavar="N N", help="Do every row with both prompts.")]
Data = Annotated[
    Path | None,
    typer.Option(
        exists=True, file_okay=False, help="Score the rules on the public sets in this folder.", rich_help_panel=PUBLIC
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Only so many rows of each set.", rich_help_panel=PUBLIC)]
OneHalf = Annotated[Half | None, typer.Option(help="Only rows of this half, by their ids.", rich_help_panel=PUBLIC)]
Answers = Annotated[Path | None, typer.Option(help="Write the answer to each row there.", rich_help_panel=PUBLIC)]


def evals(
    model: Model = None,
    duty: OneDuty = None,
    playbook: OnePlaybook = None,
    json_file: Scores = None,
    local: Local = False,
    report: Folder = None,
    compare: Both = None,
    prompts: Versions = None,
    data: Data = None,
    limit: Limit = None,
    half: OneHalf = None,
    answers: Answers = None,
) -> None:
    """Score the engine on hand-made rows, or on public sets; exit 1 when the built-in one misses a bar."""
    duties = tuple(Duty) if duty is None else (duty,)
    by_hand = model or playbook or report or compare or prompts
    public = limit or half or answers or duty in PUBLIC_DUTIES
    _refuse(
        (compare and (model or prompts), "--compare", "it names both models itself, with their newest prompts"),
        (data and by_hand, "--data", "no model or playbook does the public sets, and no page shows them"),
        (public and not data, "--data", "what you ask for is of public sets: name their folder"),
    )
    _make_folders({"--report": report, "--answers": answers, "--json": json_file and json_file.parent})
    if data is None:
        _by_hand(_engines(model, compare, prompts), duties, playbook, json_file, report, local=local)
    else:
        _on_data(data, duties, json_file, limit=limit, half=half, answers=answers)


def _engines(
    model: str | None, compare: Sequence[str] | None, prompts: Sequence[int] | None
) -> list[tuple[str | None, int | None]]:
    """Who is to do the rows: models, each with the version of its prompts (None: the newest)."""
    if compare:
        return [(each, None) for each in compare]
    return [(model, version) for version in prompts or (None,)]


def _refuse(*cases: tuple[object, str, str]) -> None:
    """Refuse options that have no meaning beside each other: when, which, and why."""
    for together, option, reason in cases:
        if together:
            raise typer.BadParameter(reason, param_hint=option)


def _make_folders(named: Mapping[str, Path | None]) -> None:
    """Make the folders that are written to at the end, by the option that names each; so that no run is in vain."""
    for option, folder in named.items():
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise typer.BadParameter(f"{folder}: {error.strerror}", param_hint=option) from error


def _by_hand(
    engines: Sequence[tuple[str | None, int | None]],
    duties: tuple[Duty, ...],
    playbook: str | None,
    json_file: Path | None,
    report: Path | None,
    *,
    local: bool,
) -> None:
    runs = run_by_hand(engines, duties, playbook, local=local)
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
