"""`parley call`: a telephone of one's own, that dials a running server."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import ConfigError

if TYPE_CHECKING:
    from bootstrap.simulator import Dialled


def call(
    sounds: Annotated[
        list[Path] | None,
        typer.Argument(help="What the caller says, a WAV (or bare 8 kHz mu-law) file a turn, in order."),
    ] = None,
    to: Annotated[str, typer.Option(help="Where the server listens.")] = "http://127.0.0.1:8000",
    called: Annotated[str, typer.Option(help="The number that is dialled.")] = "+15005550001",
    caller: Annotated[str, typer.Option(help="The number it is dialled from.")] = "+15005550006",
    press: Annotated[str | None, typer.Option(help="Keys to press when all has been said.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the whole call goes, as a stereo WAV file.")] = None,
    speed: Annotated[float, typer.Option(help="Seconds of the line in a second.", min=0.1, max=50)] = 1.0,
) -> None:
    """Dial a running server as Twilio would, say some things, and listen."""
    from bootstrap.settings import load_settings
    from bootstrap.simulator import Said, dial

    said = tuple(Said(_read(path)) for path in sounds or ())
    twilio = load_settings().twilio
    record = asyncio.run(dial(twilio, to, said, called=called, caller=caller, keys=press, speed=speed))
    if out is not None:
        record.write_wav(out)
    _show(record, out)
    if record.problems:
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _show(record: "Dialled", out: Path | None) -> None:
    ending = record.ending.value if record.ending else "it goes on"
    print(f"{record.seconds:.1f} s on the line; {ending}.")
    for problem in record.problems:
        print(f"Trouble: {problem.what}")
    played = sum(heard.played == heard.sent for heard in record.heard)
    print(f"{played} of {len(record.heard)} sentences were played to their end; {len(record.said)} things were said.")
    if out is not None:
        print(f"The call as it sounded (caller left, agent right): {out}")
