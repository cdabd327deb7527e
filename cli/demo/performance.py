"""The performance: start the server, play the call twice, judge it, and stay or leave."""

import signal
import sys
from pathlib import Path

from rich.console import Console

from cli.demo.call_sheet import CallSheet, load_call_sheet
from cli.demo.play import Line, Played, open_line
from cli.demo.server import run_server
from cli.demo.show import Show
from cli.demo.verdict import invented

PRINTED_WIDTH = 120
"""Columns where the output is no terminal."""


def perform(playbook: str, *, leave: bool, port: int, data_dir: Path | None) -> bool:
    """Play the playbook's call twice; True when all ended as it must."""
    sheet = load_call_sheet(playbook)
    show = Show(Console(highlight=False, width=None if sys.stdout.isatty() else PRINTED_WIDTH))
    stays = not leave and sys.stdout.isatty()
    show.say(f"Starting the server, then playing a call of {len(sheet.turns)} turns: {sheet.about}")
    with run_server(data_dir, port) as address, open_line(address) as line:
        show.engines(address, line.engines())
        text = _play(show, line, sheet, as_sound=False)
        differences = sheet.differences(text.dataset)
        show.text_verdict(differences)
        sound = _play(show, line, sheet, as_sound=True)
        inventions = invented(sound)
        show.sound_verdict(sheet, sound, inventions)
        show.where_next(address, (text, sound), stays=stays)
        if stays:
            _until_told()
    return not differences and not inventions and len(sound.results) == len(sheet.turns)


def _play(show: Show, line: Line, sheet: CallSheet, *, as_sound: bool) -> Played:
    show.title("The call as 8 kHz mu-law sound, heard anew" if as_sound else "The call as text")
    played = line.begin(sheet, as_sound=as_sound)
    for turn, result in line.play(sheet, played):
        show.turn(turn, result)
    show.dataset(played.dataset)
    return played


def _until_told() -> None:
    """Wait for Ctrl-C or SIGTERM."""
    wanted = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    signal.sigwait(wanted)
