"""`parley models`: recognition models on this machine."""

from typing import Annotated

import typer

models = typer.Typer(help="Recognition models on this machine.", no_args_is_help=True)


@models.callback()
def group() -> None:
    """Recognition models on this machine."""


@models.command("fetch")
def fetch(
    name: Annotated[str, typer.Argument(help="A faster-whisper model, such as small or large-v3-turbo.")],
) -> None:
    """Fetch a model once, so that no start ever waits for a network."""
    from bootstrap.hearing import fetch_speech_model

    folder = fetch_speech_model(name)
    typer.echo(f"{name} is in {folder}. Choose it with PARLEY_STT__KIND=faster_whisper PARLEY_STT__MODEL={name}.")
