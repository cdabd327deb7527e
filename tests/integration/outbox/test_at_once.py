"""Two at one entry at the same moment: one of them sends it, and nobody what something later has taken the place of."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.tool_call import Outcome, Post
from ports.outbox import Busy, Entry, EntryStatus
from ports.records import Learnt
from providers.postgres.database import Database
from providers.postgres.outbox_store import PostgresOutbox
from providers.postgres.turn_store import PostgresTurnStore
from providers.scripted.speech_to_text import silence
from tests.integration.locks import one_after_the_other
from tests.integration.sessions.test_recovery import PLANNED, accepted

TENANT, LANE = "demo", "lane"
LEASE = timedelta(minutes=1)
ENTRY: LiteralString = "SELECT FROM outbox FOR UPDATE"
POST: LiteralString = """
INSERT INTO outbox (entry_key, session_id, kind, lane, payload, status)
VALUES ('first', %(session_id)s, 'mail', 'lane', '{}', %(status)s)
"""

Act = Callable[[PostgresOutbox, Entry | None], Coroutine[Any, Any, Any]]


def claim(outbox: PostgresOutbox, _: Entry | None) -> Coroutine[Any, Any, Entry | Busy | None]:
    """Take the lane's first entry."""
    return outbox.claim(TENANT, LANE, LEASE)


def revive(outbox: PostgresOutbox, _: Entry | None) -> Coroutine[Any, Any, list[str]]:
    """Have what is dead sent again."""
    return outbox.revive(TENANT, None)


def fail(outbox: PostgresOutbox, entry: Entry | None) -> Coroutine[Any, Any, None]:
    """Say that it did not arrive, and is to be tried again at once."""
    assert entry is not None
    return outbox.settle(entry, EntryStatus.INTENDED, next_at=datetime.now(UTC))


async def supersede(database: Database, session_id: str) -> None:
    """Let a call post what takes the place of everything in the lane."""
    post = Post(kind="mail", payload={}, lane=LANE, supersedes=True)
    outcome = Outcome(call=PLANNED, status="done", result={"success": True}, change=[], posts=[post])
    learnt = Learnt(
        seq=1,
        settled_seq=1,
        turn_id="crashed",
        outcomes=[outcome],
        effects={},
        verdicts=[],
        dataset={},
        from_version=0,
        patch=[],
        provenance=[],
        events=[],
    )
    assert await PostgresTurnStore(database).keep_learnt(TENANT, session_id, learnt)


async def sent_to_the_end(outbox: PostgresOutbox) -> list[str]:
    """The keys of what is sent now, in order, where all arrives."""
    keys = []
    while isinstance(entry := await outbox.claim(TENANT, LANE, LEASE), Entry):
        keys.append(entry.key)
        await outbox.settle(entry, EntryStatus.DONE)
    return keys


@pytest.fixture
async def session_id(database: Database) -> str:
    """A session with an open turn, whose service has gone."""
    async with run_parley(Ports(database, silence(), None), Settings()) as parley:
        session_id = str((await parley.create_session("lumen"))["session_id"])
    await accepted(database, session_id)
    return session_id


async def test_one_of_two_workers_sends_it(
    session_id: str, outbox: PostgresOutbox, database: Database, database_url: str
) -> None:
    await database.run(TENANT, POST, {"session_id": session_id, "status": "intended"})
    first, second = await one_after_the_other(database_url, ENTRY, claim(outbox, None), claim(outbox, None))
    assert isinstance(first, Entry)
    assert isinstance(second, Busy)
    await database.run(TENANT, "UPDATE outbox SET claimed_at = now() - interval '1 hour'")
    first, second = await one_after_the_other(database_url, ENTRY, claim(outbox, None), claim(outbox, None))
    assert isinstance(first, Entry)
    assert first.interrupted
    assert isinstance(second, Busy)


@pytest.mark.parametrize("later", [True, False], ids=["superseded first", "superseded last"])
@pytest.mark.parametrize(("status", "act"), [("intended", claim), ("dead", revive), ("claimed", fail)])
async def test_what_is_superseded_is_not_sent_again(
    session_id: str,
    outbox: PostgresOutbox,
    database: Database,
    database_url: str,
    status: str,
    act: Act,
    later: bool,
) -> None:
    await database.run(TENANT, POST, {"session_id": session_id, "status": "dead" if status == "dead" else "intended"})
    claimed = await outbox.claim(TENANT, LANE, LEASE) if status == "claimed" else None
    entry = claimed if isinstance(claimed, Entry) else None
    works = [supersede(database, session_id), act(outbox, entry)]
    done = await one_after_the_other(database_url, ENTRY, *(works if later else reversed(works)))
    for each in done:
        assert not isinstance(each, BaseException)
        if isinstance(each, Entry):  # it was on its way already
            await fail(outbox, each)
    assert await sent_to_the_end(outbox) == [f"{session_id}/1/0//mail"]
    (first,) = await database.run(TENANT, "SELECT status FROM outbox WHERE entry_key = 'first'")
    assert first["status"] == "superseded"
