"""`parley eval-case`: a turn of a real call as a row to evaluate by, with everybody in it masked."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.listing import DataDir, Tenant, settings_for
from domain.errors import NotFound
from domain.session import session_id_of
from evals.duty import Duty

if TYPE_CHECKING:
    from evals.recorded import RecordedTurn
    from sessions.stores import Stores

PAGE = 200
"""Turns read at once."""


def eval_case(
    session: Annotated[str, typer.Argument(help="The session.")],
    turn: Annotated[str, typer.Argument(help="seq or turn_id of a caller's turn.")],
    duty: Annotated[Duty, typer.Option(help="What the row is for.")] = Duty.DECIDE,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
) -> None:
    """Print a turn as a row: one JSON line for evals/datasets, to be read over before it is kept."""
    print(json.dumps(asyncio.run(_row(data_dir, tenant, session_id_of(session), turn, duty)), ensure_ascii=False))


async def _row(data_dir: Path | None, tenant: str, session: str, turn: str, duty: Duty) -> dict[str, Any]:
    from bootstrap.database import open_store
    from bootstrap.service import build_stores
    from evals.recorded import row_of
    from playbooks.loader import load_playbooks

    async with open_store(settings_for(data_dir)) as database:
        recorded = await _recorded(build_stores(database), tenant, session, turn)
    return row_of(recorded, load_playbooks()[recorded.facts.playbook], duty)


async def _recorded(stores: "Stores", tenant: str, session: str, turn: str) -> "RecordedTurn":
    """Read a turn, what was said before it, and the dataset as it stood then."""
    from evals.recorded import RecordedTurn

    record = await stores.sessions.load(tenant, session)
    if record is None:
        raise NotFound(f"there is no session {session}")
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
