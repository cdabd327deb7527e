"""The turn graph for LangGraph Studio and `langgraph dev`, on the same database as the service.

`langgraph.json` names this module. The development server enters `checkpointer` once per event loop and asks `graph`
for every run, so what is expensive is opened by the first and shared by the second.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from bootstrap.service import open_ports
from bootstrap.settings import load_settings
from bootstrap.turn_nodes import build_turn_nodes
from checkpoints.saver import PostgresSaver
from domain.errors import Unavailable
from graph.turn import TurnGraph, compile_turn
from playbooks.loader import load_playbooks
from ports.clock import SystemClock
from providers.postgres.turn_store import PostgresTurnStore

_graphs: WeakKeyDictionary[asyncio.AbstractEventLoop, TurnGraph] = WeakKeyDictionary()


@asynccontextmanager
async def checkpointer() -> AsyncIterator[PostgresSaver]:
    """Open the database and the engines for as long as the development server runs."""
    settings = load_settings()
    async with open_ports(settings) as ports:
        turns = PostgresTurnStore(ports.database)
        speculate = settings.chat.speculate
        nodes = build_turn_nodes(load_playbooks(), turns, ports.stt, ports.model, SystemClock(), speculate=speculate)
        _graphs[asyncio.get_running_loop()] = compile_turn(nodes, None)
        yield PostgresSaver(ports.database)


async def graph() -> TurnGraph:
    """Return the compiled graph; the development server adds its checkpointer.

    Raises:
        Unavailable: asked before the checkpointer was opened.
    """
    opened = _graphs.get(asyncio.get_running_loop())
    if opened is None:
        raise Unavailable("langgraph.json must name bootstrap.studio.checkpointer as its checkpointer.")
    return opened
