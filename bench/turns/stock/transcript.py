"""The peer's transcript: one row a turn in a table of its own, and what else our nodes ask of a store."""

from typing import Any

import orjson
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from domain.tool_call import PlannedCall
from domain.turn import TurnResult
from ports.records import Learnt, Words

StockPool = AsyncConnectionPool[AsyncConnection[DictRow]]

CREATE = """
CREATE TABLE IF NOT EXISTS turns (
    thread_id text, seq integer, turn_id text NOT NULL, speaker text NOT NULL, raw_text text NOT NULL,
    cleaned_text text NOT NULL, result jsonb NOT NULL, finished_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, seq)
)
"""

ADD = """
INSERT INTO turns (thread_id, seq, turn_id, speaker, raw_text, cleaned_text, result)
VALUES (%(session_id)s, %(seq)s, %(turn_id)s, %(speaker)s, %(raw_text)s, %(cleaned_text)s, %(whole)s)
"""


class StockTranscript:
    """The store as the peer's nodes know it: plans and datasets live in the checkpoint, the transcript in a table."""

    def __init__(self, pool: StockPool) -> None:
        self._pool = pool

    async def create(self) -> None:
        """Make the table."""
        async with self._pool.connection() as connection:
            await connection.execute(CREATE)

    async def keep_plan(
        self, tenant_id: str, session_id: str, seq: int, words: Words, plan: list[PlannedCall]
    ) -> list[PlannedCall]:
        """The checkpoint after the node keeps the plan."""
        return plan

    async def keep_learnt(self, tenant_id: str, session_id: str, learnt: Learnt) -> bool:
        """The checkpoint after the node keeps the dataset."""
        return True

    async def keep_words(self, tenant_id: str, session_id: str, seq: int, words: Words) -> None:
        """The checkpoint after the node keeps the words."""

    async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
        """Everything said so far; asked only when a fact looks invented."""
        query = "SELECT raw_text || ' ' || cleaned_text AS text FROM turns WHERE thread_id = %s AND seq < %s"
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query, [session_id, before_seq])
            return [row["text"] for row in await cursor.fetchall()]

    async def finish_turn(self, tenant_id: str, session_id: str, result: TurnResult, *, owner: str | None) -> None:
        """Add the transcript row."""
        row: dict[str, Any] = {**result, "whole": Jsonb(result, dumps=orjson.dumps)}
        async with self._pool.connection() as connection:
            await connection.execute(ADD, row)
