"""Migrations: by several processes at once, by a login with few rights, and not at all when nothing is due."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql

from domain.errors import ConfigError, Unavailable
from providers.postgres.database import open_database
from providers.postgres.migrate import MIGRATIONS, load_head, migrate
from providers.postgres.roles import may_act


def version_in(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT array_agg(version_num) FROM alembic_version").fetchone()


async def test_several_processes_at_once(empty_database_url: str) -> None:
    await asyncio.gather(*(migrate(empty_database_url) for _ in range(3)))
    assert version_in(empty_database_url) == ([load_head()],)
    async with open_database(empty_database_url) as database:
        assert await database.run("t", "SELECT FROM sessions") == []


def test_the_newest_file_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [load_head()]


def test_every_revision_has_its_statements() -> None:
    revisions = {path.stem for path in Path(MIGRATIONS, "versions").glob("[0-9]*.py")}
    assert {path.stem for path in Path(MIGRATIONS, "sql").glob("*.sql")} == revisions


async def test_nothing_is_done_when_nothing_is_due(database_url: str) -> None:
    """A database at the head, or further, is left alone: its version is not even known to Alembic."""
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    await migrate(database_url)
    assert version_in(database_url) == (["9999"],)


async def test_a_failed_migration_is_undone(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("CREATE TABLE checkpoint_writes (theirs int)")
    with pytest.raises(ConfigError, match="checkpoint_writes"):
        await migrate(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        assert connection.execute("SELECT to_regclass('sessions'), to_regclass('alembic_version')").fetchone() == (
            None,
            None,
        )


async def test_no_server_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await migrate("postgresql://me@127.0.0.1:1/db")


@pytest.fixture
def tenant_of_a_host(server: psycopg.Connection, empty_database_url: str) -> Iterator[str]:
    """The URL of a login that owns its database and may do nothing else, as with a hosted Postgres."""
    login = f"login_{uuid4().hex}"
    database = empty_database_url.split("/")[3].split("?")[0]
    names = {"login": sql.Identifier(login), "database": sql.Identifier(database)}
    server.execute(sql.SQL("CREATE ROLE {login} LOGIN").format(**names))
    server.execute(sql.SQL("ALTER DATABASE {database} OWNER TO {login}").format(**names))
    yield empty_database_url.replace("parley@", f"{login}@")
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP OWNED BY {login} CASCADE").format(**names))
    server.execute(sql.SQL("ALTER DATABASE {database} OWNER TO parley").format(**names))
    server.execute(sql.SQL("DROP ROLE {login}").format(**names))


async def test_a_login_with_few_rights_is_told_what_to_run(tenant_of_a_host: str, server: psycopg.Connection) -> None:
    with pytest.raises(ConfigError, match="Let an administrator run") as raised:
        await migrate(tenant_of_a_host)
    for statement in raised.value.message.splitlines()[1:]:
        if not statement.startswith("CREATE ROLE"):  # the tests before have made it
            server.execute(statement.encode())
    await migrate(tenant_of_a_host)
    async with open_database(tenant_of_a_host) as database:
        assert await database.run("t", "SELECT current_user AS role") == [{"role": "parley_app"}]
        assert await database.run("t", "SELECT FROM sessions") == []


def test_a_role_that_evades_is_refused(empty_database_url: str) -> None:
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("ALTER ROLE parley_app BYPASSRLS")
        with pytest.raises(ConfigError, match="NOBYPASSRLS"):
            may_act(connection)
        connection.rollback()
