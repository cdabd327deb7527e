"""The verb: start the server, play the call twice, judge it, and stay or leave."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli.demo.call_sheet import CallSheet, load_call_sheet
from cli.demo.play import Line, Played, open_line
from cli.demo.server import run_server
from cli.demo.show import Show
from cli.demo.verdict import invented

PRINTED_WIDTH = 120
"""Columns where the output is no terminal."""


def demo(
    playbook: Annotated[str, typer.Option(help="Whose call to play.")] = "lumen",
    leave: Annotated[bool, typer.Option("--exit", help="End when the call has been played.")] = False,
    port: Annotated[int, typer.Option(help="0 takes any free port.", min=0, max=65_535)] = 0,
    data_dir: Annotated[Path | None, typer.Option(help="Where the embedded database lives.")] = None,
) -> None:
    """Play a call through the real server: as text, then as telephone sound."""
    sheet = load_call_sheet(playbook)
    show = Show(Console(highlight=False, width=None if sys.stdout.isatty() else PRINTED_WIDTH))
    show.say(f"Starting the server, then playing a call of {len(sheet.turns)} turns: {sheet.about}")
    with run_server(data_dir, port) as address, open_line(address) as line:
        show.engines(address, line.engines())
        text = _play(show, line, sheet, as_sound=False)
        differences = sheet.differences(text.dataset)
        show.text_verdict(differences)
        sound = _play(show, line, sheet, as_sound=True)
        inventions = invented(sound)
        show.sound_verdict(sheet, sound, inventions)
        show.where_next(address, (text, sound))
        if not leave and sys.stdout.isatty():
            show.say("\nThe server goes on running. Ctrl-C ends it.")
            _until_told()
    if differences or inventions or len(sound.results) != len(sheet.turns):
        raise typer.Exit(1)


def _play(show: Show, line: Line, sheet: CallSheet, *, as_sound: bool) -> Played:
    show.title("The call as 8 kHz mu-law sound, heard anew" if as_sound else "The call as text")
    played = line.begin(sheet, as_sound=as_sound)
    for turn, result in line.play(sheet, played):
        show.turn(turn, result)
    show.dataset(played.dataset)
    return played


def _until_told() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    try:
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
    except KeyboardInterrupt:
        return
