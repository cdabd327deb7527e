"""Every table of a tenant's data keeps other tenants out, and the service's role cannot get around it."""

from typing import LiteralString

import psycopg
import pytest
from psycopg import errors

from providers.postgres.database import Database
from providers.postgres.roles import APP_ROLE

QUEUE = {f"procrastinate_{table}" for table in ("events", "jobs", "periodic_defers", "workers")}
EXEMPT = {"alembic_version", "playbook_migrations", "tenants", "used_tokens", *QUEUE}
"""Tables without a tenant's data: ids, times and revisions only."""

TABLES = """
SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull
               AND NOT a.attisdropped) AS has_tenant,
       (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a
            ON a.attrelid = d.adrelid AND a.attnum = d.adnum
        WHERE d.adrelid = c.oid AND a.attname = 'tenant_id') AS default_tenant,
       ARRAY(SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
             WHERE p.polrelid = c.oid AND p.polpermissive) AS policies,
       ARRAY(SELECT pg_get_expr(coalesce(p.polwithcheck, p.polqual), p.polrelid) FROM pg_policy p
             WHERE p.polrelid = c.oid AND p.polpermissive) AS checks
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname
"""

CURRENT = "current_setting('app.tenant'::text, true)"
POLICY = f"(tenant_id = {CURRENT})"


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def test_every_tenant_table_has_forced_row_security(database_url: str) -> None:
    found = {str(row[0]): row[1:] for row in rows(database_url, TABLES)}
    tenant_tables = {name: facts for name, facts in found.items() if name not in EXEMPT}
    expected = (True, True, CURRENT, [POLICY], [POLICY])
    assert tenant_tables
    assert {name: facts for name, facts in tenant_tables.items() if facts != expected} == {}


def test_nothing_shows_rows_around_the_policies(database_url: str) -> None:
    """A view runs with its owner's rights, and so does a SECURITY DEFINER function: there are none."""
    views = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"
    definers = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    assert rows(database_url, views) + rows(database_url, definers) == []


def test_the_role_owns_nothing_and_cannot_bypass(database_url: str) -> None:
    role = f"SELECT oid FROM pg_roles WHERE rolname = '{APP_ROLE}'"
    owned = f"SELECT count(*) FROM pg_shdepend WHERE refobjid = ({role}) AND deptype = 'o'"
    powers = (
        f"SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles WHERE oid = ({role})"
    )
    assert rows(database_url, owned) == [(0,)]
    assert rows(database_url, powers) == [(False,) * 5]


async def test_the_service_works_under_that_role(database: Database) -> None:
    assert await database.run("a", "SELECT current_user AS role") == [{"role": APP_ROLE}]


SECRET = """
INSERT INTO sessions (session_id, playbook, channel, call_context, profile, digest, first_dataset, dataset, created_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'clinic', 'chat', '{}', '{}', '', '{}', '{}', now())
"""


async def test_a_tenant_sees_and_changes_its_own_rows_only(database: Database) -> None:
    await database.run("a", SECRET)
    assert await database.run("a", "SELECT tenant_id FROM sessions") == [{"tenant_id": "a"}]
    assert await database.run("b", "SELECT tenant_id FROM sessions") == []
    assert await database.run("b", "UPDATE sessions SET playbook = 'x' RETURNING tenant_id") == []
    assert await database.run("b", "DELETE FROM sessions RETURNING tenant_id") == []
    assert await database.run("a", "SELECT playbook FROM sessions") == [{"playbook": "clinic"}]


async def test_a_tenant_cannot_write_another_tenants_rows(database: Database) -> None:
    await database.run("a", SECRET)
    with pytest.raises(errors.InsufficientPrivilege):
        await database.run("a", "UPDATE sessions SET tenant_id = 'b'")


async def test_no_tenant_sees_no_row(database: Database) -> None:
    await database.run("a", SECRET)
    assert await database.run("", "SELECT tenant_id FROM sessions") == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE sessions DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant_only ON sessions",
        "TRUNCATE sessions CASCADE",
        "UPDATE alembic_version SET version_num = '0000'",
        "CREATE TABLE theirs (id int)",
    ],
)
async def test_the_role_cannot_change_the_schema(database: Database, statement: LiteralString) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        await database.run("a", statement)
