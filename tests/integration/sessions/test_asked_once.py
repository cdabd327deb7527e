"""What a model or the recogniser delivered is in the turn's row, and neither asked nor done again after a crash."""

import asyncio
from typing import Any

from domain.errors import Fault, ProviderUnavailable
from ports.chat_model import ChatAnswer, ChatRequest
from ports.records import TurnReceipt
from ports.speech_to_text import Recognition
from providers.postgres.database import Database
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from providers.scripted.speech_to_text import ScriptedSpeechToText
from tests.integration.sessions.conftest import Run
from tests.integration.sessions.dying import die_when_answered
from tests.integration.sessions.misheard import HEARD, QUESTION, SAID, build_ears, speak

WORDS = "we get 500 visitors a month"
METRIC = ("log_metric", {"metric_name": "monthly_website_visitors", "value_string": "500"})


class Stuck:
    """A model that never decides until it is let; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.name = "scripted:chat"
        self.lets = False

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        self.asked.append(request.purpose)
        if request.purpose == "clean":
            return says(WORDS)
        if not self.lets:
            await asyncio.Event().wait()
        return calls(METRIC)


async def test_a_model_is_not_asked_again_for_what_it_has_answered(run: Run, database: Database) -> None:
    model = Stuck()
    async with run(model=model) as dying:
        session_id = (await dying.create_session("lumen"))["session_id"]
        turn = asyncio.create_task(dying.process_turn(session_id, speaker="User", raw_text=WORDS, turn_id="one"))
        await die_when_answered(dying, database, turn)
    model.lets = True
    async with run(model=model) as parley:
        result = await parley.process_turn(session_id, speaker="User", raw_text=WORDS, turn_id="one")
        assert not isinstance(result, TurnReceipt)
        assert [call["status"] for call in result["function_calls"]] == ["done"]
    assert model.asked == ["clean", "decide", "decide"]
    assert {name: served.get("recalled", False) for name, served in result["usage"].items()} == {
        "clean": True,
        "decide": False,
    }


async def test_what_was_heard_is_not_heard_again(run: Run, database: Database) -> None:
    ears = ScriptedSpeechToText(lambda samples, hint: Recognition(text=WORDS, confidence=0.9, language="en"))
    model = Stuck()
    async with run(model=model, stt=ears) as dying:
        session_id = (await dying.create_session("lumen"))["session_id"]
        sound: dict[str, Any] = {"audio": b"\x80" * 8_000, "audio_type": "audio/basic", "turn_id": "one"}
        turn = asyncio.create_task(dying.process_turn(session_id, speaker="User", **sound))
        await die_when_answered(dying, database, turn)
    model.lets = True
    async with run(model=model, stt=ears) as parley:
        result = await parley.process_turn(session_id, speaker="User", **sound)
        assert not isinstance(result, TurnReceipt)
        assert (result["raw_text"], (result["stt"] or {})["confidence"]) == (WORDS, 0.9)
    assert (len(ears.heard), model.asked) == (1, ["clean", "decide", "decide"])


class Cleanerless(Stuck):
    """A model that is away whenever words are to be cleaned."""

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        if request.purpose == "clean":
            raise ProviderUnavailable("scripted", Fault.TIMEOUT)
        return await super().ask(request)


async def test_what_else_was_heard_is_weighed_again(run: Run, database: Database) -> None:
    ears, model = build_ears(), Cleanerless()
    async with run(model=model, stt=ears) as dying:
        session_id = (await dying.create_session("lumen"))["session_id"]
        await dying.process_turn(session_id, speaker="lumen", raw_text=QUESTION)
        await die_when_answered(dying, database, asyncio.create_task(speak(dying, session_id)))
    model.lets = True
    async with run(model=model, stt=ears) as parley:
        result = await speak(parley, session_id)
    assert (result["raw_text"], result["cleaned_text"], len(ears.heard)) == (HEARD, SAID, 1)
    (row,) = await database.run("demo", "SELECT alternatives FROM turns WHERE role = 'caller'")
    assert row["alternatives"] == [SAID]


async def test_a_fault_is_kept_like_an_answer(run: Run, database: Database) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        raise ProviderUnavailable("scripted", Fault.TIMEOUT)

    async with run(model=ScriptedChatModel(script)) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        result = await parley.process_turn(session_id, speaker="User", raw_text=WORDS)
        assert not isinstance(result, TurnReceipt)
        assert "clean:timeout" in result["degraded"]
    (row,) = await database.run("demo", "SELECT answers FROM turns")
    assert [kept["fault"] for kept in row["answers"].values()] == ["timeout", "timeout"]


async def test_the_built_in_engine_writes_none(run: Run, database: Database) -> None:
    async with run() as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        await parley.process_turn(session_id, speaker="User", raw_text=WORDS)
    assert await database.run("demo", "SELECT answers FROM turns") == [{"answers": {}}]
