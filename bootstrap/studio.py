"""The turn graph for LangGraph Studio and `langgraph dev`, on the same database as the service.

`langgraph.json` names this module. The development server enters `checkpointer` once per event loop and asks `graph`
for every run, so what is expensive is opened by the first and shared by the second.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from bootstrap.service import Ports, build_stores, open_ports
from bootstrap.settings import Settings, load_settings
from bootstrap.turn_nodes import build_turn_nodes
from checkpoints.saver import PostgresSaver
from domain.errors import NotFound, Unavailable
from graph.studio import Decided, compile_studio
from graph.turn import TurnGraph
from nodes.notify import function_call
from playbooks.loader import load_playbooks
from ports.clock import SystemClock
from ports.store import SessionStore
from sessions.decisions import Decision, Decisions

PERSON = "studio"
"""Who decides there, as the ledger of consents names it."""

_graphs: WeakKeyDictionary[asyncio.AbstractEventLoop, TurnGraph] = WeakKeyDictionary()


@asynccontextmanager
async def checkpointer() -> AsyncIterator[PostgresSaver]:
    """Open the database and the engines for as long as the development server runs."""
    settings = load_settings()
    async with open_ports(settings) as ports:
        _graphs[asyncio.get_running_loop()] = _build(ports, settings)
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


def _build(ports: Ports, settings: Settings) -> TurnGraph:
    stores, playbooks, clock = build_stores(ports.database), load_playbooks(), SystemClock()
    speculate = settings.chat.speculate
    nodes = build_turn_nodes(playbooks, stores.turns, ports.stt, ports.model, clock, stores.data, speculate=speculate)
    decisions = DecideInStudio(Decisions(playbooks, stores, clock), stores.sessions)
    return compile_studio(nodes, decisions, None)


@dataclass(frozen=True)
class DecideInStudio:
    """Decides for the person in Studio, as the API does for others."""

    decisions: Decisions
    sessions: SessionStore

    async def __call__(self, tenant_id: str, session_id: str, consent_id: str, *, grant: bool) -> Decided:
        """Grant or refuse a held call under the session's pen (see `Decisions.settle`)."""
        decision: Decision = "grant" if grant else "refuse"
        consent = await self.decisions.settle(tenant_id, session_id, consent_id, decision, PERSON)
        record = await self.sessions.load(tenant_id, session_id)
        if record is None:
            raise NotFound("There is no such session.", field="session_id")
        return Decided(
            function_call=function_call(consent.outcome),
            dataset=record.dataset,
            dataset_version=record.dataset_version,
        )
