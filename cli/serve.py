"""`parley serve`: the HTTP and WebSocket service."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from socket import socket

    from bootstrap.settings import Settings
    from cli.serving import Serving


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; beyond this machine it needs a secret.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="0 takes any free port.", min=0, max=65_535)] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the embedded database lives.")] = None,
    replicas: Annotated[
        int, typer.Option(help="Servers on one database, on this port and those after it.", min=1, max=64)
    ] = 1,
    with_parent: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the service until it is told to stop."""
    import uvloop

    from server.listen import open_socket

    settings = _checked(overrides(host, port, data_dir))
    if replicas > 1:
        from cli.replicas import serve_replicas

        asyncio.run(serve_replicas(settings, replicas, passed_on(host, data_dir)))
        return
    gc.disable()  # until it listens: what is loaded on the way stays, and looking it through costs a tenth of the start
    with (
        open_socket(settings.server.host, settings.server.port) as listener,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(_serve(settings, listener, with_parent=with_parent))


def _checked(overridden: dict[str, Any]) -> "Settings":
    """The settings, by which the logs are written from here on."""
    from bootstrap.logging import configure_logging
    from bootstrap.settings import load_settings
    from server.listen import check_host

    settings = load_settings(**overridden)
    configure_logging(settings.log_level, json=settings.log_json)
    check_host(settings.server.host, has_secret=settings.secret is not None)
    return settings


def overrides(host: str | None, port: int | None, data_dir: Path | None) -> dict[str, Any]:
    """Options given on the command line, as settings."""
    part = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    return ({"server": part} if part else {}) | ({} if data_dir is None else {"data_dir": data_dir})


def passed_on(host: str | None, data_dir: Path | None) -> list[str]:
    """The options that every replica is started with."""
    given = (("--host", host), ("--data-dir", data_dir))
    return [text for name, value in given if value is not None for text in (name, str(value))]


async def _serve(settings: "Settings", listener: "socket", *, with_parent: bool) -> None:
    from cli.serving import open_serving
    from server.listen import Listener, address_of

    async with open_serving(settings) as serving:

        def announce() -> None:
            print(greeting(settings, serving, address_of(listener)), flush=True)

        server = Listener(serving.app, stopping=serving.face.stopping, ready=announce, leaving=serving.parley.leave)
        if with_parent:
            leave_with_parent(server.leave)
        await server.serve([listener])


def leave_with_parent(leave: Callable[[], None]) -> None:
    """Call `leave` when whoever started this process is gone: the other end of our input closes then."""
    loop = asyncio.get_running_loop()

    def look() -> None:
        if not os.read(sys.stdin.fileno(), 4_096):
            loop.remove_reader(sys.stdin.fileno())
            leave()

    loop.add_reader(sys.stdin.fileno(), look)


def greeting(settings: "Settings", serving: "Serving", address: str) -> str:
    """What is running, and how to reach it."""
    access = (
        "Callers show a token or an API key (parley token, parley api-key)."
        if settings.secret
        else "No token is needed: this machine only, tenant demo. Set PARLEY_SECRET to listen elsewhere."
    )
    engines = f"Model: {settings.model_name}. Speech to text: {serving.stt}. Voice: {serving.voice}."
    return f"Parley listens on {address} (API at {address}/docs).\n{engines}\n{access}"
