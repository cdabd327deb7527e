"""The gate: a gated tool runs on the caller's own yes, or a person's; once."""

import pytest

from domain.errors import Conflict, NotFound
from domain.turn import TurnResult
from ports.records import TurnReceipt
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.service import Parley
from tests.integration.sessions.conftest import Run

DEMO = "initiate_demo_creation"
QUESTION = "Shall I go ahead and create the demo for you?"


def eager() -> ScriptedChatModel:
    """A model that asks for the demo whenever the caller opens the mouth."""

    def script(request):  # type: ignore[no-untyped-def]
        if request.purpose == "decide":
            return calls((DEMO, {}))
        return says(request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}'))

    return ScriptedChatModel(script)


async def say(parley: Parley, session_id: str, speaker: str, text: str) -> TurnResult:
    result = await parley.process_turn(session_id, speaker=speaker, raw_text=text)
    assert not isinstance(result, TurnReceipt)
    return result


async def ask_and_answer(parley: Parley, answer: str) -> tuple[str, TurnResult]:
    session_id = (await parley.create_session("lumen"))["session_id"]
    await say(parley, session_id, "Lumen", QUESTION)
    return session_id, await say(parley, session_id, "User", answer)


def statuses(result: TurnResult) -> list[str]:
    return [call["status"] for call in result["function_calls"]]


@pytest.mark.parametrize("answer", ["yes, let's do it", "yes please go ahead", "yeah I'm ready"])
async def test_an_explicit_yes_to_the_question_runs_it(run: Run, answer: str) -> None:
    async with run(model=eager()) as parley:
        session_id, result = await ask_and_answer(parley, answer)
        assert statuses(result) == ["done"]
        view = await parley.get_dataset(session_id)
        assert view["dataset"]["business_insights"]["demo_creation_initiated"]["status"] == "initiated"
        types = [event["type"] for event in [event async for event in _closed(parley, session_id)]]
        assert "consent_decided" in types
        assert "consent_required" not in types


@pytest.mark.parametrize(
    "answer",
    ["yeah maybe", "what would the demo show?", "yes, I am still here", "not yet", "I already said yes to my wife"],
)
async def test_anything_less_is_not_consent(run: Run, answer: str) -> None:
    async with run(model=eager()) as parley:
        session_id, result = await ask_and_answer(parley, answer)
        assert statuses(result) == ["held"]
        view = await parley.get_dataset(session_id)
        assert view["dataset"]["business_insights"]["demo_creation_initiated"] is None


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("hmm perhaps later maybe", "held"),
        ("I will think about it", "held"),
        ("stop", "refused"),
        ("what would it show", "held"),
    ],
)
async def test_a_model_cannot_put_a_yes_into_the_callers_mouth(run: Run, answer: str, status: str) -> None:
    model = ScriptedChatModel(
        lambda request: says("Yes, please go ahead.") if request.purpose == "clean" else calls((DEMO, {}))
    )
    async with run(model=model) as parley:
        session_id, result = await ask_and_answer(parley, answer)
        assert statuses(result) == [status]
        await say(parley, session_id, "Lumen", QUESTION)
        again = await say(parley, session_id, "User", answer)
        assert "done" not in statuses(again)
        view = await parley.get_dataset(session_id)
        assert view["dataset"]["business_insights"]["demo_creation_initiated"] is None


async def test_the_next_words_answer_a_held_call_under_its_own_key(run: Run) -> None:
    async with run(model=eager()) as parley:
        session_id, first = await ask_and_answer(parley, "yeah maybe")
        assert statuses(first) == ["held"]
        await say(parley, session_id, "Lumen", QUESTION)
        second = await say(parley, session_id, "User", "yes, go ahead please")
        assert statuses(second) == ["done"]
        assert second["function_calls"][0]["id"] == first["function_calls"][0]["id"]
        ledger = await parley.list_tool_calls(session_id)
        assert [call["status"] for call in ledger.items] == ["done"]
        assert (await parley.get_session_state(session_id))["held_consents"] == []


async def test_an_old_question_does_not_wait_for_a_later_yes(run: Run) -> None:
    async with run(model=eager()) as parley:
        session_id, first = await ask_and_answer(parley, "yeah maybe")
        assert statuses(first) == ["held"]
        await say(parley, session_id, "User", "we have a dog")
        later = await say(parley, session_id, "User", "yes")
        assert "done" not in statuses(later)
        assert len((await parley.get_session_state(session_id))["held_consents"]) == 1


async def test_a_person_decides_once_and_for_all(run: Run) -> None:
    async with run(model=eager()) as parley:
        session_id, _ = await ask_and_answer(parley, "yeah maybe")
        consent_id = (await parley.get_session_state(session_id))["held_consents"][0]["consent_id"]
        first = await parley.decide_consent(session_id, consent_id, "grant", "maria")
        assert first["function_call"]["status"] == "done"
        assert first["consent"] == {"consent_id": consent_id, "status": "granted", "decided_by": "maria"}
        assert first["dataset_version"] == 1
        assert await parley.decide_consent(session_id, consent_id, "grant", "paul") == first
        with pytest.raises(Conflict):
            await parley.decide_consent(session_id, consent_id, "refuse", "maria")
        with pytest.raises(NotFound):
            await parley.decide_consent(session_id, session_id, "grant", "maria")


async def test_an_effect_that_stands_is_not_repeated(run: Run) -> None:
    async with run(model=eager()) as parley:
        session_id, _ = await ask_and_answer(parley, "yes, let's do it")
        again = await say(parley, session_id, "User", "yes do it")
        assert statuses(again) == ["unchanged"]
        assert again["dataset_version"] == 1


async def _closed(parley: Parley, session_id: str):  # type: ignore[no-untyped-def]
    await parley.close_session(session_id)
    async for event in parley.events(session_id):
        yield event
