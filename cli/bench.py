"""`parley bench`: measurements, as a table and as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import ConfigError

if TYPE_CHECKING:
    from bench.turns.run import RunTurns

bench = typer.Typer(help="Measure what turns cost on this machine.", no_args_is_help=True)


@bench.callback()
def group() -> None:
    """Measure what turns cost on this machine."""


@bench.command("turns")
def turns(
    quick: Annotated[bool, typer.Option("--quick", help="See that every measure works; judge none.")] = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, max=60, help="Length of each block with many sessions at once.")
    ] = None,
    json: Annotated[Path, typer.Option(help="Where every raw figure goes.")] = Path(".bench/turns.json"),
) -> None:
    """Time, turns per second, bytes and start-up, beside stock LangGraph in the same run."""
    from rich.console import Console

    from bench.report import build_notes, build_table, save_report
    from bench.turns.sizes import FULL, QUICK

    run_turns = _load_turns()
    told = Console(stderr=True)
    sizes = (QUICK if quick else FULL).lasting(seconds)
    with told.status("measuring") as status:
        machine, findings = run_turns(sizes, lambda step: status.update(f"measuring {step}"), json.parent)
    title = f"Turns ({', '.join(f'{name} {value}' for name, value in machine.items())})"
    Console().print(build_table(title, findings.rows), build_notes(findings.notes))
    save_report(json, "turns", machine, findings)
    told.print(f"Every figure: {json}")


def _load_turns() -> "RunTurns":
    """Import the bench, whose peer is no dependency of the service."""
    try:
        from bench.turns.run import run_turns
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"{error.name} is not installed. The bench compares with packages of the development group: "
            "run it as ./dev bench, or install them."
        ) from error
    return run_turns
