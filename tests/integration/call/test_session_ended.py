"""A session that is closed or erased while its call goes on: whoever is on the line is told, and the call ends."""

from collections.abc import Awaitable, Callable

import pytest

from providers.postgres.database import Database
from sessions.service import Parley
from tests.eventually import eventually
from tests.integration.call.conftest import MANNERS, Desk
from tests.integration.call.exchange import open_exchange
from tests.integration.call.test_calls import SAID

End = Callable[[Parley, str], Awaitable[object]]
ENDED = ["This call has been ended on our side.", "Goodbye."]
WAYS = pytest.mark.parametrize("end", [Parley.close_session, Parley.erase_session], ids=["closed", "erased"])


@WAYS
@pytest.mark.usefixtures("impatient")
async def test_a_silent_caller_is_told(desk: Desk, end: End) -> None:
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        await end(desk.parley, phone.start.session_id)
        await eventually(lambda: phone.hung_up)
    assert desk.voice.spoken[-2:] == ENDED


@WAYS
async def test_a_caller_who_says_something_is_told(desk: Desk, end: End) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        await end(desk.parley, phone.start.session_id)
        phone.say(1.0)
        await eventually(lambda: phone.hung_up)
    assert desk.voice.spoken == [MANNERS.greeting_of, *ENDED]


async def test_the_words_before_are_kept(desk: Desk) -> None:
    desk.hears.append(SAID)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        await desk.parley.close_session(phone.start.session_id)
        phone.say(1.0)
        await eventually(lambda: phone.hung_up)
    (greeting,) = (await desk.parley.list_turns(phone.start.session_id)).items
    assert greeting["heard"] == greeting["raw_text"]


@WAYS
async def test_a_call_in_words_is_told(desk: Desk, database: Database, end: End) -> None:
    async with open_exchange(desk, database) as exchange, exchange.call() as (relay, session_id):
        await relay.until_said(MANNERS.greeting_of)
        await end(desk.parley, session_id)
        await relay.hear(SAID)
        await relay.until_end()
    assert relay.said[-2:] == ENDED
