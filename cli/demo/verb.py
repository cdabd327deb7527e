"""`parley demo`."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer


def demo(
    playbook: Annotated[str, typer.Option(help="Whose call to play.")] = "lumen",
    leave: Annotated[bool, typer.Option("--exit", help="End when the call has been played.")] = False,
    port: Annotated[int, typer.Option(help="0 takes any free port.", min=0, max=65_535)] = 0,
    data_dir: Annotated[Path | None, typer.Option(help="Where the embedded database lives.")] = None,
) -> None:
    """Play a call through the real server: as text, then as telephone sound."""
    from cli.demo.performance import perform

    # Told to end, the demo ends its server too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if not perform(playbook, leave=leave, port=port, data_dir=data_dir):
        raise typer.Exit(1)
