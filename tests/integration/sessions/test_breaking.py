"""A node that always breaks: its turn is tried for a while, then it ends and says why, and its session can end."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

import pytest

from domain.errors import Unavailable
from domain.session import SessionStatus
from domain.turn import TurnResult
from graph import turn as turn_graph
from nodes.notify import Notify
from nodes.receive import Receive
from ports.chat_model import ChatAnswer, ChatRequest
from ports.records import TurnReceipt
from ports.speech_to_text import Recognition
from providers.scripted.chat_model import ScriptedChatModel, calls
from providers.scripted.speech_to_text import ScriptedSpeechToText
from sessions import breaks
from sessions.breaks import MOST, REASON
from sessions.service import Parley
from tests.integration.sessions.conftest import Run

WORDS = "our company size is forty people"
SOUND = b"\x80" * 8_000


@dataclass
class Broken:
    """Breaks whoever calls it, and counts."""

    error: Exception
    times: int = 0

    async def __call__(self, *given: Any, **more: Any) -> dict[str, Any]:
        """Break."""
        self.times += 1
        raise self.error


class NeverCleans(ScriptedChatModel):
    """Does not answer where it is to clean."""

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        """Answer, or wait for ever."""
        if request.purpose == "clean":
            await asyncio.Event().wait()
        return await super().ask(request)


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn that broke is tried again at once."""
    monkeypatch.setattr(breaks, "FIRST_REST_SECONDS", 0.0)


@pytest.fixture(params=[Receive, Notify])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """A node that cannot be done without, the first or the last of a turn, and always breaks."""
    node = Broken(RuntimeError("a mistake"))
    break_node(monkeypatch, request.param, node)
    return node


def break_node(monkeypatch: pytest.MonkeyPatch, kind: type[Receive | Notify], broken: Broken) -> None:
    @wraps(kind.__call__)
    async def call(node: Any, *given: Any, **more: Any) -> dict[str, Any]:
        return await broken(*given, **more)

    monkeypatch.setattr(kind, "__call__", call)


async def given_up(parley: Parley, session_id: str, turn_id: str, **said: Any) -> TurnResult:
    """Hand a turn in, and have it taken up until it has ended."""
    async with asyncio.timeout(60):
        while True:
            try:
                result = await parley.process_turn(session_id, turn_id=turn_id, **said)
            except Unavailable:
                await parley.recover()
                continue
            assert not isinstance(result, TurnReceipt)
            return result


@pytest.fixture
def told(parley: Parley) -> list[TurnResult]:
    """The turns that were finished here."""
    found: list[TurnResult] = []
    parley.on_turn(found.append)
    return found


async def test_the_turn_ends_with_its_words_and_the_reason(
    parley: Parley, session_id: str, broken: Broken, told: list[TurnResult]
) -> None:
    result = await given_up(parley, session_id, "doomed", speaker="User", raw_text=WORDS)
    assert (result["raw_text"], result["degraded"], broken.times) == (WORDS, [REASON], MOST)
    assert await parley.get_turn(session_id, "doomed") == result
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED
    events = [event["type"] async for event in parley.events(session_id)]
    assert events.count("turn_processed") == 1
    assert events[-1] == "session_closed"
    assert told == [result]


async def test_what_it_had_done_is_told_and_done_once(
    parley: Parley, session_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_node(monkeypatch, Notify, Broken(RuntimeError("a mistake")))
    result = await given_up(parley, session_id, "doomed", speaker="User", raw_text=WORDS)
    ledger = (await parley.list_tool_calls(session_id)).items
    assert [call["status"] for call in result["function_calls"]] == [call["status"] for call in ledger] == ["done"]
    assert result["dataset_version"] == (await parley.get_dataset(session_id))["version"] == 1


async def test_closing_alone_is_enough(parley: Parley, session_id: str, broken: Broken) -> None:
    with pytest.raises(Unavailable):
        await parley.process_turn(session_id, speaker="User", raw_text=WORDS, turn_id="doomed")
    assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED


async def test_an_abandoned_session_can_end(parley: Parley, session_id: str, broken: Broken) -> None:
    await given_up(parley, session_id, "doomed", speaker="User", raw_text=WORDS)
    assert await parley.cleanup_inactive_sessions(max_age_seconds=-1) == 1


async def test_an_agents_sound_ends_too(run: Run, broken: Broken) -> None:
    hears = ScriptedSpeechToText(lambda samples, hint: Recognition("how many are you?", 0.9, "en"))
    async with run(stt=hears) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        sound = {"speaker": "Lumen", "audio": SOUND, "audio_type": "audio/basic"}
        result = await given_up(parley, session_id, "doomed", **sound)
        assert (result["degraded"], broken.times) == ([REASON], MOST)
        assert (await parley.close_session(session_id)).status is SessionStatus.CLOSED


async def test_a_lost_database_is_waited_for_however_long(
    parley: Parley, session_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        gone = Broken(Unavailable("The database is gone."))
        meanwhile.setattr(breaks, "MOST", 2)
        break_node(meanwhile, Notify, gone)
        for _ in range(3):
            with pytest.raises(Unavailable):
                await parley.process_turn(session_id, speaker="User", raw_text=WORDS, turn_id="kept")
        assert gone.times >= 3
    assert (await given_up(parley, session_id, "kept", speaker="User", raw_text=WORDS))["degraded"] == []


async def test_a_node_that_takes_too_long_costs_its_own_work(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(turn_graph.NODE_LIMITS, "clean", timedelta(milliseconds=50))
    async with run(model=NeverCleans(lambda request: calls())) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        result = await parley.process_turn(session_id, speaker="User", raw_text=WORDS)
    assert not isinstance(result, TurnReceipt)
    assert (result["cleaned_text"], result["degraded"]) == (WORDS, ["clean:timeout"])


async def test_who_leaves_hears_nothing_more(run: Run) -> None:
    hears = ScriptedSpeechToText(lambda samples, hint: Recognition("how many are you?", 0.9, "en"))
    async with run(stt=hears) as parley:
        session_id = (await parley.create_session("lumen"))["session_id"]
        parley.leave()
        with pytest.raises(Unavailable, match="leaving"):
            await parley.process_turn(session_id, speaker="Lumen", audio=SOUND, audio_type="audio/basic")
    assert hears.heard == []
