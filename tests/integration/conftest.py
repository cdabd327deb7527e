"""A real Postgres for the run, a migrated template in it, and a clone of that template for each test."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from playbooks.loader import load_migrations
from providers.postgres.database import Database, open_database
from providers.postgres.embedded.attach import attach, detach
from providers.postgres.embedded.locks import hold
from providers.postgres.embedded.owner import Owner
from providers.postgres.migrate import migrate_blocking

TEMPLATE = "parley_template"
ME = Owner("me", os.geteuid(), os.getegid())


MEMORY = Path("/dev/shm")
ENOUGH = 2 << 30
"""Free bytes with which the clusters of a run fit into memory."""


def find_fast_folder() -> Path:
    """Find where clusters are made fastest: in memory if there is room. Every user may enter either folder."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        return MEMORY
    return Path(tempfile.gettempdir())


def in_database(url: str, name: str) -> str:
    """Point a server's URL at another of its databases."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Iterator[str]:
    """A server that all workers of a run share; its superuser's URL. The last worker removes it."""
    data_dir = find_fast_folder() / f"parley-tests-{testrun_uid[:12]}"
    base = tmp_path_factory.getbasetemp()
    lock = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "postgres.lock"
    with hold(lock, ME, timeout=60):
        attachment = attach(data_dir)
        _ensure_template(attachment.cluster.dsn)
    yield attachment.cluster.dsn
    with hold(lock, ME, timeout=60):
        detach(attachment)
        if not attachment.cluster.runs:
            shutil.rmtree(data_dir)


@pytest.fixture(scope="session")
def server(server_url: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection to the server of the run."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def empty_database_url(server: psycopg.Connection, server_url: str) -> Iterator[str]:
    """A new database without a schema."""
    yield from _new_database(server, server_url, "template1")


@pytest.fixture
def database_url(server: psycopg.Connection, server_url: str) -> Iterator[str]:
    """A new database with the schema and no rows."""
    yield from _new_database(server, server_url, TEMPLATE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open pool on a new database, under the role that the service has."""
    async with open_database(database_url, pool_min=1, pool_max=4) as database:
        yield database


def _new_database(server: psycopg.Connection, server_url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    server.execute(sql.SQL("CREATE DATABASE {name} TEMPLATE {template}").format(**names))
    yield in_database(server_url, name)
    server.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))


def _ensure_template(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone() is not None:
            return
        # Nobody needs the data of a test after a power cut.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
        migrate_blocking(in_database(url, TEMPLATE), load_migrations())
        connection.execute(f"ALTER DATABASE {TEMPLATE} ALLOW_CONNECTIONS false")
