"""Sessions: opened once, listed, told about, closed, abandoned, erased."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import Conflict, InvalidInput, NotFound, RateLimited, Unavailable
from providers.postgres.database import Database
from providers.postgres.session_store import PostgresSessionStore
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from providers.scripted.speech_to_text import silence
from sessions.service import Parley
from tests.integration.sessions.conftest import Run


async def test_the_same_request_opens_one_session(parley: Parley) -> None:
    key = str(uuid4())
    first, created = await parley.open_session("lumen", session_id=key)
    second, again = await parley.open_session("lumen", session_id=key)
    assert created
    assert not again
    assert first.facts == second.facts
    with pytest.raises(Conflict):
        await parley.open_session("lumen", session_id=key, caller_phone="+441452000000")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("playbook", {"playbook": "no_such"}),
        ("session_id", {"playbook": "lumen", "session_id": "not-a-uuid"}),
        ("customer_profile.shoe_size", {"playbook": "lumen", "customer_profile": {"shoe_size": 9}}),
        ("call_context.colour", {"playbook": "lumen", "call_context": {"colour": "red"}}),
    ],
)
async def test_a_bad_request_names_its_field(parley: Parley, field: str, given: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as caught:
        await parley.create_session(**given)
    assert caught.value.field == field


async def test_demo_defaults_hold_for_the_demo_tenant_only(parley: Parley) -> None:
    demo = await parley.create_session("lumen")
    known = await parley.create_session("lumen", customer_profile={"user_name": "Ada"})
    other = await parley.create_session("lumen", tenant_id="acme")
    assert demo["dataset"]["user_name"] == "Scott"
    assert known["dataset"]["user_name"] == "Ada"
    assert known["dataset"]["company_name"] is None
    assert other["dataset"]["user_name"] is None


async def test_lists_are_paged_and_show_one_tenant(parley: Parley) -> None:
    opened = [(await parley.create_session("lumen"))["session_id"] for _ in range(5)]
    await parley.create_session("lumen", tenant_id="acme")
    first = await parley.list_sessions(limit=3)
    rest = await parley.list_sessions(limit=3, after=first.next)
    seen = [record.facts.session_id for record in [*first.items, *rest.items]]
    assert seen == opened[::-1]
    assert rest.next is None
    await parley.close_session(opened[0])
    assert len(await parley.list_active_sessions()) == 4


async def test_events_are_numbered_without_gaps_and_resume_by_number(parley: Parley, session_id: str) -> None:
    await parley.process_turn(session_id, speaker="Lumen", raw_text="how many visitors do you get a month?")
    await parley.process_turn(session_id, speaker="User", raw_text="about five hundred, and we use PPC")
    await parley.close_session(session_id)
    events = [event async for event in parley.events(session_id)]
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    types = [event["type"] for event in events]
    assert types == [
        "session_created",
        "turn_processed",
        "function_called",
        "function_called",
        "dataset_updated",
        "turn_processed",
        "session_closed",
    ]
    assert [event async for event in parley.events(session_id, after=4)] == events[4:]
    called = next(event for event in events if event["type"] == "function_called")
    assert called["data"]["updated_dataset"] == (await parley.get_dataset(session_id))["dataset"]


async def test_a_live_subscriber_hears_what_happens(parley: Parley, session_id: str) -> None:
    async def collect() -> list[str]:
        return [event["type"] async for event in parley.events(session_id)]

    listening = asyncio.create_task(collect())
    await parley.process_turn(session_id, speaker="Lumen", raw_text="hello")
    await parley.close_session(session_id)
    assert await listening == ["session_created", "turn_processed", "session_closed"]


async def test_callbacks_hear_every_event_in_order_and_a_broken_one_stops_nobody(parley: Parley) -> None:
    heard: list[str] = []
    ended = asyncio.Event()

    def breaks(session_id: str, event_type: str, data: dict[str, Any]) -> None:
        raise RuntimeError("a bug of the host program")

    async def listens(session_id: str, event_type: str, data: dict[str, Any]) -> None:
        heard.append(event_type)
        if event_type == "session_closed":
            ended.set()

    parley.on_event(breaks)
    parley.on_event(listens)
    session_id = (await parley.create_session("lumen"))["session_id"]
    await parley.process_turn(session_id, speaker="Lumen", raw_text="hello")
    await parley.close_session(session_id)
    async with asyncio.timeout(60):
        await ended.wait()
    assert heard == ["session_created", "turn_processed", "session_closed"]


async def test_closing_lets_open_turns_run_so_that_session_closed_is_the_last_event(run: Run) -> None:
    model = ScriptedChatModel(lambda request: says("we are twelve") if request.purpose == "clean" else calls())
    model.latency = timedelta(seconds=0.2)
    async with run(model=model) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        turns = [
            asyncio.create_task(parley.process_turn(session_id, speaker="User", raw_text=f"we are {number}"))
            for number in (12, 13)
        ]
        while len((await parley.list_turns(session_id)).items) < 2:
            pass
        await parley.close_session(session_id)
        await asyncio.gather(*turns)
        events = [event["type"] async for event in parley.events(session_id)]
    assert events == ["session_created", "turn_processed", "turn_processed", "session_closed"]


async def test_idle_sessions_are_abandoned_and_busy_ones_are_not(parley: Parley) -> None:
    session_id = (await parley.create_session("lumen"))["session_id"]
    assert await parley.cleanup_inactive_sessions(max_age_seconds=3600) == 0
    assert await parley.cleanup_inactive_sessions(max_age_seconds=-1) == 1
    assert (await parley.get_session_state(session_id))["status"] == "abandoned"


async def test_of_an_abandoned_session_is_told_though_the_database_is_gone_for_the_next(
    parley: Parley, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await parley.create_session("lumen")
    told = asyncio.Queue[str]()
    parley.on_event(lambda _, kind, __: told.put_nowait(kind))
    abandon, left = PostgresSessionStore.abandon, [True]

    async def abandon_one(*given: Any) -> bool:
        if not left:
            raise Unavailable("The database is gone.")
        return left.pop() and await abandon(*given)

    monkeypatch.setattr(PostgresSessionStore, "abandon", abandon_one)
    with pytest.raises(Unavailable):
        await parley.cleanup_inactive_sessions(max_age_seconds=-1)
    async with asyncio.timeout(60):
        assert await told.get() == "session_closed"


async def test_a_playbook_may_have_its_sessions_abandoned_sooner(parley: Parley, database: Database) -> None:
    for playbook in ("lumen", "hospital"):
        await parley.create_session(playbook)
    for minutes, ended in ((29, 0), (31, 1), (61, 1)):
        ago = f"UPDATE sessions SET last_activity = now() - interval '{minutes} minutes'"
        await database.run("demo", ago)
        assert await parley.cleanup_inactive_sessions() == ended
    assert parley.playbooks["hospital"].idle == timedelta(seconds=1800)


async def test_a_tenant_opens_no_more_sessions_in_writing_than_its_quota(database: Database) -> None:
    ports = Ports(database, silence(), None)
    async with run_parley(ports, Settings(sessions={"most_active": 2})) as parley:
        first, _ = [await parley.create_session("lumen") for _ in range(2)]
        with pytest.raises(RateLimited) as refused:
            await parley.create_session("lumen")
        assert refused.value.retry_after == 60
        known = await parley.create_session("lumen", session_id=first["session_id"])
        assert known["session_id"] == first["session_id"], "what is open is found"
        with pytest.raises(RateLimited):
            await parley.create_session("lumen", channel="phone")
        await parley.create_session("lumen", in_writing=False)
        await parley.create_session("lumen", tenant_id="other")
        for session_id in {str(each.facts.session_id) for each in (await parley.list_sessions()).items}:
            await parley.close_session(session_id)
        await parley.create_session("lumen")


async def test_erasing_leaves_no_row_anywhere(
    parley: Parley, session_id: str, database: Database, database_url: str
) -> None:
    await parley.process_turn(session_id, speaker="User", raw_text="we are Zanzibarwindows, 40 people, and use PPC")
    with psycopg.connect(database_url) as connection:
        assert _tables_naming(connection, session_id)
        await parley.erase_session(session_id)
        assert _tables_naming(connection, session_id) == []
        assert _tables_naming(connection, "anzibarwindows") == []
    with pytest.raises(NotFound):
        await parley.get_session_state(session_id)


def _tables_naming(connection: psycopg.Connection, text: str) -> list[str]:
    """Every table in which a row, written out, holds the text (as a superuser, whom no policy stops)."""
    tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    naming = []
    for table in tables:
        rows = connection.execute(f'SELECT t::text FROM "{table}" t').fetchall()
        raw = [str(row[0]) for row in rows]
        if any(text in row or text.encode().hex() in row for row in raw):
            naming.append(table)
    return naming
