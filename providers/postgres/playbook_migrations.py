"""The playbooks' own migrations: each once, after ours, in a transaction of its own."""

from collections.abc import Collection, Sequence

import psycopg

from domain.errors import ConfigError
from ports.playbook_data import Migration
from providers.postgres.roles import APP_ROLE

LOCK = 7_275_395_639
"""Key of the advisory lock under which they run."""


def apply_playbook_migrations(connection: psycopg.Connection, migrations: Sequence[Migration]) -> None:
    """Run those that this database does not have yet; several processes may do so at once.

    Raises:
        ConfigError: one of them failed and was undone; the message names it.
    """
    if not missing_of(connection, migrations):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for migration in missing_of(connection, migrations):
            _apply(connection, migration)
        connection.execute(f"REVOKE ALL ON playbook_migrations FROM {APP_ROLE}")


def missing_of(connection: psycopg.Connection, migrations: Collection[Migration]) -> list[Migration]:
    """Say which of the migrations a database does not have, in the order of playbooks and names."""
    known = set(connection.execute("SELECT playbook, name FROM playbook_migrations").fetchall())
    missing = (each for each in migrations if (each.playbook, each.name) not in known)
    return sorted(missing, key=lambda each: (each.playbook, each.name))


def _apply(connection: psycopg.Connection, migration: Migration) -> None:
    place = f"playbooks/{migration.playbook}/migrations/{migration.name}"
    try:
        connection.execute(migration.text.encode())
    except psycopg.Error as error:
        raise ConfigError(f"{place} failed and was undone: {error}") from error
    row = [migration.playbook, migration.name]
    connection.execute("INSERT INTO playbook_migrations (playbook, name) VALUES (%s, %s)", row)
