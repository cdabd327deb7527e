"""What is left when all is over: counted in the tables, the answers and what the webhook was told."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from bootstrap.background import build_ledger
from domain.playbook import Playbook
from playbooks.loader import load_playbooks
from providers.postgres.database import open_database
from providers.postgres.dataset_versions import at_version
from tests.e2e.crash.call import Call, line

LUMEN: Playbook = load_playbooks()["lumen"]


@dataclass
class Count:
    """What went wrong, and of how much."""

    kills: int = 0
    turns: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    effects_twice: int = 0
    events_wrong: int = 0
    untold: int = 0
    """Events that never reached the webhook, or in another order."""
    unproven: int = 0
    faults: int = 0

    @property
    def clean(self) -> bool:
        """True when nothing went wrong."""
        wrong = vars(self).items() - {("kills", self.kills), ("turns", self.turns)}
        return not any(number for _, number in wrong)

    def add(self, other: "Count") -> None:
        """Add another one to it."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


async def count(dsn: str, calls: list[Call], told: list[dict[str, Any]]) -> Count:
    """Count over all calls."""
    total = Count()
    async with await psycopg.AsyncConnection.connect(dsn, row_factory=dict_row) as connection:
        for call in calls:
            if call.session_id:
                mine = [event["n"] for event in told if event["session_id"] == call.session_id]
                total.add(await _count_call(connection, call, mine))
    async with open_database(dsn) as database:
        total.unproven = len((await build_ledger(database).verify("demo")).findings)
    return total


async def _count_call(connection: Any, call: Call, told: list[int]) -> Count:
    async def rows(query: str) -> list[dict[str, Any]]:
        cursor = await connection.execute(query, {"session_id": call.session_id})
        return list(await cursor.fetchall())

    turns = await rows("SELECT * FROM turns WHERE session_id = %(session_id)s ORDER BY seq")
    ledger = await rows("SELECT * FROM tool_calls WHERE session_id = %(session_id)s ORDER BY seq, ordinal")
    events = await rows("SELECT * FROM events WHERE session_id = %(session_id)s ORDER BY n")
    ids = [turn["turn_id"] for turn in turns]
    wanted = [f"turn-{number + 1}" for number in range(call.sent)]
    numbers = [event["n"] for event in events]
    processed = [event["turn_id"] for event in events if event["type"] == "turn_processed"]
    return Count(
        turns=len(wanted),
        lost=len(set(wanted) - {turn["turn_id"] for turn in turns if turn["done"]}),
        doubled=len(ids) - len(set(ids)) + len(processed) - len(set(processed)),
        out_of_order=(ids != wanted) + (processed != wanted),
        effects_twice=await _effects_wrong(call, ledger, turns, rows),
        events_wrong=numbers != list(range(1, len(numbers) + 1)),
        untold=told != numbers,
        faults=len(call.faults) + sum(call.answers.get(turn["turn_id"]) != turn["result"] for turn in turns),
    )


async def _effects_wrong(call: Call, ledger: list[dict[str, Any]], turns: list[dict[str, Any]], rows: Any) -> int:
    """Each fact has one ledger row and one version, the demo is created once, and the dataset is their sum."""
    facts = {turn["seq"] for turn in turns if turn["seq"] % 5 in (1, 3)}
    done = [row for row in ledger if row["status"] == "done"]
    of_facts = [row["seq"] for row in done if row["name"] == "log_metric"]
    demos = [row for row in done if row["name"] == "initiate_demo_creation"]
    versions = await rows("SELECT * FROM dataset_versions WHERE session_id = %(session_id)s ORDER BY version")
    (session,) = await rows("SELECT * FROM sessions WHERE session_id = %(session_id)s")
    orphans = {row["seq"] for row in ledger} - {turn["seq"] for turn in turns}
    wrong = [
        sorted(of_facts) != sorted(facts),
        len(demos) != (1 if call.sent >= 5 else 0),
        [version["version"] for version in versions] != list(range(1, len(done) + 1)),
        at_version(session["first_dataset"], versions) != session["dataset"],
        _metrics(session["dataset"]) != _expected(call.sent),
        bool(orphans),
    ]
    return sum(wrong)


def _metrics(dataset: dict[str, Any]) -> dict[str, str]:
    metrics: dict[str, str] = dataset["business_insights"]["metrics"]
    return metrics


def _expected(sent: int) -> dict[str, str]:
    """The last number of each kind that was said."""
    said = {}
    for number in range(1, sent + 1):
        kind = {1: "monthly_website_visitors", 3: "monthly_inbound_calls"}.get(number % 5)
        if kind:
            said[kind] = line(number)[1].split()[2]
    return said
