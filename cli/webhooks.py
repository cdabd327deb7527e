"""`parley webhook`: who is told of events over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli.listing import DataDir, Json, Tenant, settings_for, show
from domain.errors import InvalidInput
from domain.session import session_id_of

if TYPE_CHECKING:
    from ports.webhooks import WebhookStore

webhooks = typer.Typer(help="Who is told of a tenant's events over HTTP.", no_args_is_help=True)
COLUMNS = ("webhook_id", "url", "types", "created_at", "disabled_at", "disabled_why")

Answer = TypeVar("Answer")
Id = Annotated[str, typer.Argument(help="The webhook's id, as `parley webhook list` shows it.")]


@webhooks.callback()
def group() -> None:
    """Who is told of a tenant's events over HTTP."""


@webhooks.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where events are posted.")],
    types: Annotated[str | None, typer.Option(help="Event types, with commas between; all if not given.")] = None,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Post events to an address from now on; the secret that signs them is printed this once."""
    from bootstrap.background import new_webhook

    webhook = new_webhook(tenant, url, None if types is None else [name.strip() for name in types.split(",")])
    asyncio.run(_with_store(data_dir, lambda store: store.add(webhook)))
    show([vars(webhook)], ("webhook_id", "url", "secret"), as_json=as_json)


@webhooks.command("list")
def list_all(tenant: Tenant = "demo", data_dir: DataDir = None, as_json: Json = False) -> None:
    """List webhooks, oldest first."""
    found = asyncio.run(_with_store(data_dir, lambda store: store.all_of(tenant)))
    show([vars(webhook) for webhook in found], COLUMNS, as_json=as_json)


@webhooks.command("disable")
def disable(webhook_id: Id, tenant: Tenant = "demo", data_dir: DataDir = None) -> None:
    """Post no more events to an address; what waits for it becomes dead when its time comes."""
    known = _id(webhook_id)
    done = asyncio.run(_with_store(data_dir, lambda store: store.disable(tenant, known, "by command")))
    _say("disabled", done=done)


@webhooks.command("enable")
def enable(webhook_id: Id, tenant: Tenant = "demo", data_dir: DataDir = None) -> None:
    """Post events to an address again, from now on."""
    known = _id(webhook_id)
    _say("enabled", done=asyncio.run(_with_store(data_dir, lambda store: store.enable(tenant, known))))


def _id(webhook_id: str) -> str:
    try:
        return session_id_of(webhook_id)
    except InvalidInput as error:
        raise InvalidInput("A webhook's id is a UUID, as `parley webhook list` shows it.") from error


def _say(word: str, *, done: bool) -> None:
    print(word.capitalize() + "." if done else f"There is no such webhook, or it is {word} already.")
    if not done:
        raise typer.Exit(1)


async def _with_store(data_dir: Path | None, work: Callable[["WebhookStore"], Awaitable[Answer]]) -> Answer:
    from bootstrap.background import open_outbox

    async with open_outbox(settings_for(data_dir)) as stores:
        return await work(stores.webhooks)
