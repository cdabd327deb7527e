"""Round trips and bytes of a turn, by table, counted at the socket and in the rows."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.durable.proxy import CountingProxy, open_proxy
from bench.durable.sizes import Sizes
from bench.figures import Findings, Row
from bench.turns.clock import Engine, speak
from bench.turns.contestants import NAMES, OURS, STOCK, STOCK_SYNC
from bench.turns.lab import PLAYBOOK, Lab
from bench.turns.stock.engine import open_stock
from bench.turns.stored import OUR_TABLES, STOCK_TABLES, count_stored
from playbooks.loader import load_playbooks
from providers.postgres.database import open_database

TABLES = OUR_TABLES | {"consents": "session_id", "consent_ledger": "session_id", "outbox": "session_id"}


MODES: dict[str, str | None] = {STOCK: None, STOCK_SYNC: "sync"}


async def measure_trips(lab: Lab, sizes: Sizes) -> Findings:
    """Take some turns of one session through a counting socket, ours in each mode and stock in two."""
    findings = Findings()
    with TemporaryDirectory() as folder:
        async with open_proxy(_socket_of(lab.ours_dsn), Path(folder)) as proxy:
            for mode in OURS:
                findings.add(await _ours(lab, mode, proxy, folder, sizes))
            for name, durability in MODES.items():
                findings.add(await _stock(lab, name, durability, proxy, folder, sizes))
    return findings


async def _ours(lab: Lab, mode: str, proxy: CountingProxy, folder: str, sizes: Sizes) -> Findings:
    findings = Findings()
    async with (
        open_database(_through(lab.ours_dsn, folder), pool_min=1, pool_max=2) as database,
        replace(lab, database=database).open_ours(mode) as ours,
    ):
        session_id = await _count(ours, proxy, sizes, NAMES[mode], findings)
    findings.add(_bytes(NAMES[mode], await count_stored(lab.ours_sql, TABLES, session_id), sizes))
    return findings


async def _stock(
    lab: Lab, name: str, durability: str | None, proxy: CountingProxy, folder: str, sizes: Sizes
) -> Findings:
    findings = Findings()
    playbook = load_playbooks()[PLAYBOOK]
    async with open_stock(_through(lab.stock_dsn, folder), playbook, pool_min=1, pool_max=2) as stock:
        session_id = await _count(replace(stock, durability=durability), proxy, sizes, NAMES[name], findings)
    findings.add(_bytes(NAMES[name], await count_stored(lab.stock_sql, STOCK_TABLES, session_id), sizes))
    return findings


async def _count(engine: Engine, proxy: CountingProxy, sizes: Sizes, name: str, findings: Findings) -> str:
    session_id = await engine.open_session()
    await speak(engine, session_id, range(1, 4))
    before = replace(proxy.count)
    await speak(engine, session_id, range(4, 4 + sizes.turns))
    after = proxy.count
    flushes = (after.flushes - before.flushes) / sizes.turns
    sent, received = (after.sent - before.sent) / sizes.turns, (after.received - before.received) / sizes.turns
    figure = f"{flushes:.1f}; {sent / 1000:.1f} KB there, {received / 1000:.1f} KB back"
    findings.add(
        Findings([Row(f"Round trips of a turn: {name}", figure)], {f"trips {name}": [flushes, sent, received]})
    )
    return session_id


def _bytes(name: str, stored: dict[str, int], sizes: Sizes) -> Findings:
    turns = sizes.turns + 3
    each = {table: round(found / turns) for table, found in stored.items() if found}
    figure = ", ".join(f"{table} {found:,}" for table, found in each.items())
    row = Row(f"Bytes of a turn: {name}", f"{sum(each.values()):,} ({figure})")
    return Findings([row], {f"bytes {name}": stored})


def _socket_of(dsn: str) -> Path:
    query = parse_qs(urlsplit(dsn).query)
    return Path(query["host"][0]) / f".s.PGSQL.{query['port'][0]}"


def _through(dsn: str, folder: str) -> str:
    parts = urlsplit(dsn)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | {"host": folder}
    return parts._replace(query=urlencode(query)).geturl()
