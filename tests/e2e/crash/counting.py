"""What is left when all is over: counted in the tables, the answers and what the webhook was told."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

from bootstrap.background import build_ledger
from providers.postgres.database import open_database
from tests.e2e.crash.call import Call
from tests.e2e.crash.script import CYCLE, DEMO, figures
from tests.invariants import Row, Rows, faults_of, load_rows


@dataclass
class Count:
    """What went wrong, and of how much."""

    kills: int = 0
    missed: int = 0
    """Kills that came at any moment, since their point was not reached."""
    turns: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    effects_wrong: int = 0
    """Effects that were done twice, or not at all, or to another end."""
    broken: int = 0
    """Rows that do not fit together: see `tests.invariants`."""
    untold: int = 0
    """Sessions whose events did not reach the webhook, each once and in order."""
    unproven: int = 0
    """What the ledger of consents does not prove."""
    faults: int = 0
    """Answers over the API that were wrong, or another time different."""
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """True when nothing went wrong."""
        return not any(value for name, value in vars(self).items() if name not in ("kills", "missed", "turns"))

    def add(self, other: "Count") -> None:
        """Add another one to it."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


async def count(dsn: str, calls: Sequence[Call], told: Sequence[Mapping[str, Any]]) -> Count:
    """Count over all calls."""
    total = Count()
    events: defaultdict[str, list[int]] = defaultdict(list)
    for event in told:
        events[event["session_id"]].append(event["n"])
    async with await psycopg.AsyncConnection.connect(dsn, row_factory=dict_row) as connection:

        async def read(query: LiteralString, session_id: str) -> Sequence[Row]:
            return await (await connection.execute(query, {"session_id": session_id})).fetchall()

        for call in calls:
            if call.opened:
                total.add(count_call(call, await load_rows(read, call.session_id), events[call.session_id]))
    async with open_database(dsn) as database:
        findings = (await build_ledger(database).verify("demo")).findings
    total.unproven, total.notes = len(findings), total.notes + [str(finding) for finding in findings]
    return total


def count_call(call: Call, rows: Rows, told: Sequence[int]) -> Count:
    """Count what went wrong in one call."""
    ids, wanted = [turn["turn_id"] for turn in rows.turns], call.turn_ids()
    seqs = {turn["seq"]: turn["turn_id"] for turn in rows.turns}
    processed = [seqs.get(fact["seq"]) for fact in rows.facts("turn_processed")]
    wrong, broken = list(_wrong_effects(call, rows)), faults_of(rows)
    differing = [
        f"{turn['turn_id']} was answered otherwise"
        for turn in rows.turns
        if call.answers.get(turn["turn_id"]) != turn["result"]
    ]
    faults = [*call.faults, *differing]
    return Count(
        turns=len(wanted),
        lost=len(set(wanted) - {turn["turn_id"] for turn in rows.turns if turn["done"]}),
        doubled=(Counter(ids) - Counter(set(ids))).total() + (Counter(processed) - Counter(set(processed))).total(),
        out_of_order=(ids != wanted) + (processed != wanted),
        effects_wrong=len(wrong),
        broken=len(broken),
        untold=list(told) != [event["n"] for event in rows.events],
        faults=len(faults),
        notes=[f"{call.session_id}: {note}" for note in (*wrong, *broken, *faults)],
    )


def _wrong_effects(call: Call, rows: Rows) -> list[str]:
    """Each figure has one row and one version, the demo is created once, and the dataset holds the last figures."""
    told = figures(call.sent)
    once = Counter(told.keys())
    done = [row for row in rows.calls if row["status"] == "done"]
    logged = Counter(row["seq"] for row in done if row["name"] == "log_metric")
    demos = sum(row["name"] == DEMO for row in done)
    metrics = rows.session["dataset"]["business_insights"]["metrics"]
    wrong = {
        f"figures were logged {logged - once or once - logged}": logged != once,
        f"{demos} demos were created": demos != (call.sent >= CYCLE),
        f"{len(rows.versions)} versions of {len(done)} effects": len(rows.versions) != len(done),
        f"the dataset holds {metrics}": metrics != dict(told.values()),
    }
    return [what for what, is_wrong in wrong.items() if is_wrong]
