"""LangGraph's checkpointer on our Postgres: one row a checkpoint, one round trip an operation, no lock.

The stock saver splits a checkpoint over two tables and takes 18 round trips for a turn of eight steps, behind one
lock per instance. Our state is bounded (a few kilobytes), so the whole of it stands in one row.
"""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, LiteralString

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
    get_checkpoint_metadata,
)
from psycopg.types.json import Jsonb

from checkpoints import statements
from checkpoints.serializer import build_serializer
from checkpoints.thread import tenant_of
from ports.database import Database, JsonParameter, personal

EVERYTHING = 1_000_000_000


class PostgresSaver(BaseCheckpointSaver[str]):
    """Keep LangGraph's threads in our tables, under the tenant that the config names."""

    def __init__(self, database: Database) -> None:
        super().__init__(serde=build_serializer())
        self._database = database

    def _put_statement(self) -> LiteralString:
        return statements.PUT

    def _writes_statement(self) -> LiteralString:
        return statements.PUT_WRITES

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Store a checkpoint whole."""
        place = _place(config)
        kind, data = self.serde.dumps_typed(checkpoint)
        row = {
            **place,
            "parent_id": place["checkpoint_id"],
            "checkpoint_id": checkpoint["id"],
            "type": kind,
            "checkpoint": personal(data),
            "metadata": Jsonb(get_checkpoint_metadata(config, metadata)),
        }
        await self._database.run(tenant_of(config), self._put_statement(), row, retry=True)
        return _config(tenant_of(config), place["thread_id"], place["ns"], checkpoint["id"])

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Store what a task wrote, so that it need not run again; special writes replace earlier ones."""
        rows = [self._write_row(index, channel, value) for index, (channel, value) in enumerate(writes)]
        special = all(channel in WRITES_IDX_MAP for channel, _ in writes)
        statement = self._writes_statement() + (statements.LAST if special else statements.FIRST)
        params = {**_place(config), "task_id": task_id, "task_path": task_path, "writes": JsonParameter(rows)}
        await self._database.run(tenant_of(config), statement, params, retry=True)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Read the checkpoint that the config names, or the thread's newest."""
        rows = await self._database.run(tenant_of(config), statements.GET, _place(config), retry=True)
        return self._tuple(tenant_of(config), rows[0]) if rows else None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002  (LangGraph's name)
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Yield checkpoints, newest first."""
        place = _place(config) if config else {"thread_id": None, "ns": None, "checkpoint_id": None}
        if config and "checkpoint_ns" not in config["configurable"]:
            place["ns"] = None
        params = {
            **place,
            "before": get_checkpoint_id(before) if before else None,
            "filter": Jsonb(filter or {}),
            "limit": EVERYTHING if limit is None else limit,
        }
        tenant_id = tenant_of(config or {})
        for row in await self._database.run(tenant_id, statements.LIST, params, retry=True):
            yield self._tuple(tenant_id, row)

    async def adelete_thread(self, thread_id: str, *, tenant_id: str | None = None) -> None:
        """Remove a thread and all its writes."""
        await self._run(tenant_id, statements.DELETE_THREAD, {"thread_id": thread_id})

    async def adelete_for_runs(self, run_ids: Sequence[str]) -> None:
        """Remove the checkpoints that the given runs made."""
        await self._run(None, statements.DELETE_RUNS, {"runs": list(run_ids)})

    async def acopy_thread(self, source_thread_id: str, target_thread_id: str) -> None:
        """Copy a thread under another id."""
        await self._run(None, statements.COPY_THREAD, {"source": source_thread_id, "target": target_thread_id})

    async def aprune(
        self, thread_ids: Sequence[str], *, strategy: str = "keep_latest", tenant_id: str | None = None
    ) -> None:
        """Keep each thread's newest checkpoint only, or (`delete`) none."""
        if strategy not in ("keep_latest", "delete"):
            raise ValueError(f"unknown pruning strategy {strategy!r}: use keep_latest or delete")
        if strategy == "keep_latest":
            await self._run(tenant_id, statements.PRUNE, {"threads": list(thread_ids)})
            return
        for thread_id in thread_ids:
            await self.adelete_thread(thread_id, tenant_id=tenant_id)

    def get_next_version(self, current: str | None, channel: None) -> str:
        """Count a channel's versions; as text of fixed width, so that they sort."""
        return f"{int(current or 0) + 1:032}"

    async def _run(self, tenant_id: str | None, statement: Any, params: Mapping[str, Any]) -> None:
        await self._database.run(tenant_id or tenant_of({}), statement, params)

    def _write_row(self, index: int, channel: str, value: Any) -> dict[str, Any]:
        kind, data = self.serde.dumps_typed(value)
        place = WRITES_IDX_MAP.get(channel, index)
        return {"idx": place, "channel": channel, "type": kind, "value": personal(b64encode(data).decode())}

    def _tuple(self, tenant_id: str, row: Mapping[str, Any]) -> CheckpointTuple:
        thread_id, ns, parent_id = row["thread_id"], row["checkpoint_ns"], row["parent_id"]
        return CheckpointTuple(
            config=_config(tenant_id, thread_id, ns, row["checkpoint_id"]),
            checkpoint=self.serde.loads_typed((row["type"], bytes(row["checkpoint"]))),
            metadata=row["metadata"],
            parent_config=_config(tenant_id, thread_id, ns, parent_id) if parent_id else None,
            pending_writes=[
                (task_id, channel, self.serde.loads_typed((kind, b64decode(data))))
                for task_id, channel, kind, data in row["writes"] or ()
            ],
        )


class TurnSaver(PostgresSaver):
    """The saver of the service's own runs, which keeps a thread's newest checkpoint.

    Each turn starts from the tables and resets every key of the state, so a run reads no checkpoint: it would be a
    message for nothing. For the same reason none but the newest is of use; what went before is in the tables.
    """

    def _put_statement(self) -> LiteralString:
        return statements.PUT_NEWEST

    def _writes_statement(self) -> LiteralString:
        return statements.PUT_WRITES + statements.OF_A_SESSION

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """Begin anew, unless a certain checkpoint is asked for."""
        return await super().aget_tuple(config) if get_checkpoint_id(config) else None


def _place(config: RunnableConfig) -> dict[str, Any]:
    configurable = config["configurable"]
    return {
        "thread_id": str(configurable["thread_id"]),
        "ns": configurable.get("checkpoint_ns", ""),
        "checkpoint_id": get_checkpoint_id(config),
    }


def _config(tenant_id: str, thread_id: str, ns: str, checkpoint_id: str) -> RunnableConfig:
    place = {"thread_id": thread_id, "checkpoint_ns": ns, "checkpoint_id": checkpoint_id}
    if tenant_id != tenant_of({}):
        place["tenant_id"] = tenant_id
    return {"configurable": place}
