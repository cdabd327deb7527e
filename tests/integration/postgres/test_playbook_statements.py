"""A playbook's statements run in the transaction of what we write, or not at all; each with parameters of its own."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from domain.errors import Overtaken
from ports.playbook_data import Migration
from ports.records import Written
from providers.encryption.aes import build_cipher, new_key
from providers.postgres.database import Database, open_database
from providers.postgres.migrate import migrate
from providers.postgres.playbook_data import PostgresPlaybookData
from providers.postgres.written import in_one, run_with

BEDS = Migration(
    "clinic",
    "0001_beds.sql",
    "CREATE TABLE clinic_beds (tenant_id text NOT NULL DEFAULT current_setting('app.tenant', true), bed text,"
    " who text, who_key bytea, PRIMARY KEY (tenant_id, bed)); SELECT keep_tenants_apart('clinic_beds');",
)
PUT = "INSERT INTO clinic_beds (bed, who, who_key) VALUES (%(bed)s, %(who)s, %(who_key)s)"
FREE = "WITH freed AS (DELETE FROM clinic_beds WHERE bed = %(bed)s RETURNING 1) SELECT must_change(count(*)) FROM freed"
MOVES = "INSERT INTO tenants (tenant_id) VALUES (%(ours)s); SELECT set_config('app.moved', 'yes', true)"
STAYS = "INSERT INTO tenants (tenant_id) VALUES (%(ours)s)"
WHO = frozenset({"who"})


def put(bed: str, who: str) -> Written:
    return Written(PUT, {"bed": bed, "who": who}, personal=WHO, blind=WHO)


@pytest.fixture(params=[False, True], ids=["plain", "sealed"])
async def clinic(request: pytest.FixtureRequest, database_url: str) -> AsyncIterator[Database]:
    """A database with a playbook's table."""
    await migrate(database_url, [BEDS])
    cipher = build_cipher(new_key("one")) if request.param else None
    async with open_database(database_url, pool_min=1, pool_max=2, cipher=cipher) as database:
        yield database


async def beds(database: Database, tenant_id: str = "demo") -> dict[str, str]:
    found = await database.run(tenant_id, "SELECT bed, who FROM clinic_beds ORDER BY bed")
    return {row["bed"]: row["who"] for row in found}


async def ours(database: Database) -> int:
    """How many rows of ours were written."""
    return len(await database.run("", "SELECT tenant_id FROM tenants WHERE tenant_id LIKE 'test-%%'"))


async def test_both_are_there(clinic: Database) -> None:
    assert await run_with(clinic, "demo", MOVES, {"ours": "test-1"}, [put("a", "Asha"), put("b", "50% of Ben")])
    assert (await ours(clinic), await beds(clinic)) == (1, {"a": "Asha", "b": "50% of Ben"})
    assert await beds(clinic, "other") == {}


async def test_where_ours_changed_nothing_theirs_is_not_run(clinic: Database) -> None:
    assert not await run_with(clinic, "demo", STAYS, {"ours": "test-1"}, [put("a", "Asha")])
    assert (await ours(clinic), await beds(clinic)) == (0, {})


@pytest.mark.parametrize("statements", [[put("b", "Ben"), put("a", "Asha")], [Written(FREE, {"bed": "z"})]])
async def test_whoever_was_faster_nothing_is_written(clinic: Database, statements: list[Written]) -> None:
    await run_with(clinic, "demo", MOVES, {"ours": "test-1"}, [put("a", "Cleo")])
    with pytest.raises(Overtaken):
        await run_with(clinic, "demo", MOVES, {"ours": "test-2"}, statements)
    assert (await ours(clinic), await beds(clinic)) == (1, {"a": "Cleo"})


async def test_a_mistake_in_a_statement_is_said_as_what_it_is(clinic: Database) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        await run_with(clinic, "demo", MOVES, {"ours": "test-1"}, [Written("SELECT 1 FROM nowhere", {})])
    assert await ours(clinic) == 0


async def test_rows_are_found_by_what_is_sealed(clinic: Database) -> None:
    await run_with(clinic, "demo", MOVES, {"ours": "test-1"}, [put("a", "Asha"), put("b", "Ben")])
    data = PostgresPlaybookData(clinic)
    query = "SELECT bed, who FROM clinic_beds WHERE who_key = ANY(%(who_keys)s)"
    assert await data.rows("demo", query, {"who": "Asha"}, blind=("who",)) == [{"bed": "a", "who": "Asha"}]
    assert await data.rows("demo", query, {"who": None}, blind=("who",)) == []
    assert await data.rows("other", query, {"who": "Asha"}, blind=("who",)) == []


def test_each_statement_has_parameters_of_its_own() -> None:
    text, values = in_one(
        [STAYS], [Written("SELECT %(a)s, %(session_id)s, '%%'", {"a": 1}), Written("SELECT %(a)s", {"a": 2})]
    )
    assert text == f"{STAYS}; SELECT %(s0_a)s, %(session_id)s, '%%'; SELECT %(s1_a)s"
    assert values == {"s0_a": 1, "s1_a": 2}
