"""Which of Postgres' errors are weather: what may pass if one waits, and what may be sent again at once."""

import psycopg
import psycopg_pool

from domain.errors import Unavailable

LOST = ("08", "57P01", "57P02", "57P03", "57P05")
"""SQLSTATE beginnings of a lost connection: its last statement may or may not have been committed."""

UNDONE = ("40001", "40P01")
"""Serialization failure and deadlock: the server has rolled the transaction back and asks to have it again."""

EXHAUSTED = ("53", "57014", "55P03", "58030", "25006")
"""No disk, memory or connection left, a time-out struck, or the server takes reads only (a stand-by)."""

POOL = (psycopg_pool.PoolTimeout, psycopg_pool.TooManyRequests, psycopg_pool.PoolClosed)
"""No connection was to be had: nothing was sent."""

LOST_RETRY_AFTER = 1.0
EXHAUSTED_RETRY_AFTER = 5.0


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection is gone, and the fate of what was sent unknown."""
    if isinstance(error, POOL):
        return False
    if isinstance(error, psycopg.InterfaceError):
        return True
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError)
    return error.sqlstate.startswith(LOST)


def is_undone(error: psycopg.Error) -> bool:
    """Whether the server has undone the transaction for the sake of another one."""
    return error.sqlstate in UNDONE


def translate(error: psycopg.Error) -> Exception:
    """Turn weather into Unavailable; anything else is given back as it is."""
    if isinstance(error, POOL):
        return Unavailable("No database connection was free in time.", retry_after=LOST_RETRY_AFTER)
    if is_lost(error):
        return Unavailable("The connection to the database was lost.", retry_after=LOST_RETRY_AFTER)
    if is_undone(error):
        return Unavailable("The transaction lost against others too often.", retry_after=LOST_RETRY_AFTER)
    if error.sqlstate is not None and error.sqlstate.startswith(EXHAUSTED):
        return Unavailable("The database is out of room or time.", retry_after=EXHAUSTED_RETRY_AFTER)
    return error
