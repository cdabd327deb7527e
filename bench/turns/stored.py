"""Bytes a session has stored, table by table."""

from collections.abc import Mapping

from psycopg import sql

from bench.turns.lab import SERVER

ROW_OVERHEAD = 28
"""Bytes of a row beside its columns: the tuple header of 24 and its line pointer of 4."""

OUR_TABLES = {
    "turns": "session_id",
    "tool_calls": "session_id",
    "dataset_versions": "session_id",
    "events": "session_id",
    "checkpoints": "thread_id",
    "checkpoint_writes": "thread_id",
}
STOCK_TABLES = {
    "turns": "thread_id",
    "checkpoints": "thread_id",
    "checkpoint_blobs": "thread_id",
    "checkpoint_writes": "thread_id",
}
"""Tables to which a turn adds rows -> the column that names the session."""

COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"


async def count_stored(server: SERVER, tables: Mapping[str, str], session_id: str) -> dict[str, int]:
    """Sum `pg_column_size` over the columns of a session's rows: bytes as stored, compressed or not."""
    return {table: await _stored_in(server, table, column, session_id) for table, column in tables.items()}


async def written(server: SERVER) -> int:
    """Bytes of write-ahead log so far: everything the server ever wrote, indexes and updates included."""
    cursor = await server.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes")
    row = await cursor.fetchone()
    return int(row["bytes"]) if row else 0


async def _stored_in(server: SERVER, table: str, column: str, session_id: str) -> int:
    names = [row["column_name"] for row in await (await server.execute(COLUMNS, [table])).fetchall()]
    sizes = sql.SQL(" + ").join(sql.SQL("coalesce(pg_column_size({}), 0)").format(sql.Identifier(n)) for n in names)
    query = sql.SQL(
        "SELECT coalesce(sum({sizes} + {row}), 0)::bigint AS bytes FROM {table} WHERE {column}::text = {id}"
    )
    cursor = await server.execute(
        query.format(
            sizes=sizes,
            row=sql.Literal(ROW_OVERHEAD),
            table=sql.Identifier(table),
            column=sql.Identifier(column),
            id=sql.Literal(session_id),
        )
    )
    found = await cursor.fetchone()
    return int(found["bytes"]) if found else 0
