"""Function calls of no sane model: each is read as it is or refused as a fault, in time, and nothing else breaks."""

import json
from typing import Any

import pytest

from domain.errors import Fault, ProviderUnavailable
from nodes.answers import MOST_CALLS
from nodes.storable import KEPT, storable
from ports.chat_model import ChatAnswer, Finish
from providers.google.loopback.answer import Answer
from tests.contract.gemini_model import DECIDE, DEFAULT, open_model

MODEL = DEFAULT.partition(":")[2]


def body(*calls: str) -> str:
    """An answer that calls functions; each call is the JSON of its name and arguments."""
    parts = ", ".join(f'{{"functionCall": {call}}}' for call in calls)
    candidate = f'{{"content": {{"role": "model", "parts": [{parts}]}}, "finishReason": "STOP", "index": 0}}'
    return f'{{"candidates": [{candidate}], "usageMetadata": {{"promptTokenCount": 1}}, "modelVersion": "{MODEL}"}}'


def call(arguments: str, name: str = "log_metric") -> str:
    return f'{{"name": "{name}", "args": {arguments}}}'


async def answered(*calls: str) -> ChatAnswer:
    async with open_model() as (model, script):
        script.then(Answer(body=body(*calls)))
        return await model.ask(DECIDE)


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        ('{"metric": 4, "value": ["a", {"b": null}]}', {"metric": 4, "value": ["a", {"b": None}]}),
        ('{"metric": "visitors", "value": "4", "force": true}', {"metric": "visitors", "value": "4", "force": True}),
        ('{"value": NaN}', {"value": None}),
        ('{"value": 1e999}', {"value": None}),
        (f'{{"value": "{"x" * 1_000_000}"}}', {"value": "x" * KEPT.letters}),
        ("{}", {}),
    ],
    ids=["wrong types", "extra", "not a number", "infinite", "a megabyte", "none"],
)
async def test_odd_arguments_are_read_and_fit_to_be_kept(arguments: str, read: dict[str, Any]) -> None:
    answer = await answered(call(arguments))
    assert answer.finish is Finish.STOP
    (kept,) = (storable(each.arguments) for each in answer.calls)
    assert kept == read
    json.dumps(kept, allow_nan=False)


async def test_calls_side_by_side_keep_their_order() -> None:
    answer = await answered(*(call(f'{{"n": {number}}}', name=f"tool_{number}") for number in range(3 * MOST_CALLS)))
    assert [each.name for each in answer.calls] == [f"tool_{number}" for number in range(3 * MOST_CALLS)]
    assert answer.calls[-1].arguments == {"n": 3 * MOST_CALLS - 1}


@pytest.mark.parametrize(
    "arguments",
    ["[1, 2]", '"text"', '{"a": ' * 3_000 + "1" + "}" * 3_000, f'{{"a": {"9" * 5_000}}}', '{"a": '],
    ids=["a list", "a text", "without end", "a number without end", "cut off"],
)
async def test_an_answer_that_cannot_be_read_is_the_services_fault(arguments: str) -> None:
    with pytest.raises(ProviderUnavailable) as raised:
        await answered(call(arguments))
    assert raised.value.fault is Fault.SERVER
