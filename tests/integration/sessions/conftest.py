"""A running service on a database of its own, with engines that a test may script."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from ports.chat_model import ChatModel
from ports.speech_to_text import SpeechToText
from providers.postgres.database import Database, open_database
from providers.scripted.speech_to_text import silence
from sessions.service import Parley

Run = Callable[..., AbstractAsyncContextManager[Parley]]


@pytest.fixture
def run(database: Database) -> Run:
    """Run a service: `async with run(model=..., stt=...) as parley`; call it twice for two replicas."""

    @asynccontextmanager
    async def running(model: ChatModel | None = None, stt: SpeechToText | None = None) -> AsyncIterator[Parley]:
        async with run_parley(Ports(database, stt or silence(), model), Settings()) as parley:
            yield parley

    return running


@pytest.fixture
async def parley(run: Run) -> AsyncIterator[Parley]:
    """A service on the built-in engine."""
    async with run() as running:
        yield running


@pytest.fixture
async def session_id(parley: Parley) -> str:
    """An open lumen session."""
    return str((await parley.create_session("lumen"))["session_id"])


@pytest.fixture
async def left_alone(run: Run) -> str:
    """An open lumen session whose service has gone: nobody recovers its turns."""
    async with run() as parley:
        return str((await parley.create_session("lumen"))["session_id"])


@pytest.fixture
async def second_database(database_url: str) -> AsyncIterator[Database]:
    """Another process's pool on the same database."""
    async with open_database(database_url, pool_min=1, pool_max=4) as database:
        yield database
