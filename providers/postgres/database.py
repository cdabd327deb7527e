"""Statements for one tenant: one message, one transaction, one round trip.

The message is one of the simple protocol with its values bound by the client, not a pipeline of prepared statements.
Milliseconds per call of either, simple / pipeline, PostgreSQL 18 over a Unix socket, the two taking turns, 3,750 calls:

                          client's CPU    server's CPU    wall, median
    read by key            0.23 / 0.30     0.15 / 0.08     0.36 / 0.33
    upsert                 0.28 / 0.39     0.27 / 0.23     0.64 / 0.65
    upsert, then read      0.32 / 0.51     0.36 / 0.27     0.77 / 0.75
    long join and CTEs     0.31 / 0.44     0.90 / 0.70     1.35 / 1.24

The client's share decides, since one event loop serves every call of a process; the server, which plans each time, has
a process for each connection.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg

from domain.errors import Unavailable
from ports.cipher import Cipher
from providers.postgres.connections import Pool, borrow, open_pool
from providers.postgres.failures import is_lost, is_undone, translate
from providers.postgres.personal import bind, opened

SET_TENANT: LiteralString = "SELECT set_config('app.tenant', %(tenant_id)s, true); "

ATTEMPTS = 3
GRACE = 5.0
"""Seconds after which a server is given up that does not even report its own time-out."""


class Database:
    """A pool of connections that own nothing and see one tenant at a time."""

    def __init__(self, pool: Pool, *, statement_timeout: float, cipher: Cipher | None = None) -> None:
        self._pool = pool
        self._cipher = cipher
        self._patience = statement_timeout + GRACE

    async def run(
        self,
        tenant_id: str,
        statement: LiteralString,
        params: Mapping[str, Any] | None = None,
        *,
        retry: bool = False,
    ) -> list[dict[str, Any]]:
        """Run `;`-separated statements as one transaction and return the last one's rows.

        Parameters are named, `%(name)s`; a literal percent sign is written `%%`, and `%(tenant_id)s` is always there.
        A transaction that lost a deadlock is sent again; after a lost connection, whose last transaction may have
        been committed, only what `retry` calls safe to repeat.

        Raises:
            Unavailable: no connection in time, connection lost, or the server takes no more.
            psycopg.Error: the statement is wrong, or broke a constraint.
        """
        query, values = (
            SET_TENANT + statement,
            bind({**(params or {}), "tenant_id": tenant_id}, tenant_id, self._cipher),
        )
        for attempt in range(1, ATTEMPTS + 1):
            try:
                rows = await self._send(query, values)
                return rows if self._cipher is None else opened(rows, tenant_id, self._cipher)
            except psycopg.Error as error:
                if attempt == ATTEMPTS or not (is_undone(error) or (retry and is_lost(error))):
                    raise translate(error) from error
        raise AssertionError("unreachable")

    async def _send(self, query: LiteralString, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Send one message of the simple protocol, which the server runs as one transaction."""
        async with borrow(self._pool) as connection:
            try:
                async with asyncio.timeout(self._patience):
                    cursor = await connection.execute(query, values)
            except TimeoutError as error:
                await connection.close()
                raise Unavailable("The database does not answer.", retry_after=5) from error
            await cursor.set_result(-1)
            return await cursor.fetchall() if cursor.pgresult and cursor.pgresult.nfields else []


@asynccontextmanager
async def open_database(
    dsn: str,
    *,
    pool_min: int = 2,
    pool_max: int = 10,
    pool_timeout: float = 5.0,
    statement_timeout: float = 15.0,
    cipher: Cipher | None = None,
) -> AsyncIterator[Database]:
    """Open a pool on a migrated database. Waiting for a connection and for an answer ends after so many seconds.

    With a cipher, what is personal lies sealed in the tables.

    Raises:
        ConfigError: the URL cannot be read, or the login may not act as the application's role.
        Unavailable: the server takes no connection.
    """
    async with open_pool(
        dsn, pool_min=pool_min, pool_max=pool_max, pool_timeout=pool_timeout, statement_timeout=statement_timeout
    ) as pool:
        yield Database(pool, statement_timeout=statement_timeout, cipher=cipher)
