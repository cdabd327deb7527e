"""A whole call under a key leaves no word of it in any table; the same call without one shows that the search finds."""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from bootstrap.background import new_webhook
from bootstrap.replays import build_replays
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import ConfigError
from ports.chat_model import ChatAnswer, ChatModel, ChatRequest
from ports.speech_to_text import Recognition
from providers.encryption.aes import build_cipher, new_key
from providers.postgres.database import Database, open_database
from providers.postgres.key_check import check_keys
from providers.postgres.outbox_store import PostgresWebhooks
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from providers.scripted.speech_to_text import ScriptedSpeechToText
from sessions.service import Parley

QUESTION = "Zebulon, shall I go ahead and create the demo for you?"
WORDS = ("My name is Zebulon Quixley", "we get 77341 visitors a month", "yeah maybe Fizzlewick", "yes, go ahead please")
MUMBLED = Recognition("a mumble", 0.9, alternatives=("a Snorkelby",))
MARKERS = ("Zebulon", "Quixley", "77341", "Fizzlewick", "Snorkelby", "+4915199887766", "wumpus@example.org", "whsec_")
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")


def script(request: ChatRequest) -> ChatAnswer:
    words = request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}')
    if request.purpose == "clean":
        return says(words)
    facts: list[tuple[str, dict[str, Any]]] = []
    if "77341" in words:
        facts.append(("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "77341"}))
    if "Zebulon" in words:
        facts.append(("update_profile_field", {"field_to_update": "user_name", "new_value": "Zebulon Quixley"}))
    return calls(*facts, *([("initiate_demo_creation", {})] if "maybe" in words else []))


async def play(parley: Parley, database: Database) -> str:
    """Everything that writes: turns, written and spoken, calls held and granted, an open turn, a webhook, a replay."""
    await PostgresWebhooks(database).add(new_webhook("demo", "http://127.0.0.1:9/wumpus@example.org", None))
    opened = await parley.create_session(
        "lumen", caller_phone="+4915199887766", call_context={"notes": "Zebulon is a wumpus@example.org"}
    )
    session_id = str(opened["session_id"])
    for words in WORDS:
        await parley.process_turn(session_id, speaker="lumen", raw_text=QUESTION)
        await parley.process_turn(session_id, speaker="User", raw_text=words)
    await parley.process_turn(session_id, speaker="User", audio=bytes(8_000), audio_type="audio/basic")
    replays = build_replays(database, Settings(), model=ScriptedChatModel(script, name="scripted:other"))
    made = await replays.ask("demo", session_id, model="scripted:other", queue=False)
    await replays.make("demo", made["replay_id"])
    return session_id


@asynccontextmanager
async def sealed_database(url: str, keys: str | None) -> AsyncIterator[Database]:
    cipher = None if keys is None else build_cipher(keys)
    async with open_database(url, pool_min=1, pool_max=4, cipher=cipher) as database:
        yield database


@asynccontextmanager
async def sealed_service(
    url: str, keys: str | None, model: ChatModel | None = None
) -> AsyncIterator[tuple[Parley, Database]]:
    settings = Settings(sessions={"durability": "sync"})
    async with (
        sealed_database(url, keys) as database,
        run_parley(Ports(database, ScriptedSpeechToText(lambda *_: MUMBLED), model), settings) as parley,
    ):
        yield parley, database


def found_in(url: str) -> set[tuple[str, str]]:
    """The markers that the owner finds in any table, in the clear or by undoing base64 and hex: (table, marker)."""
    found: set[tuple[str, str]] = set()
    with psycopg.connect(url) as owner:
        for (table,) in owner.execute(TABLES).fetchall():
            name = sql.Identifier(table)
            owner.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
            for row in owner.execute(sql.SQL("SELECT * FROM {}").format(name)).fetchall():
                text = " ".join(readings(value) for value in row)
                found |= {(table, marker) for marker in MARKERS if marker in text}
    return found


def readings(value: Any) -> str:
    """A value as text, with what is hidden in it by an encoding."""
    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    return " ".join([text, *map(decoded, BASE64.findall(text))])


def decoded(text: str) -> str:
    try:
        return b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except NoBase64:
        return ""


async def test_under_a_key_no_word_is_left_in_any_table(database_url: str) -> None:
    async with sealed_service(database_url, new_key("1"), ScriptedChatModel(script)) as (parley, database):
        session_id = await play(parley, database)
        state = await parley.get_session_state(session_id)
        events = [event async for event in _closed(parley, session_id)]
    assert found_in(database_url) == set()
    assert (state["dataset"]["user_name"], state["caller_phone"]) == ("Zebulon Quixley", "+4915199887766")
    assert state["dataset"]["business_insights"]["demo_creation_initiated"] is not None
    said = [event["data"]["raw_text"] for event in events if event["type"] == "turn_processed"]
    assert said == [words for pair in zip([QUESTION] * 4, WORDS, strict=True) for words in pair] + [MUMBLED.text]


async def test_without_a_key_the_same_search_finds_them(database_url: str) -> None:
    async with sealed_service(database_url, None, ScriptedChatModel(script)) as (parley, database):
        await play(parley, database)
    found = found_in(database_url)
    assert {marker for _, marker in found} == set(MARKERS)
    expected = {"sessions", "turns", "tool_calls", "dataset_versions", "consents", "consent_words", "checkpoints"}
    assert {table for table, _ in found} == expected | {"webhooks", "replay_turns"}


async def test_a_key_is_changed_and_a_lost_one_is_named(database_url: str) -> None:
    old, new = new_key("old"), new_key("new")
    async with sealed_service(database_url, old) as (parley, _):
        session_id = str((await parley.create_session("lumen", caller_phone="+4915199887766"))["session_id"])
    async with sealed_service(database_url, f"{new},{old}") as (parley, _):
        assert (await parley.get_session_state(session_id))["caller_phone"] == "+4915199887766"
        await parley.process_turn(session_id, speaker="User", raw_text=WORDS[1])
    async with sealed_service(database_url, new) as (parley, _):
        with pytest.raises(ConfigError, match="'old'"):
            await parley.get_session_state(session_id)


async def test_without_its_keys_sealed_data_is_left_alone(database_url: str) -> None:
    async with sealed_service(database_url, new_key("one")) as (parley, _):
        await parley.create_session("lumen")
    async with sealed_database(database_url, None) as database:
        with pytest.raises(ConfigError, match="PARLEY_ENCRYPTION__KEYS is not set"):
            await check_keys(database)
    async with sealed_database(database_url, new_key("two")) as database:
        with pytest.raises(ConfigError, match="'one'"):
            await check_keys(database)


async def _closed(parley: Parley, session_id: str) -> AsyncIterator[Any]:
    await parley.close_session(session_id)
    async for event in parley.events(session_id):
        yield event
