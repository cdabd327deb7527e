"""A model is asked once for each question, whatever came of it."""

from typing import Any, cast

import pytest

from domain.errors import Fault, ProviderError, ProviderUnavailable, Unavailable
from nodes.asking import Asked, ask_once, digest_of, stream_once
from ports.chat_model import ChatAnswer, ChatMessage, ChatRequest, Finish
from ports.store import TurnStore
from providers.scripted.chat_model import BrokenOff, ScriptedChatModel, calls, says
from tests.unit.nodes.asking import KeptAnswers, turn_state

REQUEST = ChatRequest("clean", "Be exact.", (ChatMessage("user", "um hello"),))
METRIC: tuple[str, dict[str, Any]] = ("log_metric", {"value_string": "500"})


def stored(store: KeptAnswers) -> TurnStore:
    return cast(TurnStore, store)


@pytest.mark.parametrize("answer", [says("hello"), calls(METRIC, METRIC), says("", finish=Finish.BLOCKED)])
async def test_what_was_kept_is_the_same_answer(answer: ChatAnswer) -> None:
    model, store = ScriptedChatModel(lambda request: answer), KeptAnswers()
    first = await ask_once(model, REQUEST, turn_state("um hello"), stored(store))
    again = await ask_once(model, REQUEST, turn_state("um hello", store.answers), stored(store))
    assert (first.answer, again.answer) == (answer, answer)
    assert (first.recalled, again.recalled, len(model.requests)) == (False, True, 1)
    assert "recalled" not in first.served("clean@1")
    assert again.served("clean@1") == first.served("clean@1") | {"recalled": True}


async def test_a_fault_is_kept_and_raised_again() -> None:
    def away(request: ChatRequest) -> ChatAnswer:
        raise ProviderUnavailable("scripted", Fault.TIMEOUT)

    model, store = ScriptedChatModel(away), KeptAnswers()
    for answers in ({}, store.answers):
        with pytest.raises(ProviderError) as failed:
            await ask_once(model, REQUEST, turn_state("um hello", answers), stored(store))
        assert failed.value.fault is Fault.TIMEOUT
    assert len(model.requests) == 1


async def test_a_node_that_is_tried_again_does_not_ask_again() -> None:
    model, store = ScriptedChatModel(lambda request: says("hello")), KeptAnswers()
    state = turn_state("um hello")
    assert [(await ask_once(model, REQUEST, state, stored(store))).recalled for _ in range(2)] == [False, True]
    assert len(model.requests) == 1


async def test_no_answer_is_used_that_is_not_kept() -> None:
    model, store = ScriptedChatModel(lambda request: says("hello")), KeptAnswers(away=1)
    state = turn_state("um hello")
    with pytest.raises(Unavailable):
        await ask_once(model, REQUEST, state, stored(store))
    assert state["answers"] == {}
    await ask_once(model, REQUEST, state, stored(store))
    assert state["answers"] == store.answers != {}


@pytest.mark.parametrize(
    "other",
    [
        ChatRequest("decide", "Be exact.", REQUEST.messages),
        ChatRequest("clean", "Be brief.", REQUEST.messages),
        ChatRequest("clean", "Be exact.", (ChatMessage("user", "hello"),)),
        ChatRequest("clean", "Be exact.", (ChatMessage("assistant", "um hello"),)),
    ],
)
def test_another_question_has_another_digest(other: ChatRequest) -> None:
    assert digest_of("m", other) != digest_of("m", REQUEST)


def test_another_model_has_another_digest() -> None:
    assert digest_of("m", REQUEST) != digest_of("n", REQUEST)
    assert digest_of("m", REQUEST) == digest_of("m", ChatRequest("clean", "Be exact.", REQUEST.messages))


async def heard_of(model: ScriptedChatModel, store: KeptAnswers) -> tuple[str, Asked | Fault | None]:
    """The text of an answer that is streamed, and how it ended."""
    text, end = "", None
    try:
        async for piece in stream_once(model, REQUEST, turn_state("um hello", dict(store.answers)), stored(store)):
            if isinstance(piece, Asked):
                end = piece
            else:
                text += piece
    except ProviderError as error:
        return text, error.fault
    return text, end


async def test_a_streamed_answer_is_kept_and_given_again() -> None:
    model, store = ScriptedChatModel(lambda request: says("hello to you")), KeptAnswers()
    (text, first), (again, second) = await heard_of(model, store), await heard_of(model, store)
    assert text == again == "hello to you"
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert (first.answer, first.recalled, second.recalled) == (second.answer, False, True)
    assert len(model.requests) == 1


@pytest.mark.parametrize("begun", ["", "hello to"])
async def test_an_answer_that_broke_off_breaks_off_at_the_same_word_again(begun: str) -> None:
    def script(request: ChatRequest) -> ChatAnswer:
        raise BrokenOff(begun, ProviderUnavailable("scripted", Fault.TIMEOUT))

    model, store = ScriptedChatModel(script), KeptAnswers()
    assert [await heard_of(model, store) for _ in range(2)] == [(begun, Fault.TIMEOUT)] * 2
    assert len(model.requests) == 1
