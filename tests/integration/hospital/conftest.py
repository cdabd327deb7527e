"""A front desk on a database of its own, and what its tables hold."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, LiteralString, cast

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from ports.sheet import NoRows, SheetRows
from providers.postgres.database import Database
from providers.scripted.speech_to_text import silence
from tests.integration.hospital.calls import FrontDesk, Wishes

Rows = Callable[[LiteralString], Awaitable[list[dict[str, Any]]]]
Break = Callable[[str], None]
OpenDesk = Callable[[Database], AbstractAsyncContextManager[FrontDesk]]


@asynccontextmanager
async def open_desk(database: Database, rows: SheetRows | None = None) -> AsyncIterator[FrontDesk]:
    """Run a service on a database, with a model that is told what to do; nothing is delivered."""
    wishes = Wishes()
    ports = Ports(database, silence(), wishes.model, rows=rows or NoRows())
    async with run_parley(ports, Settings()) as parley:
        yield FrontDesk(parley, wishes)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[FrontDesk]:
    """A front desk."""
    async with open_desk(database) as desk:
        yield desk


@pytest.fixture
def rows(database: Database) -> Rows:
    """Read what the tables hold for the tenant `demo`."""

    async def read(query: LiteralString) -> list[dict[str, Any]]:
        return await database.run("demo", query)

    return read


@pytest.fixture
def breaks(desk: FrontDesk, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Break one of the playbook's statements, in a way that nobody foresaw."""
    queries = cast(dict[str, str], desk.parley.playbooks["hospital"].queries)
    return lambda name: monkeypatch.setitem(queries, name, f"{queries[name]}; SELECT 1 / 0")
