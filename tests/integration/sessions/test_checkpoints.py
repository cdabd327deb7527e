"""What LangGraph keeps: little, plain, bounded, and never a sound."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.conformance import checkpointer_test, validate

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from checkpoints.saver import PostgresSaver
from checkpoints.thread import thread_of
from ports.records import TurnReceipt
from ports.speech_to_text import Recognition
from providers.postgres.database import Database
from providers.scripted.speech_to_text import ScriptedSpeechToText, silence
from sessions.service import Parley
from tests.integration.sessions.conftest import Run


async def test_the_saver_passes_langgraphs_own_suite(database: Database) -> None:
    @checkpointer_test(name="PostgresSaver")
    async def saver() -> AsyncIterator[BaseCheckpointSaver[str]]:
        yield PostgresSaver(database)

    report = await validate(saver)
    assert report.passed_all_base(), report


async def test_a_session_is_a_thread_with_the_last_turns_state(
    parley: Parley, session_id: str, database: Database
) -> None:
    await parley.process_turn(session_id, speaker="User", raw_text="we are forty people")
    async with asyncio.timeout(60):  # who waits for the result does not wait for the checkpoint
        while (kept := await PostgresSaver(database).aget_tuple(thread_of("demo", session_id))) is None:
            pass  # each look is a query
    assert kept.checkpoint["channel_values"]["result"]["cleaned_text"] == "we are forty people"
    assert await PostgresSaver(database).aget_tuple(thread_of("another", session_id)) is None


async def test_a_call_keeps_one_checkpoint_which_does_not_grow(run: Run, database_url: str) -> None:
    async with run() as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        sizes = [await _checkpoint_after(parley, session_id, number, database_url) for number in range(60)]
    assert sizes[-1] < sizes[11] * 1.1


async def _checkpoint_after(parley: Parley, session_id: str, number: int, database_url: str) -> int:
    """Take a turn; the bytes of the one checkpoint that there may be, which follows the turn's answer."""
    await parley.process_turn(session_id, speaker="User", raw_text=f"and this is line {number + 20} of the call")
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("SELECT length(checkpoint) FROM checkpoints").fetchall()
    assert len(rows) <= 1
    return int(rows[0][0]) if rows else 0


@pytest.mark.parametrize("durability", ["exit", "async", "sync"])
async def test_in_every_mode_the_newest_checkpoint_is_the_last_turns(database: Database, durability: str) -> None:
    settings = Settings(sessions={"durability": durability})
    async with run_parley(Ports(database, silence(), None), settings) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        for number in range(3):
            await parley.process_turn(session_id, speaker="User", raw_text=f"we are {number + 40} people")
    kept = await PostgresSaver(database).aget_tuple(thread_of("demo", session_id))
    assert kept is not None
    assert kept.checkpoint["channel_values"]["result"]["raw_text"] == "we are 42 people"
    assert len(await database.run("demo", "SELECT thread_id FROM checkpoints")) == 1


async def test_sound_never_enters_a_checkpoint_and_leaves_the_inbox(run: Run, database_url: str) -> None:
    hears = ScriptedSpeechToText(lambda samples, hint: Recognition("we are forty people", 0.9, "en"))
    sound = bytes(range(40, 200)) * 100
    async with run(stt=hears) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        for speaker in ("User", "Lumen"):
            result = await parley.process_turn(session_id, speaker=speaker, audio=sound, audio_type="audio/basic")
            assert not isinstance(result, TurnReceipt)
            assert result["raw_text"] == "we are forty people"
            assert result["stt"] == {"confidence": 0.9, "language": "en", "language_probability": None}
    assert hears.heard == [32_000, 32_000]
    with psycopg.connect(database_url) as connection:
        assert connection.execute("SELECT count(*) FROM turns WHERE audio IS NOT NULL").fetchone() == (0,)
        kept = connection.execute("SELECT checkpoint FROM checkpoints").fetchall()
    assert kept
    assert all(len(row[0]) < len(sound) and sound[:200] not in bytes(row[0]) for row in kept)


@pytest.mark.parametrize(("confidence", "acts"), [(0.9, True), (0.3, False)])
async def test_what_was_hardly_heard_is_stored_and_not_acted_on(run: Run, confidence: float, acts: bool) -> None:
    hears = ScriptedSpeechToText(lambda samples, hint: Recognition("our company size is forty people", confidence))
    async with run(stt=hears) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        result = await parley.process_turn(session_id, speaker="User", audio=b"\x80" * 8_000, audio_type="audio/basic")
        assert not isinstance(result, TurnReceipt)
        assert bool(result["function_calls"]) is acts
        assert result["degraded"] == ([] if acts else ["transcribe:low_confidence"])
