"""Replays, on the models and prompts that the settings know."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from functools import partial

from bootstrap.chat import open_chat_model
from bootstrap.database import open_store
from bootstrap.settings import Settings
from bootstrap.turn_nodes import build_turn_nodes
from domain.playbook import Playbook
from graph.turn import TurnGraph, compile_turn
from nodes.execute_tools import ExecuteTools
from playbooks.loader import load_playbooks
from ports.chat_model import ChatModel
from ports.clock import SystemClock
from ports.database import Database
from ports.store import TurnStore
from providers.postgres.playbook_data import PostgresPlaybookData
from providers.postgres.replay_store import PostgresReplays
from providers.scripted.speech_to_text import silence
from sessions.replaying.replays import Replays
from sessions.replaying.rerun import Means


def build_replays(
    database: Database,
    settings: Settings,
    playbooks: Mapping[str, Playbook] | None = None,
    model: ChatModel | None = None,
) -> Replays:
    """Make the replays of a database; `model` is the one in force, where it is open already."""

    def open_model(name: str | None) -> AbstractAsyncContextManager[ChatModel | None]:
        if model is not None and name in (None, model.name):
            return nullcontext(model)
        return open_chat_model(settings if name is None else settings.model_copy(update={"model": name}))

    build = partial(_graph, speculate=settings.chat.speculate)
    return Replays(
        PostgresReplays(database),
        playbooks or load_playbooks(),
        Means(open_model, build, PostgresPlaybookData(database)),
    )


def _graph(
    books: Mapping[str, Playbook], turns: TurnStore, tools: ExecuteTools, model: ChatModel | None, *, speculate: bool
) -> TurnGraph:
    """The turn graph of a fork: nothing is heard again, no draft is asked for in vain, tools are rehearsed."""
    nodes = build_turn_nodes(books, turns, silence(), model, SystemClock(), speculate=speculate)
    nodes = replace(nodes, clean=replace(nodes.clean, overlap=False), execute_tools=tools)
    return compile_turn(nodes, None)


@asynccontextmanager
async def open_replays(settings: Settings) -> AsyncIterator[Replays]:
    """Open the replays alone: nothing is worked off in the background here."""
    async with open_store(settings) as database:
        yield build_replays(database, settings)
