"""A database that goes away in mid-call: the call goes on, and all that was said is kept once it is back."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from domain.errors import Unavailable
from ports.telephony import LineStart
from providers.postgres.database import Database
from providers.scripted.voice_activity import Loudness
from server.call import heard
from server.call.call import CallPorts, MediaCall
from tests.eventually import eventually
from tests.integration.call.conftest import MANNERS, Desk
from tests.integration.call.exchange import open_exchange
from tests.integration.call.phone import Phone
from tests.integration.call.test_calls import SAID

TROUBLE = ["I am sorry, something went wrong on our side.", "Could you say that again?"]


@dataclass
class Away:
    """Whether the database answers."""

    now: bool = False
    asked: int = 0


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[Away]:
    """A database that can be sent away; it has to be asked often, and nobody waits long for it."""
    away, run = Away(), Database.run

    async def asked(self: Database, *statement: Any, **more: Any) -> list[dict[str, Any]]:
        if away.now:
            away.asked += 1
            raise Unavailable("The database does not answer.", retry_after=0)
        return await run(self, *statement, **more)

    monkeypatch.setattr(Database, "run", asked)
    monkeypatch.setattr(heard, "RETRY_SECONDS", (0.05,))
    yield away
    away.now = False


async def spoken(desk: Desk, session_id: str) -> list[tuple[str, str]]:
    """Each turn's role and what was heard of it."""
    turns = (await desk.parley.list_turns(session_id)).items
    return [(turn["role"], turn["heard"]) for turn in turns]


@pytest.mark.usefixtures("impatient")
async def test_a_silent_caller_is_prompted_and_said_goodbye_all_the_same(desk: Desk, away: Away) -> None:
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        away.now = True
        await eventually(lambda: phone.hung_up)
        assert away.asked
        away.now = False
    said = (MANNERS.greeting_of, *MANNERS.silence, MANNERS.goodbye)
    assert await spoken(desk, phone.start.session_id) == [("agent", words) for words in said]
    assert (await desk.parley.get_session_state(phone.start.session_id))["status"] == "closed"


async def test_a_caller_is_asked_to_say_it_again(desk: Desk, away: Away) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        away.now = True
        phone.say(1.0)
        await eventually(lambda: desk.voice.spoken[1:] == TROUBLE)
        await eventually(lambda: len(phone.played_marks) == 3)
        away.now = False
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 6)
        phone.hang()
    turns = await spoken(desk, phone.start.session_id)
    assert [role for role, _ in turns] == ["agent", "agent", "caller"]
    assert turns[1][1] == MANNERS.trouble


async def test_a_turn_waits_for_what_was_said_before_it_but_not_without_end(
    desk: Desk, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "SETTLED_SECONDS", 0.2)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        away.now = True
        for times in (1, 2):
            phone.press("1#")
            await eventually(lambda: desk.voice.spoken[1:] == TROUBLE * times)  # noqa: B023  (called in this round)
            await eventually(lambda: len(phone.played_marks) == 1 + 2 * times)  # noqa: B023
        away.now = False
        phone.hang()
    said = (MANNERS.greeting_of, MANNERS.trouble, MANNERS.trouble)
    assert await spoken(desk, phone.start.session_id) == [("agent", words) for words in said]


async def test_who_has_stopped_us_hears_of_the_trouble_too(
    desk: Desk, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "SETTLED_SECONDS", 0.2)
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.speed = 4.0
        away.now = True
        phone.say(1.0)
        await eventually(lambda: phone.clears == 1)
        proven = len(phone.played_marks)
        await eventually(lambda: len(phone.played_marks) == proven + len(TROUBLE))
        assert desk.voice.spoken[-2:] == TROUBLE
        away.now = False
        phone.hang()
    assert (await spoken(desk, phone.start.session_id))[-1] == ("agent", MANNERS.trouble)


async def test_a_call_that_is_given_up_as_it_ends_keeps_what_is_left_first(desk: Desk, away: Away) -> None:
    session_id = (await desk.parley.create_session("desk", channel="voice"))["session_id"]
    phone = Phone(LineStart("demo", session_id, "call", "line"))
    ports = CallPorts(desk.parley, desk.voice, Loudness(), desk.stt)
    call = asyncio.create_task(MediaCall(phone, ports, desk.parley.playbooks["desk"]).run())
    await eventually(lambda: phone.played_marks == ["s1"])
    away.now = True
    phone.hang()
    for _ in range(2):
        asked = away.asked
        await eventually(lambda: away.asked > asked + 2)  # noqa: B023  (called in this round)
        call.cancel()
    asked = away.asked
    await eventually(lambda: away.asked > asked + 2)
    assert not call.done()
    away.now = False
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await spoken(desk, session_id) == [("agent", MANNERS.greeting_of)]
    assert (await desk.parley.get_session_state(session_id))["status"] == "closed"


async def test_a_call_that_cannot_begin_says_why(desk: Desk, away: Away) -> None:
    session_id = (await desk.parley.create_session("desk", channel="voice"))["session_id"]
    away.now = True
    with pytest.raises(Unavailable):
        async with desk.call(session_id):
            pass


async def test_a_caller_of_a_call_in_words_is_asked_to_say_it_again(desk: Desk, database: Database, away: Away) -> None:
    async with open_exchange(desk, database) as exchange, exchange.call() as (relay, session_id):
        await relay.until_said(MANNERS.greeting_of)
        away.now = True
        await relay.hear(SAID)
        await relay.until_said(TROUBLE[-1])
        away.now = False
        await relay.hear(SAID)
        await relay.until_said(f"You said {SAID}.")
    turns = (await desk.parley.list_turns(session_id)).items
    assert [turn["raw_text"] for turn in turns] == [MANNERS.greeting_of, MANNERS.trouble, SAID]
