"""`parley demo`."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

CALL = Path("demo-call.wav")


def demo(
    playbook: Annotated[
        str | None, typer.Option(help="Whose call: lumen if not given, or hospital; custom by telephone.")
    ] = None,
    voice: Annotated[
        bool, typer.Option("--voice", help="Call by (simulated) telephone, and let the agent speak.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Where a telephone call goes, as a stereo WAV file.")] = CALL,
    leave: Annotated[bool, typer.Option("--exit", help="End when the call has been played.")] = False,
    port: Annotated[int, typer.Option(help="0 takes any free port.", min=0, max=65_535)] = 0,
    data_dir: Annotated[Path | None, typer.Option(help="Where the embedded database lives.")] = None,
) -> None:
    """Play a call through the real server: as text, then as telephone sound."""
    from cli.demo.performance import perform
    from cli.demo.telephone import telephone

    # Told to end, the demo ends its server too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if voice:
        held = telephone(playbook or "custom", port=port, data_dir=data_dir, out=out)
    elif playbook == "hospital":
        from cli.demo.hospital.performance import perform_hospital

        held = perform_hospital(port=port, data_dir=data_dir, out=out)
    else:
        held = perform(playbook or "lumen", leave=leave, port=port, data_dir=data_dir)
    if not held:
        raise typer.Exit(1)
