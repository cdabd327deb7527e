"""A call from its greeting to its end: what is said, what is heard, and what is kept of it."""

import asyncio
from datetime import timedelta

import pytest

from language.sentences import split_sentences
from language.spoken.form import spoken
from server.call import silence
from tests.eventually import eventually
from tests.integration.call.conftest import Desk

SAID = "we get 500 visitors a month"
REPLY = [f"You said {SAID}.", "This is the second sentence.", "And this is the third one."]


async def until_heard(desk: Desk, session_id: str, words: str) -> None:
    """Wait until the caller's first turn is kept as answered by these words (TimeoutError)."""
    async with asyncio.timeout(60):
        while (await desk.parley.list_turns(session_id)).items[1]["heard"] != words:  # noqa: ASYNC110  (rows)
            await asyncio.sleep(0.01)


async def test_a_call_is_greeted_answered_and_kept(desk: Desk) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    session_id = phone.start.session_id
    turns = (await desk.parley.list_turns(session_id)).items
    assert [(turn["role"], turn["raw_text"], turn["heard"]) for turn in turns] == [
        ("agent", "Welcome to the test desk.", "Welcome to the test desk."),
        ("caller", SAID, " ".join(REPLY)),
    ]
    assert desk.voice.spoken == ["Welcome to the test desk.", *map(spoken, REPLY)]
    state = await desk.parley.get_session_state(session_id)
    assert state["status"] == "closed"
    told = [event["type"] async for event in desk.parley.events(session_id)]
    assert [kind for kind in told if kind.startswith("reply")] == ["reply_started", "reply_finished"] * 2
    assert told[-1] == "session_closed"


async def test_who_speaks_over_us_stops_us_and_only_what_was_played_counts_as_heard(desk: Desk) -> None:
    desk.hears += [SAID, "stop please"]
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.speed = 4.0  # the two seconds of the line after which we would go on are then half a second for the words
        phone.say(1.0)
        await eventually(lambda: phone.clears == 1)
        proven = len(phone.played_marks) - 1
        await eventually(lambda: "You said stop please." in desk.voice.spoken)
        phone.hang()
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert turns[1]["heard"] == " ".join(REPLY[:proven])
    assert 1 <= proven < 3
    events = [event async for event in desk.parley.events(phone.start.session_id)]
    finished = [event["data"] for event in events if event["type"] == "reply_finished"]
    assert [data["interrupted"] for data in finished[:2]] == [False, True]


async def test_a_sign_of_listening_stops_nobody(desk: Desk) -> None:
    desk.hears += [SAID, "uh-huh"]
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.say(0.3)
        await eventually(lambda: len(phone.played_marks) == 4)
        assert phone.clears == 0
        phone.hang()
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert len(turns) == 2
    assert turns[1]["heard"] == " ".join(REPLY)


async def test_noise_that_stopped_us_lets_us_go_on(desk: Desk) -> None:
    desk.hears += [SAID, ""]
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.say(0.9)
        await eventually(lambda: phone.clears == 1)
        await until_heard(desk, phone.start.session_id, " ".join(REPLY))
        phone.hang()


async def test_keys_are_a_turn(desk: Desk) -> None:
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.press("4711#")
        await eventually(lambda: any(spoken("4 7 1 1") in text for text in desk.voice.spoken))
        phone.hang()
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert turns[1]["raw_text"] == "4 7 1 1"


@pytest.mark.usefixtures("impatient")
async def test_after_two_prompts_a_silent_caller_is_said_goodbye(desk: Desk) -> None:
    async with desk.call() as phone:
        await eventually(lambda: phone.hung_up)
    manners = desk.parley.playbooks["desk"].manners
    said = (manners.greeting_of, *manners.silence, manners.goodbye)
    assert desk.voice.spoken == [sentence for words in said for sentence in split_sentences(words)]
    assert (await desk.parley.get_session_state(phone.start.session_id))["status"] == "closed"


@pytest.mark.parametrize("presses", [True, False], ids=["presses a key", "speaks"])
async def test_who_answers_over_the_goodbye_at_last_is_not_hung_up_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, presses: bool
) -> None:
    monkeypatch.setattr(silence, "PROMPTS", 0)
    monkeypatch.setattr(silence, "PATIENCE", timedelta(seconds=4))
    desk.hears.append("here I am")
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        desk.voice.word_ms = 1_000  # a goodbye that a busy machine, too, can speak over
        await eventually(lambda: len(desk.voice.spoken) > 1)
        desk.voice.word_ms = 100
        if presses:
            phone.press("1#")
        else:
            phone.say(1.0)
        await eventually(lambda: any(text.startswith("You said") for text in desk.voice.spoken))
        assert not phone.hung_up
        phone.hang()


async def test_a_line_that_is_lost_is_taken_up_where_it_broke(desk: Desk) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.hang(over=False)
    session_id, proven = phone.start.session_id, len(phone.played_marks) - 1
    desk.voice.spoken.clear()
    async with desk.call(session_id, "second") as phone:
        await until_heard(desk, session_id, " ".join(REPLY))
        phone.hang()
    assert desk.voice.spoken == ["One moment, please.", *map(spoken, REPLY[proven:])]
