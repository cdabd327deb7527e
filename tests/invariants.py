"""What must be true of a session's rows whatever happened to the processes that wrote them."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from domain.dataset import Dataset
from providers.postgres.dataset_versions import at_version

Row = dict[str, Any]
Read = Callable[[LiteralString, str], Awaitable[Sequence[Row]]]
"""Runs a query whose one parameter is %(session_id)s."""

TOLD = frozenset({"done", "unchanged", "declined", "failed"})
"""The outcomes of a call that an event tells of."""


@dataclass(frozen=True)
class Rows:
    """All that is stored of a session."""

    session: Row
    turns: Sequence[Row]
    calls: Sequence[Row]
    versions: Sequence[Row]
    events: Sequence[Row]
    held: int
    """Consents that wait for a decision."""
    pens: int

    def facts(self, *types: str) -> list[Any]:
        """The data of the events of these types, in order."""
        return [event["data"] for event in self.events if event["type"] in types]


async def load_rows(read: Read, session_id: str) -> Rows:
    """Read what is stored of a session."""
    (session,) = await read("SELECT * FROM sessions WHERE session_id = %(session_id)s", session_id)
    (waiting,) = await read(
        "SELECT (SELECT count(*) FROM consents WHERE session_id = %(session_id)s AND status = 'held') AS held, "
        "(SELECT count(*) FROM session_leases WHERE session_id = %(session_id)s) AS pens",
        session_id,
    )
    return Rows(
        session=session,
        turns=await read("SELECT * FROM turns WHERE session_id = %(session_id)s ORDER BY seq", session_id),
        calls=await read(
            "SELECT * FROM tool_calls WHERE session_id = %(session_id)s AND fork = '' ORDER BY seq, ordinal", session_id
        ),
        versions=await read(
            "SELECT * FROM dataset_versions WHERE session_id = %(session_id)s ORDER BY version", session_id
        ),
        events=await read("SELECT * FROM events WHERE session_id = %(session_id)s ORDER BY n", session_id),
        held=waiting["held"],
        pens=waiting["pens"],
    )


def faults_of(rows: Rows) -> list[str]:
    """Everything that is wrong once a session's turns have ended; empty when all is well."""
    return [*_turn_faults(rows), *_call_faults(rows), *_dataset_faults(rows), *_event_faults(rows)]


def _turn_faults(rows: Rows) -> Iterator[str]:
    if [turn["seq"] for turn in rows.turns] != list(range(1, rows.session["next_seq"])):
        yield "turns are not numbered without gaps"
    if open_turns := [turn["turn_id"] for turn in rows.turns if not turn["done"] or turn["result"] is None]:
        yield f"turns without a result: {open_turns}"
    told = [fact["seq"] for fact in rows.facts("turn_processed")]
    if sorted(told) != [turn["seq"] for turn in rows.turns]:
        yield "turns are not told of once each"
    of_caller = {turn["seq"] for turn in rows.turns if turn["role"] == "caller"}
    if (order := [seq for seq in told if seq in of_caller]) != sorted(order):
        yield "the caller's turns did not run in their order"
    if rows.pens:
        yield "a pen is still held"


def _call_faults(rows: Rows) -> Iterator[str]:
    planned = {call["id"] for turn in rows.turns for call in turn["plan"] or []}
    known = {str(call["call_id"]) for call in rows.calls}
    if planned - known:
        yield f"planned calls without an outcome: {planned - known}"
    if {call["seq"] for call in rows.calls} - {turn["seq"] for turn in rows.turns}:
        yield "calls of no turn"
    if len(known) != len(rows.calls):
        yield "a call has two outcomes"
    told = Counter((fact["seq"], fact["ordinal"]) for fact in rows.facts("function_called"))
    wanted = Counter((call["seq"], call["ordinal"]) for call in rows.calls if call["status"] in TOLD)
    if told != wanted:
        yield f"effects are not told of once each: {told - wanted or wanted - told}"
    if rows.held != sum(call["status"] == "held" for call in rows.calls):
        yield "what is held and what waits for consent differ"


def _dataset_faults(rows: Rows) -> Iterator[str]:
    numbers = [version["version"] for version in rows.versions]
    if numbers != list(range(1, rows.session["dataset_version"] + 1)):
        yield "dataset versions are not numbered without gaps"
    if folded(rows) != rows.session["dataset"]:
        yield "the dataset is not what its versions add up to"
    if [fact["version"] for fact in rows.facts("dataset_updated")] != numbers:
        yield "dataset versions are not told of once each, in order"


def folded(rows: Rows) -> Dataset:
    """The first dataset with every version's patch."""
    return at_version(rows.session["first_dataset"], rows.versions)


def _event_faults(rows: Rows) -> Iterator[str]:
    numbers = [event["n"] for event in rows.events]
    if numbers != list(range(1, rows.session["last_event"] + 1)):
        yield "events are not numbered without gaps"
    closed = [event["n"] for event in rows.events if event["type"] == "session_closed"]
    if closed != ([numbers[-1]] if rows.session["status"] != "active" else []):
        yield "session_closed is not the one last event of a session that ended"
