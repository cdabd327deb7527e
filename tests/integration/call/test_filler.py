"""Who waits for an answer hears a few words; a quick answer comes without them."""

import pytest

from server.call import filler
from tests.eventually import eventually
from tests.integration.call.conftest import Desk

FILLER = "One moment, please."


async def test_a_late_answer_is_preceded_by_a_few_words_that_are_no_part_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filler, "THINKING_SECONDS", 0.0)
    desk.hears.append("we get 500 visitors a month")
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 5)
        phone.hang()
    assert desk.voice.spoken[1] == FILLER
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert len(turns) == 2
    assert FILLER not in turns[1]["heard"]
    assert turns[1]["heard"] == turns[1]["result"]["reply"]


async def test_a_quick_answer_needs_none(desk: Desk) -> None:
    desk.hears.append("we get 500 visitors a month")
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    assert FILLER not in desk.voice.spoken
