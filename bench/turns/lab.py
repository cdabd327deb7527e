"""A place to measure in: a new embedded Postgres on the disk, with a database for us and one for the peer."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import dict_row

from bench.turns.stock.engine import StockEngine, open_stock
from bootstrap.service import Ports, run_parley
from bootstrap.settings import load_settings
from domain.turn import TurnResult
from playbooks.loader import load_playbooks
from ports.chat_model import ChatModel
from ports.database import Database
from ports.records import TurnReceipt
from providers.postgres.database import open_database
from providers.postgres.embedded.attach import open_embedded
from providers.postgres.migrate import migrate
from providers.scripted.speech_to_text import silence
from sessions.service import Parley

PLAYBOOK = "lumen"
SERVER = psycopg.AsyncConnection[dict[str, Any]]


@dataclass(frozen=True)
class Ours:
    """The whole service, as a host program calls it."""

    parley: Parley

    async def open_session(self) -> str:
        """Open a session."""
        return str((await self.parley.create_session(PLAYBOOK))["session_id"])

    async def say(self, session_id: str, words: str) -> TurnResult:
        """Take a caller's turn and wait for its result."""
        return await self.take(session_id, "User", words)

    async def take(self, session_id: str, speaker: str, words: str) -> TurnResult:
        """Take a turn of either side and wait for its result."""
        result = await self.parley.process_turn(session_id, speaker=speaker, raw_text=words)
        if isinstance(result, TurnReceipt):
            raise TimeoutError("a turn did not end in time")
        return result


@dataclass(frozen=True)
class Lab:
    """What measures work with; both engines have pools of the same size on the same server."""

    database: Database
    stock: StockEngine
    ours_sql: SERVER
    stock_sql: SERVER
    ours_dsn: str
    stock_dsn: str

    @asynccontextmanager
    async def open_ours(self, durability: str = "exit", model: ChatModel | None = None) -> AsyncIterator[Ours]:
        """Run the service; nothing of it is left when the block ends."""
        settings = load_settings(sessions={"durability": durability})
        async with run_parley(Ports(self.database, silence(), model), settings) as parley:
            yield Ours(parley)


@asynccontextmanager
async def open_lab(data_dir: Path) -> AsyncIterator[Lab]:
    """Start a server in an empty folder, migrate our database, set the peer's up; leave with the server stopped."""
    pool = load_settings().database
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(open_embedded(data_dir))
        ours_dsn, stock_dsn = [await _create_database(server, name) for name in ("ours", "stock")]
        await migrate(ours_dsn)
        database = await stack.enter_async_context(
            open_database(ours_dsn, pool_min=pool.pool_min, pool_max=pool.pool_max)
        )
        stock = await stack.enter_async_context(
            open_stock(stock_dsn, load_playbooks()[PLAYBOOK], pool_min=pool.pool_min, pool_max=pool.pool_max)
        )
        ours_sql, stock_sql = [await stack.enter_async_context(await _connect(dsn)) for dsn in (ours_dsn, stock_dsn)]
        yield Lab(database, stock, ours_sql, stock_sql, ours_dsn, stock_dsn)


async def _create_database(server: str, name: str) -> str:
    async with await _connect(server) as connection:
        await connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def _connect(dsn: str) -> SERVER:
    return await psycopg.AsyncConnection.connect(dsn, autocommit=True, row_factory=dict_row)
