"""Connections as every part of Parley uses them: checked, bounded in time, under a role that owns nothing."""

import select
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import AsyncClientCursor, AsyncConnection
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from domain.errors import ConfigError, Unavailable
from providers.postgres.roles import APP_ROLE

Connection = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]
SetUp = Callable[[Connection], Awaitable[None]]

DEFAULTS: dict[str, str | int] = {
    "application_name": "parley",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Connection parameters unless the URL has others: a dead network is noticed within half a minute."""

_HOW: dict[str, Any] = {
    "autocommit": True,
    "cursor_factory": AsyncClientCursor,
    "row_factory": dict_row,
    "prepare_threshold": None,
}


def connection_parameters(dsn: str) -> dict[str, Any]:
    """Read a database URL, with our defaults for what it leaves open.

    Raises:
        ConfigError: it is no Postgres URL; the message does not repeat it, since it may hold a password.
    """
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:
        raise ConfigError("DATABASE_URL cannot be read: write postgresql://user:password@host:5432/database.") from None
    return {**DEFAULTS, **given}


@asynccontextmanager
async def open_pool(
    dsn: str, *, pool_min: int, pool_max: int, pool_timeout: float, statement_timeout: float
) -> AsyncIterator[Pool]:
    """Open a pool of ready connections, the first of them proven. Time-outs are in seconds.

    Raises:
        ConfigError: the URL cannot be read, or the login may not act as the application's role.
        Unavailable: the server takes no connection.
    """
    parameters = connection_parameters(dsn)
    set_up = build_set_up(statement_timeout)
    await _prove(parameters, set_up)
    pool: Pool = AsyncConnectionPool(
        kwargs={**parameters, **_HOW},
        connection_class=Connection,
        min_size=pool_min,
        max_size=pool_max,
        timeout=pool_timeout,
        reconnect_timeout=pool_timeout,
        configure=set_up,
        open=False,
        name="parley",
    )
    async with pool:
        yield pool


@asynccontextmanager
async def borrow(pool: Pool) -> AsyncIterator[Connection]:
    """Borrow a connection that lives; dead ones met on the way are replaced.

    Raises:
        psycopg_pool.PoolTimeout: none was free in time.
    """
    while True:
        async with pool.connection() as connection:
            if await _lives(connection):
                yield connection
                return
            await connection.close()


def build_set_up(statement_timeout: float) -> SetUp:
    """Make what a new connection is told first: its time-outs (seconds), its clock, and the role that owns nothing."""
    milliseconds = int(statement_timeout * 1000)

    async def set_up(connection: Connection) -> None:
        await connection.execute(
            f"SET statement_timeout = {milliseconds}; SET idle_in_transaction_session_timeout = {milliseconds}; "
            f"SET timezone = 'UTC'; SET ROLE {APP_ROLE}"
        )

    return set_up


async def _prove(parameters: dict[str, Any], set_up: SetUp) -> None:
    try:
        async with await Connection.connect(**parameters, **_HOW) as connection:
            await set_up(connection)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue) as error:
        raise ConfigError(f"The database login may not act as {APP_ROLE} ({error}); run the migrations.") from error
    except psycopg.OperationalError as error:
        raise Unavailable(f"The database takes no connection: {error}", retry_after=5) from error


async def _lives(connection: Connection) -> bool:
    """Whether an idle connection still has a server behind it; costs no round trip.

    A server that hangs up says so, which makes the socket readable; only then is it asked.
    """
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    if not poll.poll(0):
        return True
    try:
        await connection.execute("SELECT")
    except psycopg.OperationalError:
        return False
    return True
