"""The ledger of consents: what the database writes is what the formulas say, and whatever is changed shows."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bootstrap.background import build_ledger
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.consent_chain import entry_hash, milliseconds
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from providers.scripted.speech_to_text import silence
from sessions.ledger import Ledger
from sessions.service import Parley

QUESTION = "Shall I go ahead and create the demo for you?"
ENTRY: LiteralString = """
INSERT INTO consent_ledger (session_id, consent_id, tool, verdict, asking_seq, decided_by, words_digest)
VALUES (%(session_id)s, %(consent_id)s, %(tool)s, 'granted', 1, %(decided_by)s, %(digest)s)
"""


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return build_ledger(database)


@pytest.fixture
async def parley(database: Database) -> AsyncIterator[Parley]:
    eager = ScriptedChatModel(
        lambda request: says("yes") if request.purpose == "clean" else calls(("initiate_demo_creation", {}))
    )
    async with run_parley(Ports(database, silence(), eager), Settings()) as running:
        yield running


async def talk(parley: Parley) -> str:
    """A call in which a consent is held, and then granted by the caller."""
    session_id = str((await parley.create_session("lumen"))["session_id"])
    for speaker, words in (
        ("lumen", QUESTION),
        ("User", "yeah maybe"),
        ("lumen", QUESTION),
        ("User", "yes, go ahead please"),
    ):
        await parley.process_turn(session_id, speaker=speaker, raw_text=words)
    return session_id


async def test_a_call_is_held_granted_and_verified(parley: Parley, ledger: Ledger) -> None:
    session_id = await talk(parley)
    entries = [entry async for entry in ledger.store.entries("demo", session_id)]
    assert [(entry.verdict, entry.asking_seq, entry.answering_seq) for entry in entries] == [
        ("held", 2, None),
        ("granted", 2, 4),
    ]
    assert entries[1].quote == "yes, go ahead please"
    verified = await ledger.verify("demo")
    assert (verified.entries, verified.sessions, verified.erased, verified.findings) == (2, 1, 0, [])


async def test_erasing_a_call_leaves_its_proof(parley: Parley, ledger: Ledger) -> None:
    session_id = await talk(parley)
    await ledger.seal("demo")
    await parley.erase_session(session_id)
    verified = await ledger.verify("demo")
    assert (verified.entries, verified.erased, verified.seals, verified.findings) == (2, 2, 1, [])


@pytest.mark.parametrize("tamper", ["UPDATE consent_ledger SET verdict = 'refused'", "DELETE FROM consent_ledger"])
async def test_the_service_itself_cannot_change_it(parley: Parley, database: Database, tamper: LiteralString) -> None:
    await talk(parley)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await database.run("demo", tamper)


TAMPERINGS: dict[str, tuple[LiteralString, str]] = {
    "a verdict is changed": ("UPDATE consent_ledger SET verdict = 'refused' WHERE n = 2", "it was changed"),
    "the time is changed": ("UPDATE consent_ledger SET at = at + interval '1 s' WHERE n = 1", "it was changed"),
    "the time is no time": ("UPDATE consent_ledger SET at = 'infinity' WHERE n = 1", "it was changed"),
    "the time is before time": ("UPDATE consent_ledger SET at = '0044-01-01 BC' WHERE n = 1", "it was changed"),
    "the time is changed a little": (
        "UPDATE consent_ledger SET at = at + interval '10 us' WHERE n = 1",
        "it was changed",
    ),
    "a seal's time is no time": ("UPDATE ledger_seals SET at = 'infinity'", "the seal was changed"),
    "the first is taken": ("DELETE FROM consent_ledger WHERE n = 1", "entry 1 is missing"),
    "the last is taken": ("DELETE FROM consent_ledger WHERE n = 2", "it was sealed, and is gone"),
    "all is taken": ("DELETE FROM consent_ledger", "it was sealed, and is gone"),
    "the words are others": ("UPDATE consent_words SET quote = 'no' WHERE verdict = 'granted'", "the words beside it"),
    "a decision is made up": ("UPDATE consents SET status = 'refused'", "no entry says so"),
    "the words are gone": ("DELETE FROM consent_words", "its words are gone, though"),
    "a decision is gone": ("DELETE FROM consents", "and the session does not"),
    "a grant is made up": (
        "INSERT INTO consent_ledger (tenant_id, session_id, consent_id, tool, verdict, asking_seq, words_digest) "
        "SELECT tenant_id, session_id, gen_random_uuid(), tool, 'granted', 2, words_digest FROM consent_ledger LIMIT 1",
        "and the session does not",
    ),
    "a grant is taken": ("DELETE FROM consent_ledger WHERE verdict = 'granted'", "is done, and no entry grants it"),
    "a seal is changed": ("UPDATE ledger_seals SET heads = '{}'", "the seal was changed"),
    "a seal is nonsense": ('UPDATE ledger_seals SET heads = \'{"s": [1, ""], "t": 0}\'', "the seal was changed"),
    "a seal is no object": ("UPDATE ledger_seals SET heads = '[]'", "the seal was changed"),
    "rows change places": (
        "UPDATE consent_ledger SET n = -n; UPDATE consent_ledger SET n = 3 + n",
        "it was changed",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
async def test_whatever_an_owner_changes_shows(parley: Parley, ledger: Ledger, database_url: str, name: str) -> None:
    await talk(parley)
    assert await ledger.seal("demo") is not None
    assert (await ledger.verify("demo")).findings == []
    statement, finding = TAMPERINGS[name]
    with psycopg.connect(database_url) as owner:
        owner.execute("ALTER TABLE consent_ledger NO FORCE ROW LEVEL SECURITY")
        owner.execute(statement)
    found = [each.what for each in (await ledger.verify("demo")).findings]
    assert any(finding in what for what in found), found


CUT_OFF: LiteralString = """
DELETE FROM consent_ledger WHERE n = 2; DELETE FROM consent_words WHERE verdict = 'granted';
UPDATE consents SET status = 'held'; UPDATE tool_calls SET status = 'held'
"""
"""A grant taken back in every table that knows of it."""


@pytest.mark.parametrize("sealed", [False, True])
async def test_some_things_only_a_seal_can_tell(
    parley: Parley, ledger: Ledger, database_url: str, *, sealed: bool
) -> None:
    await talk(parley)
    if sealed:
        await ledger.seal("demo")
    with psycopg.connect(database_url) as owner:
        owner.execute(CUT_OFF)
    found = [each.what for each in (await ledger.verify("demo")).findings]
    assert found == (["it was sealed, and is gone"] if sealed else [])


async def test_a_missing_seal_shows_by_the_next_one(parley: Parley, ledger: Ledger, database_url: str) -> None:
    for _ in range(2):
        await talk(parley)
        last = await ledger.seal("demo")
    assert last is not None
    with psycopg.connect(database_url) as owner:
        owner.execute("DELETE FROM ledger_seals WHERE n = 1")
    verified = await ledger.verify("demo")
    assert [each.what for each in verified.findings] == ["a seal is missing before it"]
    assert verified.newest_seal == last.hash.hex()


async def test_rows_of_one_statement_make_one_chain(ledger: Ledger, database: Database) -> None:
    session_id = str(uuid4())
    await database.run(
        "demo", ENTRY + ", (%(session_id)s, %(other)s, 't', 'held', 1, NULL, %(digest)s)", row(session_id)
    )
    assert [entry.n async for entry in ledger.store.entries("demo", session_id)] == [1, 2]
    assert (await ledger.verify("demo", session_id)).findings == []


async def test_sealers_side_by_side_make_one_chain(parley: Parley, ledger: Ledger) -> None:
    for round_number in range(1, 4):
        await talk(parley)
        sealed = await asyncio.gather(*(ledger.seal("demo") for _ in range(6)))
        assert [seal.n for seal in sealed if seal] == [round_number]
    verified = await ledger.verify("demo")
    assert (verified.seals, verified.findings) == (3, [])


async def test_a_whole_chain_forged_anew_shows_against_the_seal(
    parley: Parley, ledger: Ledger, database: Database, database_url: str
) -> None:
    session_id = await talk(parley)
    await ledger.seal("demo")
    with psycopg.connect(database_url) as owner:
        owner.execute("DELETE FROM consent_ledger")
    for _ in range(2):
        await database.run("demo", ENTRY, row(session_id))
    found = [each.what for each in (await ledger.verify("demo")).findings]
    assert "it is not the entry that was sealed" in found


async def test_a_seal_covers_what_moved_and_two_sealers_make_one_chain(parley: Parley, ledger: Ledger) -> None:
    first = await talk(parley)
    one = await ledger.seal("demo")
    assert one is not None
    assert list(one.heads) == [first]
    assert await ledger.seal("demo") is None
    second = await talk(parley)
    two = await ledger.seal("demo")
    assert two is not None
    assert (two.n, list(two.heads), two.previous) == (2, [second], one.hash)
    assert not await ledger.store.add_seal("demo", two)
    verified = await ledger.verify("demo")
    assert (verified.seals, verified.findings) == (2, [])


def row(session_id: str, tool: str = "t", decided_by: str | None = None) -> dict[str, object]:
    made = {"session_id": session_id, "consent_id": str(uuid4()), "tool": tool, "decided_by": decided_by}
    return {**made, "other": str(uuid4()), "digest": b"\0" * 32}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
async def test_both_write_every_name_the_same(database: Database, ledger: Ledger, name: str) -> None:
    session_id = str(uuid4())
    await database.run("demo", ENTRY, row(session_id, name, name))
    (entry,) = [entry async for entry in ledger.store.entries("demo", session_id)]
    assert entry.hash == entry_hash(entry)


def test_times_are_exact() -> None:
    assert milliseconds(datetime(2026, 11, 21, 3, 50, 0, 999_000, UTC)) % 1_000 == 999
