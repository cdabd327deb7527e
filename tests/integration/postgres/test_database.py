"""One message, one transaction, one tenant; and what becomes of it when the connection does not last."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from psycopg.types.json import Jsonb

from domain.errors import ConfigError, Unavailable
from providers.postgres.connections import Pool, borrow, open_pool
from providers.postgres.database import Database, open_database
from providers.postgres.failures import translate

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


LOCK = "SELECT pg_advisory_xact_lock_shared(7)"
"""A statement that waits for as long as `admin` holds the lock."""


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection]:
    """A superuser in the same database, who holds the lock."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7)")
        yield connection


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """One connection and little patience."""
    async with open_pool(database_url, pool_min=1, pool_max=1, pool_timeout=0.5, statement_timeout=2) as pool:
        yield pool


@pytest.fixture
def narrow(pool: Pool) -> Database:
    return Database(pool, statement_timeout=2)


async def backend_of(database: Database) -> int:
    return int((await database.run("t", "SELECT pg_backend_pid() AS pid"))[0]["pid"])


async def wait_for_waiting(admin: psycopg.Connection, count: int = 1) -> list[int]:
    """Wait until so many connections wait for the lock, and name their processes."""
    waiting = """
        SELECT pid FROM pg_locks JOIN pg_database AS d ON d.oid = database AND datname = current_database()
        WHERE objid = 7 AND NOT granted"""
    while len(found := (await asyncio.to_thread(admin.execute, waiting)).fetchall()) < count:
        pass
    return [pid for (pid,) in found]


async def cut(admin: psycopg.Connection) -> None:
    """Cut the connection that waits for the lock, then release the lock."""
    (pid,) = await wait_for_waiting(admin)
    admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    admin.execute("SELECT pg_advisory_unlock(7)")


async def test_the_last_statements_rows_come_back(database: Database) -> None:
    assert await database.run("t", "SELECT 1 AS a; SELECT 2 AS b UNION SELECT 3 ORDER BY b") == [{"b": 2}, {"b": 3}]
    assert await database.run("t", "SELECT 1; SET LOCAL work_mem = '1MB'") == []


async def test_parameters_keep_their_types(database: Database) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    values = {"i": 2**40, "s": 'it\'s 100 % \\ "ü"; --', "b": b"\0\xff", "t": at, "u": uuid4(), "n": None, "l": ["a'b"]}
    statement = (
        "SELECT %(i)s::bigint AS i, %(s)s AS s, %(b)s::bytea AS b, %(t)s::timestamptz AS t, %(u)s::uuid AS u, "
        "%(n)s AS n, %(l)s::text[] AS l, %(j)s::jsonb AS j, '100 %%' AS percent"
    )
    found = await database.run("t", statement, {**values, "j": Jsonb({"k": [1, "é"]})})
    assert found == [{**values, "j": {"k": [1, "é"]}, "percent": "100 %"}]


@given(tenant=TEXTS, text=TEXTS)
@settings(max_examples=50, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_text_can_leave_its_quotes(database: Database, tenant: str, text: str) -> None:
    found = await database.run(tenant, "SELECT %(text)s AS x, current_setting('app.tenant') AS y", {"text": text})
    assert found == [{"x": text, "y": tenant}]


async def test_a_parameter_cannot_pose_as_the_tenant(database: Database) -> None:
    found = await database.run("a", "SELECT %(tenant_id)s AS x, current_setting('app.tenant') AS y", {"tenant_id": "b"})
    assert found == [{"x": "a", "y": "a"}]


async def test_a_tenant_ends_with_its_message(narrow: Database, pool: Pool) -> None:
    pid = await backend_of(narrow)
    async with borrow(pool) as connection:
        cursor = await connection.execute("SELECT pg_backend_pid() AS pid, current_setting('app.tenant', true) AS t")
        assert await cursor.fetchall() == [{"pid": pid, "t": ""}]


async def test_statements_are_one_transaction(database: Database) -> None:
    with pytest.raises(errors.UniqueViolation):
        await database.run("t", "INSERT INTO tenants VALUES ('one'); INSERT INTO tenants VALUES ('two'), ('two')")
    assert await database.run("t", "SELECT tenant_id FROM tenants") == []


async def test_an_idle_connection_that_was_cut_is_noticed(narrow: Database, admin: psycopg.Connection) -> None:
    pid = await backend_of(narrow)
    admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert await backend_of(narrow) != pid


async def test_a_lost_connection_is_not_retried_unasked(database: Database, admin: psycopg.Connection) -> None:
    running = asyncio.create_task(database.run("t", f"INSERT INTO tenants VALUES ('x'); {LOCK}"))
    await cut(admin)
    with pytest.raises(Unavailable) as raised:
        await running
    assert raised.value.retry_after > 0
    assert await database.run("t", "SELECT FROM tenants") == []


async def test_a_lost_connection_is_retried_when_asked(database: Database, admin: psycopg.Connection) -> None:
    running = asyncio.create_task(database.run("t", f"{LOCK}; SELECT 'done' AS x", retry=True))
    await cut(admin)
    assert await running == [{"x": "done"}]


async def test_who_loses_a_deadlock_is_sent_again(database: Database, admin: psycopg.Connection) -> None:
    await database.run("t", "INSERT INTO tenants VALUES ('a'), ('b')")
    update = "UPDATE tenants SET created_at = now() WHERE tenant_id = "
    there = asyncio.create_task(database.run("t", f"{update} 'a'; {LOCK}; {update} 'b' RETURNING tenant_id"))
    back = asyncio.create_task(database.run("t", f"{update} 'b'; {LOCK}; {update} 'a' RETURNING tenant_id"))
    await wait_for_waiting(admin, 2)
    admin.execute("SELECT pg_advisory_unlock(7)")
    assert await there == [{"tenant_id": "b"}]
    assert await back == [{"tenant_id": "a"}]


async def test_waiting_for_a_connection_ends(narrow: Database, pool: Pool) -> None:
    async with borrow(pool):
        with pytest.raises(Unavailable):
            await narrow.run("t", "SELECT 1")


async def test_waiting_for_an_answer_ends(narrow: Database, admin: psycopg.Connection) -> None:
    with pytest.raises(Unavailable):
        await narrow.run("t", LOCK)
    assert await narrow.run("t", "SELECT 1 AS x") == [{"x": 1}]


async def test_a_cancelled_statement_gives_its_connection_back(narrow: Database, admin: psycopg.Connection) -> None:
    running = asyncio.create_task(narrow.run("t", LOCK))
    await wait_for_waiting(admin)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await narrow.run("t", "SELECT 1 AS x") == [{"x": 1}]


@pytest.mark.parametrize("code", ["53100", "53200", "53300", "57P03", "08006", "57014", "55P03", "40001"])
def test_weather_becomes_unavailable(code: str) -> None:
    assert isinstance(translate(errors.lookup(code)()), Unavailable)


def test_what_is_no_weather_stays_as_it_is() -> None:
    error = errors.UniqueViolation()
    assert translate(error) is error


async def test_a_url_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(ConfigError) as raised:
        async with open_database("postgresql+psycopg://me:hush@host/db"):
            pass
    assert "hush" not in raised.value.message


async def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        async with open_database("postgresql://me@127.0.0.1:1/db"):
            pass
