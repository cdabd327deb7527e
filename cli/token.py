"""`parley token` and `parley api-key`: credentials for the HTTP face."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from server.security.roles import AccessRole

if TYPE_CHECKING:
    from bootstrap.settings import Settings

Tenant = Annotated[str, typer.Option(help="Whose sessions it opens.")]
Role = Annotated[AccessRole, typer.Option(help="What it may do.")]
DataDir = Annotated[Path | None, typer.Option(help="Where the embedded database lives.")]


def token(
    tenant: Tenant = "demo",
    role: Role = AccessRole.OPERATOR,
    minutes: Annotated[int, typer.Option(min=1, max=60 * 24 * 366, help="How long it holds.")] = 60,
) -> None:
    """Make a token, signed with the configured secret."""
    from bootstrap.settings import load_settings
    from domain.errors import ConfigError
    from ports.clock import SystemClock
    from server.security.roles import Caller
    from server.security.tokens import TokenSigner, tenant_of

    settings = load_settings()
    if settings.secret is None:
        raise ConfigError("No secret is configured. On this machine no token is needed; elsewhere set PARLEY_SECRET.")
    caller = Caller(tenant_of(tenant), role, "cli")
    print(TokenSigner(settings.secret, SystemClock()).make(caller, lifetime=timedelta(minutes=minutes)))


def api_key(tenant: Tenant = "demo", role: Role = AccessRole.AGENT, data_dir: DataDir = None) -> None:
    """Make an API key, kept as a digest; it is printed this once."""
    from bootstrap.settings import load_settings

    settings = load_settings(**({} if data_dir is None else {"data_dir": data_dir}))
    print(asyncio.run(_add_key(settings, tenant, role)))


def encryption_key(name: Annotated[str, typer.Option(help="Names the key; a new key takes a new name.")] = "1") -> None:
    """Make a key for PARLEY_ENCRYPTION__KEYS; whoever loses it loses what it seals."""
    from bootstrap.database import new_encryption_key

    print(new_encryption_key(name))


async def _add_key(settings: "Settings", tenant: str, role: AccessRole) -> str:
    from bootstrap.database import open_key_store
    from server.security.keys import build_key
    from server.security.tokens import tenant_of

    made = build_key(tenant_of(tenant), role)
    async with open_key_store(settings) as keys:
        await keys.add(made.kept)
    return made.text
