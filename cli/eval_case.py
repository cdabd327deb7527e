"""`parley eval-case`: a real call, or a turn of it, as a row to evaluate by, with everybody in it masked."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.listing import DataDir, Tenant, settings_for
from domain.errors import NotFound
from domain.session import session_id_of
from evals.duty import PUBLIC_DUTIES, Duty

if TYPE_CHECKING:
    from domain.event import Envelope
    from evals.masking.recorded import RecordedTurn
    from ports.records import SessionRecord
    from sessions.stores import Stores

    Row = dict[str, Any]

PAGE = 200
"""Turns or events read at once."""
WIDTH = 120
"""Columns of YAML."""


def eval_case(
    session: Annotated[str, typer.Argument(help="The session.")],
    turn: Annotated[str | None, typer.Argument(help="seq or turn_id of a caller's turn; else the whole call.")] = None,
    duty: Annotated[Duty, typer.Option(help="What the row of a turn is for.")] = Duty.DECIDE,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
) -> None:
    """Print a row for evals/datasets, to be read over before it is kept: a JSON line for a turn, YAML for a call."""
    session_id = session_id_of(session)
    if turn is None:
        import yaml

        row = asyncio.run(_read(data_dir, lambda stores: _call_row(stores, tenant, session_id)))
        print(yaml.safe_dump([row], allow_unicode=True, sort_keys=False, width=WIDTH), end="")
    else:
        if duty.is_whole_call:
            raise typer.BadParameter("a whole call is asked for without a turn", param_hint="--duty")
        if duty in PUBLIC_DUTIES:
            raise typer.BadParameter("only public sets have rows of it", param_hint="--duty")
        row = asyncio.run(_read(data_dir, lambda stores: _turn_row(stores, tenant, session_id, turn, duty)))
        print(json.dumps(row, ensure_ascii=False))


async def _read(data_dir: Path | None, row: "Callable[[Stores], Awaitable[Row]]") -> "Row":
    from bootstrap.database import open_store
    from bootstrap.service import build_stores

    async with open_store(settings_for(data_dir)) as database:
        return await row(build_stores(database))


async def _turn_row(stores: "Stores", tenant: str, session: str, turn: str, duty: Duty) -> "Row":
    from evals.masking.recorded import row_of
    from playbooks.loader import load_playbooks

    recorded = await _recorded(stores, tenant, session, turn)
    return row_of(recorded, load_playbooks()[recorded.facts.playbook], duty)


async def _call_row(stores: "Stores", tenant: str, session: str) -> "Row":
    from evals.masking.recorded_call import RecordedCall, call_row_of
    from playbooks.loader import load_playbooks

    record = await _session(stores, tenant, session)
    turns = [turn async for turn in _turns(stores, tenant, session)]
    events = [event async for event in _events(stores, tenant, session)]
    first, last = [await stores.records.dataset_at(tenant, session, version) for version in (0, None)]
    recorded = RecordedCall(record.facts, turns, events, (first or {})["dataset"], (last or {})["dataset"])
    return call_row_of(recorded, load_playbooks()[record.facts.playbook])


async def _session(stores: "Stores", tenant: str, session: str) -> "SessionRecord":
    record = await stores.sessions.load(tenant, session)
    if record is None:
        raise NotFound(f"there is no session {session}")
    return record


async def _recorded(stores: "Stores", tenant: str, session: str, turn: str) -> "RecordedTurn":
    """Read a turn, what was said before it, and the dataset as it stood then."""
    from evals.masking.recorded import RecordedTurn

    record = await _session(stores, tenant, session)
    earlier: list[dict[str, Any]] = []
    async for each in _turns(stores, tenant, session):
        if turn in (each["turn_id"], str(each["seq"])):
            done = (past["result"]["dataset_version"] for past in reversed(earlier) if past["result"])
            version = next(done, 0)
            known = await stores.records.dataset_at(tenant, session, version)
            return RecordedTurn(record.facts, earlier, each, known["dataset"] if known else {})
        earlier.append(each)
    raise NotFound(f"there is no turn {turn} in this session")


async def _turns(stores: "Stores", tenant: str, session: str) -> AsyncIterator[dict[str, Any]]:
    after: str | None = "0"
    while after is not None:
        page = await stores.records.turns(tenant, session, after=int(after), limit=PAGE)
        for each in page.items:
            yield each
        after = page.next


async def _events(stores: "Stores", tenant: str, session: str) -> "AsyncIterator[Envelope]":
    after = 0
    while page := await stores.records.events(tenant, session, after=after, limit=PAGE):
        for each in page:
            yield each
        after = page[-1]["n"]
