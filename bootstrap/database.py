"""The database that the settings choose: by its URL, or embedded; migrated either way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bootstrap.settings import Settings
from playbooks.loader import load_migrations
from ports.store import KeyStore
from providers.encryption.aes import build_cipher, new_key
from providers.postgres.database import Database, open_database
from providers.postgres.embedded.attach import open_embedded
from providers.postgres.embedded.default_dir import choose_data_dir
from providers.postgres.key_check import check_keys
from providers.postgres.key_store import PostgresKeyStore
from providers.postgres.migrate import migrate

HERE = Path(".parley")
"""Where the embedded database lives unless a setting says, and the server's own user can enter it."""


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """Open a migrated database.

    Raises:
        ConfigError: a setting cannot work; the message says which and what to do.
        Unavailable: the server takes no connection.
    """
    async with open_server(settings) as dsn, open_pool_on(dsn, settings) as database:
        yield database


@asynccontextmanager
async def open_pool_on(dsn: str, settings: Settings) -> AsyncIterator[Database]:
    """Open the connections of a process to a migrated database."""
    pool, keys = settings.database, settings.encryption.keys
    cipher = None if keys is None else build_cipher(keys.get_secret_value())
    async with open_database(dsn, pool_min=pool.pool_min, pool_max=pool.pool_max, cipher=cipher) as database:
        await check_keys(database)
        yield database


def new_encryption_key(name: str) -> str:
    """Make a key as the settings take it."""
    return new_key(name)


@asynccontextmanager
async def open_key_store(settings: Settings) -> AsyncIterator[KeyStore]:
    """Open the API keys alone: no engine is started and no turn is taken up.

    Raises:
        ConfigError: a setting cannot work; the message says which and what to do.
        Unavailable: the server takes no connection.
    """
    async with open_store(settings) as database:
        yield PostgresKeyStore(database)


@asynccontextmanager
async def open_server(settings: Settings) -> AsyncIterator[str]:
    """Yield the URL of a migrated database: the one that is set, or the embedded one, which runs as long as this."""
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        await migrate(url, load_migrations())
        yield url
        return
    user = settings.database.embedded_user
    data_dir = settings.data_dir
    if data_dir is None:
        data_dir = await asyncio.to_thread(choose_data_dir, HERE, user)
    async with open_embedded(data_dir, owner_name=user) as dsn:
        await migrate(dsn, load_migrations())
        yield dsn
