"""Lines and callers that behave badly: nothing is lost, and nothing breaks."""

import asyncio
import random

import numpy as np
import pytest

from ports.telephony import LineStart
from providers.scripted.voice_activity import Loudness
from server.call import mouth
from server.call.call import CallPorts
from server.call.desk import CallDesk
from server.call.heard import HeardWords
from speech.g711 import encode_mu_law
from speech.pcm import to_pcm16
from tests.eventually import eventually
from tests.integration.call.conftest import Desk
from tests.integration.call.phone import RATE_HZ, SILENCE, Phone
from tests.integration.call.test_calls import REPLY, SAID

LONGEST_TURN = 60
RAGGED = (1, 2, 7, 159, 161, 480, 3_999, 8_000)


def tone(seconds: float) -> bytes:
    return encode_mu_law(to_pcm16((0.3 * np.sin(np.arange(round(seconds * RATE_HZ)) * 0.3)).astype(np.float32)))


async def callers_turns(desk: Desk, session_id: str) -> list[str]:
    turns = (await desk.parley.list_turns(session_id)).items
    return [turn["raw_text"] for turn in turns if turn["role"] == "caller"]


async def test_who_never_stops_talking_is_taken_minute_by_minute(desk: Desk) -> None:
    minutes = ["the first minute", "the second minute", "and the rest"]
    desk.hears += minutes
    async with desk.call() as phone:
        phone.speed = 400
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(2 * LONGEST_TURN + 5)
        await eventually(lambda: not desk.hears)
        await eventually(lambda: any("and the rest" in text for text in desk.voice.spoken))
        phone.hang()
    assert await callers_turns(desk, phone.start.session_id) == minutes


async def test_chunks_of_any_size_are_one_utterance(desk: Desk) -> None:
    desk.hears.append(SAID)
    sizes, sound = random.Random(7), tone(1.5) + SILENCE * 60
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        while sound:
            size = sizes.choice(RAGGED)
            phone.hears_next(sound[:size])
            sound = sound[size:]
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    assert await callers_turns(desk, phone.start.session_id) == [SAID]


async def test_a_minute_of_nothing_at_all_is_lived_through(desk: Desk) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        phone.speed = 200
        await eventually(lambda: phone.played_marks == ["s1"])
        for _ in range(60 * 50):
            phone.hears_next(b"")
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.hang()
    assert await callers_turns(desk, phone.start.session_id) == [SAID]


async def test_words_that_are_understood_after_the_caller_has_gone_are_kept(desk: Desk) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: not desk.hears)
        phone.hang()
    turn = (await desk.parley.list_turns(phone.start.session_id)).items[1]
    assert (turn["raw_text"], turn["result"]["reply"]) == (SAID, " ".join(REPLY))
    assert turn["heard"] != turn["result"]["reply"]
    assert (await desk.parley.get_session_state(phone.start.session_id))["status"] == "closed"


async def test_who_says_goodbye_and_returns_no_marks_is_hung_up_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mouth, "LATE_SECONDS", 0.5)
    desk.hears.append("goodbye")
    async with desk.call() as phone:
        phone.returns_marks = False
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: phone.hung_up)
    assert phone.played_marks == ["s1", "s2"]
    assert [turn["heard"] for turn in (await desk.parley.list_turns(phone.start.session_id)).items] == ["", ""]


@pytest.mark.usefixtures("impatient")
async def test_a_silent_caller_who_returns_no_marks_is_prompted_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mouth, "LATE_SECONDS", 0.5)
    async with desk.call() as phone:
        phone.returns_marks = False
        await eventually(lambda: phone.hung_up)
    manners = desk.parley.playbooks["desk"].manners
    assert [turn["raw_text"] for turn in (await desk.parley.list_turns(phone.start.session_id)).items] == [
        manners.greeting_of,
        *manners.silence,
        manners.goodbye,
    ]


async def test_a_call_ends_with_its_line_though_a_part_of_it_did_not_hear_so_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = HeardWords.run

    async def run_on(words: HeardWords) -> None:
        try:
            await run(words)
        except asyncio.CancelledError:  # Python 3.11 can lose one, in `asyncio.wait_for`
            async with asyncio.timeout(15):
                await run(words)

    monkeypatch.setattr(HeardWords, "run", run_on)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.hang()
    assert (await desk.parley.get_session_state(phone.start.session_id))["status"] == "closed"


async def test_a_second_line_of_a_call_takes_the_place_of_the_first(desk: Desk) -> None:
    session_id = (await desk.parley.create_session("desk", channel="voice"))["session_id"]
    takes = CallDesk(CallPorts(desk.parley, desk.voice, Loudness(), desk.stt))
    first, second = (
        Phone(LineStart("demo", session_id, "call", name, resumed=name != "one")) for name in ("one", "two")
    )
    older = asyncio.create_task(takes.take(first))
    await eventually(lambda: first.played_marks == ["s1"])
    newer = asyncio.create_task(takes.take(second))
    async with asyncio.timeout(60):
        await older
    assert takes.open_calls == 1
    await eventually(lambda: bool(second.played_marks))
    second.hang()
    async with asyncio.timeout(60):
        await newer
    spoken = [turn["raw_text"] for turn in (await desk.parley.list_turns(session_id)).items]
    assert spoken == ["Welcome to the test desk.", "One moment, please."]
