"""`parley bench`: measurements, as a table and as a file."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.errors import ConfigError

if TYPE_CHECKING:
    from bench.figures import Findings

Run = Callable[[Any, Callable[[str], None], Path], tuple[dict[str, Any], "Findings"]]
Quick = Annotated[bool, typer.Option("--quick", help="See that every measure works; judge none.")]

bench = typer.Typer(help="Measure what turns and calls cost on this machine.", no_args_is_help=True)


@bench.callback()
def group() -> None:
    """Measure what turns and calls cost on this machine."""


@bench.command("turns")
def turns(
    quick: Quick = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, max=60, help="Length of each block with many sessions at once.")
    ] = None,
    json: Annotated[Path, typer.Option(help="Where every raw figure goes.")] = Path(".bench/turns.json"),
) -> None:
    """Time, turns per second, bytes and start-up, beside stock LangGraph in the same run."""
    from bench.turns.sizes import FULL, QUICK

    _measure("turns", "run_turns", (QUICK if quick else FULL).lasting(seconds), json)


@bench.command("durable")
def durable(
    quick: Quick = False,
    json: Annotated[Path, typer.Option(help="Where every raw figure goes.")] = Path(".bench/durable.json"),
) -> None:
    """What the guarantees cost: every durability mode, round trips, recovery, subscribers, replicas, beside stock."""
    from bench.durable.sizes import FULL, QUICK

    _measure("durable", "run_durable", QUICK if quick else FULL, json)


@bench.command("voice")
def voice(
    quick: Quick = False,
    prompts: Annotated[
        Path | None,
        typer.Option(help="A folder with the recorded prompts and their transcript; without one they are fetched."),
    ] = None,
    json: Annotated[Path, typer.Option(help="Where every raw figure goes.")] = Path(".bench/voice.json"),
) -> None:
    """What a call costs: sound, time to the first word, live streams, truth of what was heard, word errors."""
    from bench.voice.sizes import FULL, QUICK

    _measure("voice", "run_voice", replace(QUICK if quick else FULL, prompts_folder=prompts), json)


def _measure(name: str, function: str, sizes: Any, json: Path) -> None:
    """Run a bench, print its table and keep every figure."""
    from rich.console import Console

    from bench.report import build_notes, build_table, save_report

    run = _load(f"bench.{name}.run", function)
    told = Console(stderr=True)
    with told.status("measuring") as status:
        machine, findings = run(sizes, lambda step: status.update(f"measuring {step}"), json.parent)
    title = f"{name.capitalize()} ({', '.join(f'{name} {value}' for name, value in machine.items())})"
    Console().print(build_table(title, findings.rows), build_notes(findings.notes))
    save_report(json, name, machine, findings)
    told.print(f"Every figure: {json}")


def _load(module: str, function: str) -> Run:
    """Import a bench, whose peer is no dependency of the service."""
    try:
        found: Run = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"{error.name} is not installed. The bench compares with packages of the development group: "
            "run it as ./dev bench, or install them."
        ) from error
    return found
