"""LangChain's messages are read the same whichever vendor wrote their metadata."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage

from ports.chat_model import ChatToolCall, Finish, Usage
from providers.langchain.answer import read_answer


@pytest.mark.parametrize(
    ("metadata", "finish"),
    [
        ({"finish_reason": "STOP"}, Finish.STOP),
        ({"finish_reason": "tool_calls"}, Finish.STOP),
        ({"stop_reason": "end_turn"}, Finish.STOP),
        ({"stop_reason": "tool_use"}, Finish.STOP),
        ({"done_reason": "stop"}, Finish.STOP),
        ({"status": "completed"}, Finish.STOP),
        ({"finish_reason": "length"}, Finish.MAX_TOKENS),
        ({"stop_reason": "max_tokens"}, Finish.MAX_TOKENS),
        ({"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}, Finish.MAX_TOKENS),
        ({"finish_reason": "content_filter"}, Finish.BLOCKED),
        ({"finish_reason": "SPII"}, Finish.BLOCKED),
        ({"prompt_feedback": {"block_reason": "SAFETY"}}, Finish.BLOCKED),
        ({"prompt_feedback": None, "finish_reason": "STOP"}, Finish.STOP),
        ({"stop_reason": "refusal"}, Finish.REFUSED),
        ({"finish_reason": "TOO_MANY_TOOL_CALLS"}, Finish.MALFORMED_CALL),
        ({"finish_reason": "a word of tomorrow"}, Finish.OTHER),
        ({}, Finish.OTHER),
    ],
)
def test_reads_how_it_ended(metadata: dict[str, Any], finish: Finish) -> None:
    assert read_answer(AIMessage("", response_metadata=metadata), "m").finish is finish


def test_a_refusal_is_told_beside_the_text() -> None:
    message = AIMessage("", additional_kwargs={"refusal": "I cannot"}, response_metadata={"finish_reason": "stop"})

    assert read_answer(message, "m").finish is Finish.REFUSED


def test_a_call_that_is_no_json_is_malformed_and_the_good_one_stays() -> None:
    message = AIMessage(
        "",
        tool_calls=[{"name": "log", "args": {"n": 1}, "id": "1"}],
        invalid_tool_calls=[{"name": "log", "args": '{"n": ', "id": "2", "error": "cut off"}],
        response_metadata={"finish_reason": "tool_calls"},
    )

    answer = read_answer(message, "m")

    assert answer.finish is Finish.MALFORMED_CALL
    assert answer.calls == (ChatToolCall("log", {"n": 1}),)


def test_thinking_is_no_text() -> None:
    message = AIMessage([{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Yes."}])

    assert read_answer(message, "m").text == "Yes."


def test_usage_and_model_may_be_missing() -> None:
    answer = read_answer(AIMessage("hi"), "m")

    assert (answer.usage, answer.model) == (Usage(), "m")


def test_usage_and_model_are_the_vendors() -> None:
    message = AIMessage(
        "hi",
        usage_metadata={"input_tokens": 3, "output_tokens": 5, "total_tokens": 8},
        response_metadata={"model": "m-2026"},
    )

    answer = read_answer(message, "m")

    assert (answer.usage, answer.model) == (Usage(3, 5), "m-2026")
