"""The database that the settings choose: by its URL, or embedded; migrated either way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bootstrap.settings import Settings
from providers.postgres.database import Database, open_database
from providers.postgres.embedded.attach import open_embedded
from providers.postgres.migrate import migrate


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Database]:
    """Open a migrated database.

    Raises:
        ConfigError: a setting cannot work; the message says which and what to do.
        Unavailable: the server takes no connection.
    """
    async with _open_server(settings) as dsn:
        await migrate(dsn)
        pool = settings.database
        async with open_database(dsn, pool_min=pool.pool_min, pool_max=pool.pool_max) as database:
            yield database


@asynccontextmanager
async def _open_server(settings: Settings) -> AsyncIterator[str]:
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    async with open_embedded(settings.data_dir, owner_name=settings.database.embedded_user) as dsn:
        yield dsn
