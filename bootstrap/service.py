"""From settings to the running service."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bootstrap.background import run_worker
from bootstrap.chat import open_chat_model
from bootstrap.database import open_pool_on, open_server
from bootstrap.hearing import early_workers, open_speech_to_text
from bootstrap.news import open_news
from bootstrap.office import open_sheets
from bootstrap.replays import build_replays
from bootstrap.settings import BUILTIN, Settings, load_settings
from bootstrap.turn_nodes import build_turn_nodes
from bootstrap.upkeep import kept_up, repeated
from checkpoints.saver import TurnSaver
from domain.playbook import Playbook
from graph.turn import compile_turn
from language.words import load_words
from nodes.judging import judge_for
from playbooks.loader import load_playbooks
from ports.calls import CallStore
from ports.chat_model import ChatModel
from ports.clock import SystemClock
from ports.database import Database
from ports.news import News, Silence
from ports.sheet import NoRows, SheetRows
from ports.speech_to_text import Anticipation, SpeechToText
from ports.store import KeyStore
from providers.postgres.call_store import PostgresCallStore
from providers.postgres.inbox import PostgresInbox
from providers.postgres.key_store import PostgresKeyStore
from providers.postgres.playbook_data import PostgresPlaybookData
from providers.postgres.record_store import PostgresRecordStore
from providers.postgres.session_store import PostgresSessionStore
from providers.postgres.speaking_store import PostgresSpeakingStore
from providers.postgres.turn_store import PostgresTurnStore
from providers.recognising_ahead import open_recognising_ahead
from providers.remembered_rows import open_remembered_rows
from sessions.callbacks import Callbacks
from sessions.decisions import Decisions
from sessions.health import Probe
from sessions.hub import EventHub
from sessions.runner import LEASE, TurnRunner
from sessions.service import Parley
from sessions.stores import Stores
from sessions.tasks import OwnedTasks

DRAIN = timedelta(seconds=20)
"""How long running turns may take to end when the service stops; what is cut off stays in the inbox."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_parley(settings: Settings | None = None) -> AsyncIterator[Parley]:
    """Run the service in this process, until the end of the block.

    Raises:
        ConfigError: a setting cannot work; the message says which and what to do.
        Unavailable: the database takes no connection.
    """
    async with open_running(settings or load_settings()) as running:
        yield running.parley


@dataclass(frozen=True)
class Running:
    """The service, and what its faces need beside it."""

    parley: Parley
    keys: KeyStore
    calls: CallStore
    stt: SpeechToText
    ahead: Anticipation | None = None
    """The recogniser, where it may begin before it is asked."""


@asynccontextmanager
async def open_running(settings: Settings) -> AsyncIterator[Running]:
    """Run the service, with the API keys that its faces check and the calls that they take."""
    async with open_ports(settings) as ports, run_parley(ports, settings) as parley:
        yield Running(
            parley, PostgresKeyStore(ports.database), PostgresCallStore(ports.database), ports.stt, ports.ahead
        )


@dataclass(frozen=True)
class Ports:
    """What the service works with, opened."""

    database: Database
    stt: SpeechToText
    model: ChatModel | None
    dsn: str | None = None
    """Where the job queue is; without it nothing is worked off in the background."""
    news: News = field(default_factory=Silence)
    ahead: Anticipation | None = None
    playbooks: Mapping[str, Playbook] | None = None
    """Those that are installed, unless others are given."""
    rows: SheetRows = field(default_factory=NoRows)


@asynccontextmanager
async def open_ports(settings: Settings) -> AsyncIterator[Ports]:
    """Open the database and the engines that the settings choose."""
    async with (
        open_server(settings) as dsn,
        open_pool_on(dsn, settings) as database,
        open_speech_to_text(settings) as engine,
        open_recognising_ahead(engine, workers=early_workers(settings)) as stt,
        open_chat_model(settings) as model,
        open_news(settings, dsn) as news,
        open_sheets(settings) as sheets,
        open_remembered_rows(sheets) as rows,
    ):
        yield Ports(database, stt, model, dsn, news, ahead=stt, rows=rows)


@asynccontextmanager
async def run_parley(ports: Ports, settings: Settings) -> AsyncIterator[Parley]:
    """Run the service on opened ports, with its upkeep; running turns are let to end."""
    await asyncio.to_thread(_warm_up)
    tasks = OwnedTasks()
    parley = _build(ports, settings, tasks)
    async with repeated("pens", LEASE / 4, parley.renew_pens):
        try:
            async with kept_up(parley, settings.sessions.idle), _worked(ports, settings):
                yield parley
        finally:
            parley.leave()
            await tasks.finish(DRAIN.total_seconds())


@asynccontextmanager
async def _worked(ports: Ports, settings: Settings) -> AsyncIterator[None]:
    if ports.dsn is None or not settings.worker.inside:
        yield
        return
    async with run_worker(ports.dsn, ports.database, settings, ports.model):
        yield


def _warm_up() -> None:
    """Read and compile what the first caller should not wait for: the word list, and how consent is asked for."""
    load_words()
    for playbook in load_playbooks().values():
        for tool in playbook.tools:
            judge_for(tool, None, "yes")


def _build(ports: Ports, settings: Settings, tasks: OwnedTasks) -> Parley:
    database, clock, playbooks = ports.database, SystemClock(), ports.playbooks or load_playbooks()
    stores = build_stores(database, ports.rows)
    speculate = settings.chat.speculate
    nodes = build_turn_nodes(playbooks, stores.turns, ports.stt, ports.model, clock, stores.data, speculate=speculate)
    runner = TurnRunner(
        graph=compile_turn(nodes, TurnSaver(database)),
        unkept=compile_turn(nodes, None),
        inbox=stores.inbox,
        records=stores.records,
        turns=stores.turns,
        tasks=tasks,
        finished=lambda *finished: parley.turn_finished(*finished),
        durability=settings.sessions.durability,
    )
    parley = Parley(
        playbooks,
        stores,
        runner,
        EventHub(stores.records, stores.sessions, ports.news),
        Callbacks(stores.records, tasks),
        Decisions(playbooks, stores, clock),
        build_replays(database, settings, playbooks, ports.model),
        clock,
        _probes(ports, settings),
        settings.sessions.most_active,
    )
    return parley


def build_stores(database: Database, rows: SheetRows | None = None) -> Stores:
    """Make the stores of a database."""
    return Stores(
        PostgresSessionStore(database),
        PostgresInbox(database),
        PostgresRecordStore(database),
        PostgresSpeakingStore(database),
        PostgresTurnStore(database),
        PostgresPlaybookData(database),
        rows or NoRows(),
    )


def _probes(ports: Ports, settings: Settings) -> dict[str, Probe]:
    where = "embedded" if settings.database_url is None else "url"
    return {
        "database": Probe(lambda: _answers(ports.database), where),
        "recogniser": Probe(_always, ports.stt.name, required=False),
        "model": Probe(_always, ports.model.name if ports.model else BUILTIN, required=False),
    }


async def _answers(database: Database) -> None:
    await database.run("", "SELECT 1", retry=True)


async def _always() -> None:
    """What runs in this process is there as long as it is; a model that is away is stood in for."""
