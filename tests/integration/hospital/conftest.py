"""A front desk on a database of its own, and what its tables hold."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, LiteralString

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from providers.postgres.database import Database
from providers.scripted.speech_to_text import silence
from tests.integration.hospital.calls import FrontDesk, Wishes

Rows = Callable[[LiteralString], Awaitable[list[dict[str, Any]]]]
OpenDesk = Callable[[Database], AbstractAsyncContextManager[FrontDesk]]


@asynccontextmanager
async def open_desk(database: Database) -> AsyncIterator[FrontDesk]:
    """Run a service on a database, with a model that is told what to do; nothing is delivered."""
    wishes = Wishes()
    async with run_parley(Ports(database, silence(), wishes.model), Settings()) as parley:
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
