"""Bringing a database to the schema of this version: the role first, then whatever revisions are missing."""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg

from domain.errors import ConfigError, Unavailable
from ports.playbook_data import Migration
from providers.postgres.connections import connection_parameters
from providers.postgres.playbook_migrations import apply_playbook_migrations
from providers.postgres.roles import ensure_app_role, may_act

MIGRATIONS = Path(__file__).parent / "migrations"

TIMEOUT = 600
"""Seconds for all revisions together."""


async def migrate(dsn: str, playbooks: Sequence[Migration] = ()) -> None:
    """Create or update the schema; several processes may do so at once, and it costs two queries when nothing is due.

    A database that a newer version has migrated is left as it is. `playbooks` are the playbooks' own migrations.

    Raises:
        ConfigError: the URL cannot be read, the role cannot be made, or a revision failed.
        Unavailable: the server takes no connection.
    """
    await asyncio.to_thread(migrate_blocking, dsn, playbooks)


def migrate_blocking(dsn: str, playbooks: Sequence[Migration] = ()) -> None:
    """Do what `migrate` does, for callers without an event loop."""
    try:
        with psycopg.connect(**connection_parameters(dsn)) as connection:
            if (load_version(connection) or "") < load_head() or not may_act(connection):
                ensure_app_role(connection)
                connection.commit()
                _upgrade(dsn)
            apply_playbook_migrations(connection, playbooks)
    except psycopg.OperationalError as error:
        raise Unavailable(f"The database takes no connection: {error}", retry_after=5) from error


def load_head() -> str:
    """Read the newest revision on disk off the file names, whose order is that of the revisions."""
    return max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def load_version(connection: psycopg.Connection) -> str | None:
    """Read a database's revision; None when it has none."""
    if connection.execute("SELECT to_regclass('alembic_version') IS NULL").fetchone() == (True,):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _upgrade(dsn: str) -> None:
    command: list[str | Path] = [sys.executable, "-P", MIGRATIONS / "upgrade.py"]
    try:
        done = subprocess.run(command, input=dsn, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise ConfigError(f"The migrations did not finish in {TIMEOUT} seconds.") from error
    if done.returncode:
        raise ConfigError(f"A migration failed and was undone:\n{done.stderr.strip()[-2000:]}")
