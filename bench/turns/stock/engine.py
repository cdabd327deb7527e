"""The peer's graph, compiled with LangGraph's AsyncPostgresSaver on a connection pool, as its documentation says."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from bench.turns.stock.nodes import StockNodes, after_decide
from bench.turns.stock.state import StockState
from bench.turns.stock.transcript import StockPool, StockTranscript
from domain.playbook import Playbook
from ports.store import TurnStore


@dataclass
class StockEngine:
    """Takes turns of a session, which is a thread; without a given mode LangGraph's own default holds."""

    graph: Any
    playbook: Playbook
    durability: str | None = None

    async def open_session(self) -> str:
        """Start a thread with the dataset that a session of ours starts with."""
        session_id = str(uuid4())
        dataset = self.playbook.new_dataset(self.playbook.demo_profile, now=time.time())
        await self.graph.aupdate_state(_config(session_id), {"dataset": dataset, "dataset_version": 0, "messages": []})
        return session_id

    async def say(self, session_id: str, words: str) -> None:
        """Take a caller's turn."""
        turn = {
            "session_id": session_id,
            "turn_id": str(uuid4()),
            "speaker": self.playbook.caller,
            "role": "caller",
            "at": time.time(),
            "started": time.perf_counter(),
            "sound": False,
            "accepted": True,
        }
        fresh: dict[str, Any] = {
            "cleaned_text": None,
            "plan": None,
            "outcomes": [],
            "recorded": [],
            "degraded": [],
            "result": None,
        }
        mode = {"durability": self.durability} if self.durability else {}
        await self.graph.ainvoke({"turn": turn, "raw_text": words, **fresh}, _config(session_id), **mode)


@asynccontextmanager
async def open_stock(dsn: str, playbook: Playbook, *, pool_min: int, pool_max: int) -> AsyncIterator[StockEngine]:
    """Open the peer on an empty database."""
    how = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    pool: StockPool = AsyncConnectionPool(dsn, min_size=pool_min, max_size=pool_max, kwargs=how, open=False)
    async with pool:
        saver, transcript = AsyncPostgresSaver(pool), StockTranscript(pool)
        await saver.setup()
        await transcript.create()
        yield StockEngine(_draw(StockNodes(playbook, cast(TurnStore, transcript))).compile(saver), playbook)


def _draw(nodes: StockNodes) -> StateGraph[StockState]:
    turn = StateGraph(StockState)
    turn.add_node("clean", nodes.clean)
    turn.add_node("decide_tools", nodes.decide_tools)
    turn.add_node("execute_tools", nodes.execute_tools)
    turn.add_node("update_dataset", nodes.update_dataset)
    turn.add_node("notify", nodes.notify)
    turn.add_edge(START, "clean")
    turn.add_edge("clean", "decide_tools")
    turn.add_conditional_edges("decide_tools", after_decide, ["execute_tools", "update_dataset"])
    turn.add_edge("execute_tools", "update_dataset")
    turn.add_edge("update_dataset", "notify")
    turn.add_edge("notify", END)
    return turn


def _config(session_id: str) -> dict[str, Any]:
    return {"configurable": {"thread_id": session_id}}
