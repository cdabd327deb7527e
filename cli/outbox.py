"""`parley outbox` and `parley worker`: what leaves for the outside, and who brings it there."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.listing import DataDir, Json, Tenant, settings_for, show
from domain.errors import Unavailable
from ports.outbox import EntryStatus

if TYPE_CHECKING:
    from ports.outbox import OutboxStore

outbox = typer.Typer(
    help="What leaves for the outside: deliveries that wait, are in doubt or dead.", no_args_is_help=True
)
COLUMNS = ("key", "kind", "status", "attempts", "fault", "created_at")
Answer = TypeVar("Answer")


@outbox.callback()
def group() -> None:
    """What leaves for the outside."""


@outbox.command("list")
def list_entries(
    status: Annotated[EntryStatus | None, typer.Option(help="Only these; else all that are not done.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """List entries, oldest first."""
    found = asyncio.run(_with_outbox(data_dir, lambda store: store.page_of(tenant, status, limit)))
    show([vars(entry) for entry in found], COLUMNS, as_json=as_json)


@outbox.command("replay")
def replay(
    keys: Annotated[list[str] | None, typer.Argument(help="Dead or unknown entries.")] = None,
    all_dead: Annotated[bool, typer.Option("--all-dead", help="Every dead entry of the tenant.")] = False,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
) -> None:
    """Deliver entries again, under the keys they had; a running worker takes them up."""
    if bool(keys) == all_dead:
        raise typer.BadParameter("name entries, or say --all-dead: one of the two")
    wanted = None if all_dead else keys
    revived = asyncio.run(_with_outbox(data_dir, lambda store: store.revive(tenant, wanted)))
    print(f"{len(revived)} to be delivered again.")
    missing = set(keys or ()) - set(revived)
    for key in sorted(missing):
        print(f"Neither dead nor unknown: {key}")
    if missing:
        raise typer.Exit(1)


@outbox.command("settle")
def settle(
    key: Annotated[str, typer.Argument(help="An unknown entry, once you have found out what became of it.")],
    arrived: Annotated[bool, typer.Option("--arrived/--lost", help="Whether it arrived.")],
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
) -> None:
    """Say what became of an entry that nobody could be asked about."""
    status = EntryStatus.DONE if arrived else EntryStatus.DEAD
    if not asyncio.run(_with_outbox(data_dir, lambda store: store.decide(tenant, key, status))):
        print("There is no such entry, or it is not unknown.")
        raise typer.Exit(1)
    print("Settled." if arrived else "Dead; `parley outbox replay` sends it again.")


def worker(data_dir: DataDir = None) -> None:
    """Deliver and do other background work in a process of its own, until told to stop."""
    asyncio.run(_work(data_dir))


async def _work(data_dir: Path | None) -> None:
    from bootstrap.background import open_worker
    from bootstrap.logging import configure_logging

    settings = settings_for(data_dir)
    configure_logging(settings.log_level, json=settings.log_json)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_worker(settings) as working:
        print("A worker of Parley is at work.", flush=True)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.done():
            stopping.cancel()
            raise Unavailable("The worker broke; its log says where.")


async def _with_outbox(data_dir: Path | None, work: Callable[["OutboxStore"], Awaitable[Answer]]) -> Answer:
    from bootstrap.background import open_outbox

    async with open_outbox(settings_for(data_dir)) as stores:
        return await work(stores.outbox)
