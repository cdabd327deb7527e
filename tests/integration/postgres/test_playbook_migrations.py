"""A playbook's own migrations: each once, by several processes at once, all or nothing, and apart by tenants."""

import asyncio

import psycopg
import pytest
from psycopg import errors

from domain.errors import ConfigError
from playbooks.loader import load_migrations
from ports.playbook_data import Migration
from providers.postgres.database import open_database
from providers.postgres.migrate import migrate
from providers.postgres.playbook_migrations import missing_of

FIRST = Migration(
    "clinic",
    "0001_beds.sql",
    "CREATE TABLE clinic_beds (tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true), bed text);"
    "SELECT keep_tenants_apart('clinic_beds');",
)
SECOND = Migration("clinic", "0002_more.sql", "ALTER TABLE clinic_beds ADD COLUMN ward text DEFAULT '100%'")
OTHER = Migration("bistro", "0001_tables.sql", "CREATE TABLE bistro_tables (id int)")
BROKEN = Migration("clinic", "0002_more.sql", "CREATE TABLE clinic_rooms (id int); SELECT 1 / 0")


def known_in(url: str) -> list[tuple[str, str]]:
    """The playbooks' migrations that a database has."""
    with psycopg.connect(url) as connection:
        query = "SELECT playbook, name FROM playbook_migrations WHERE playbook <> 'hospital' ORDER BY 1, 2"
        return connection.execute(query).fetchall()


def there(url: str, table: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT to_regclass(%s) IS NOT NULL", [table]).fetchone() == (True,)


async def test_several_processes_at_once_run_each_once(empty_database_url: str) -> None:
    await asyncio.gather(*(migrate(empty_database_url, [SECOND, OTHER, FIRST]) for _ in range(3)))
    assert known_in(empty_database_url) == [(each.playbook, each.name) for each in (OTHER, FIRST, SECOND)]
    await migrate(empty_database_url, [FIRST, SECOND, OTHER])


async def test_a_later_one_is_added(database_url: str) -> None:
    await migrate(database_url, [FIRST])
    with psycopg.connect(database_url) as connection:
        assert missing_of(connection, [SECOND, FIRST]) == [SECOND]
    await migrate(database_url, [FIRST, SECOND])
    assert known_in(database_url) == [("clinic", FIRST.name), ("clinic", SECOND.name)]


async def test_one_that_fails_is_named_and_undone_with_those_beside_it(database_url: str) -> None:
    with pytest.raises(ConfigError, match=r"playbooks/clinic/migrations/0002_more\.sql failed and was undone"):
        await migrate(database_url, [FIRST, BROKEN])
    assert known_in(database_url) == []
    assert not there(database_url, "clinic_beds")
    assert not there(database_url, "clinic_rooms")
    await migrate(database_url, [FIRST, SECOND])
    assert len(known_in(database_url)) == 2


async def test_tenants_are_kept_apart_and_the_service_owns_nothing(database_url: str) -> None:
    await migrate(database_url, [FIRST])
    async with open_database(database_url, pool_min=1, pool_max=1) as database:
        await database.run("a", "INSERT INTO clinic_beds (bed) VALUES ('one')")
        assert await database.run("a", "SELECT bed FROM clinic_beds") == [{"bed": "one"}]
        assert await database.run("b", "SELECT bed FROM clinic_beds") == []
        with pytest.raises(errors.InsufficientPrivilege):
            await database.run("b", "UPDATE clinic_beds SET bed = 'mine'; INSERT INTO clinic_beds VALUES ('a', 'x')")
        for statement in ("DROP TABLE clinic_beds", "DELETE FROM playbook_migrations"):
            with pytest.raises(errors.InsufficientPrivilege):
                await database.run("a", statement)


def test_the_playbooks_of_this_version_are_in_the_template(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        assert load_migrations()
        assert missing_of(connection, load_migrations()) == []
