"""`parley serve`: the HTTP and WebSocket service."""

import asyncio
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from socket import socket

    from bootstrap.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; beyond this machine it needs a secret.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="0 takes any free port.", min=0, max=65_535)] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the embedded database lives.")] = None,
) -> None:
    """Run the service until it is told to stop."""
    import uvloop

    from bootstrap.logging import configure_logging
    from bootstrap.settings import load_settings
    from server.listen import check_host, open_socket

    settings = load_settings(**overrides(host, port, data_dir))
    configure_logging(settings.log_level, json=settings.log_json)
    check_host(settings.server.host, has_secret=settings.secret is not None)
    with (
        open_socket(settings.server.host, settings.server.port) as listener,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(_serve(settings, listener))


def overrides(host: str | None, port: int | None, data_dir: Path | None) -> dict[str, Any]:
    """Options given on the command line, as settings."""
    part = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    return ({"server": part} if part else {}) | ({} if data_dir is None else {"data_dir": data_dir})


async def _serve(settings: "Settings", listener: "socket") -> None:
    from bootstrap.service import open_parley_with_keys
    from server.app import create_app
    from server.build import build_face
    from server.listen import Listener, address_of

    async with open_parley_with_keys(settings) as (parley, keys):
        face = build_face(settings, parley, keys, version=version("parley"))
        app = create_app(face, cors_origins=settings.server.cors_origins)

        def announce() -> None:
            typer.echo(greeting(settings, address_of(listener)))

        await Listener(app, stopping=face.stopping, ready=announce).serve([listener])


def greeting(settings: "Settings", address: str) -> str:
    """What is running, and how to reach it."""
    access = (
        "Callers show a token or an API key (parley token, parley api-key)."
        if settings.secret
        else "No token is needed: this machine only, tenant demo. Set PARLEY_SECRET to listen elsewhere."
    )
    engines = f"Model: {settings.model_name}. Speech to text: {settings.stt.kind}."
    return f"Parley listens on {address} (API at {address}/docs).\n{engines}\n{access}"
