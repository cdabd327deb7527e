"""The tools of the custom playbook."""

from typing import Any

import pytest

from domain.dataset import fold
from domain.errors import InvalidInput, ToolRefused
from domain.playbook import CallMoment, ToolAnswer
from playbooks.custom.dataset import LONGEST_MESSAGE
from playbooks.custom.playbook import PLAYBOOK
from playbooks.custom.tools import MOST_MESSAGES

EMPTY = PLAYBOOK.new_dataset({"caller_name": "Priya"}, now=0.0)


async def run(name: str, dataset: dict[str, Any], **arguments: Any) -> ToolAnswer:
    tool = PLAYBOOK.tool(name)
    assert tool is not None
    return await tool.run(tool.validate(arguments), CallMoment("s", "t", 5.0, dataset))


async def test_a_message_is_noted_once() -> None:
    answer = await run("take_message", EMPTY, message=" the roof\n leaks ")
    dataset, changed = fold(EMPTY, answer.change, now=5.0)
    assert changed
    assert dataset["messages"] == [{"text": "the roof leaks", "at": 5.0}]
    again = await run("take_message", dataset, message="The roof leaks")
    assert (again.change, again.result["unchanged"]) == ([], True)


async def test_there_is_an_end_to_messages() -> None:
    full = {**EMPTY, "messages": [{"text": f"message {n}", "at": 0.0} for n in range(MOST_MESSAGES)]}
    with pytest.raises(ToolRefused):
        await run("take_message", full, message="one more")


@pytest.mark.parametrize("message", ["", " \n", "...", "a" * (LONGEST_MESSAGE + 1)])
def test_a_message_has_words_and_an_end(message: str) -> None:
    tool = PLAYBOOK.tool("take_message")
    assert tool is not None
    with pytest.raises(InvalidInput, match="message"):
        tool.validate({"message": message})


async def test_a_name_may_be_corrected() -> None:
    answer = await run("note_caller", EMPTY, field="caller_name", value="Priya Shah")
    assert fold(EMPTY, answer.change, now=5.0)[0]["caller_name"] == "Priya Shah"
    assert (await run("note_caller", EMPTY, field="caller_name", value="Priya")).result["unchanged"]


@pytest.mark.parametrize("reason", ["goodbye", "no thanks", "that's all", "not interested", "Thank you."])
async def test_callers_end_the_call(reason: str) -> None:
    answer = await run("end_call", EMPTY, reason=reason)
    assert fold(EMPTY, answer.change, now=5.0)[0]["ended"] == reason


@pytest.mark.parametrize("reason", ["the caller is rude", "my roof leaks", "wait a moment", "are you open?"])
async def test_nobody_else_does(reason: str) -> None:
    with pytest.raises(ToolRefused):
        await run("end_call", EMPTY, reason=reason)
