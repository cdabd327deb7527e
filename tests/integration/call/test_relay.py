"""A call in words: Twilio hears and speaks, over a real socket; the turns and what was heard of them are ours."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from providers.postgres.database import Database
from tests.integration.call.conftest import Desk
from tests.integration.call.exchange import open_exchange
from tests.integration.call.relay import Exchange, RelaySocket, session_in

GREETING = "Welcome to the test desk."
SAID = "we get 500 visitors a month"
REPLY = [f"You said {SAID}.", "This is the second sentence.", "And this is the third one."]


@pytest.fixture
async def exchange(desk: Desk, database: Database) -> AsyncIterator[Exchange]:
    """A Twilio before a server whose number is led in words."""
    async with open_exchange(desk, database) as opened:
        yield opened


@asynccontextmanager
async def dialled(exchange: Exchange) -> AsyncIterator[tuple[str, RelaySocket]]:
    """A call that was put through, and its session."""
    call_sid = f"CA{uuid4().hex}"
    twiml = await exchange.ask(call_sid)
    async with exchange.relay(call_sid, twiml) as relay:
        yield session_in(twiml), relay


async def heard(desk: Desk, session_id: str) -> list[tuple[str, str | None, str | None]]:
    """Each turn's role, words, and what was heard."""
    turns = (await desk.parley.list_turns(session_id)).items
    return [(turn["role"], turn["raw_text"], turn["heard"]) for turn in turns]


async def until_heard(desk: Desk, session_id: str, n: int, words: str) -> None:
    """Wait until a turn is kept as heard so (TimeoutError)."""
    async with asyncio.timeout(60):
        while [kept for _, _, kept in await heard(desk, session_id)][n : n + 1] != [words]:  # noqa: ASYNC110  (rows)
            await asyncio.sleep(0.01)


async def test_a_call_in_words_is_greeted_and_answered_and_what_was_played_is_heard(
    desk: Desk, exchange: Exchange
) -> None:
    async with dialled(exchange) as (session_id, relay):
        await relay.until_said(GREETING)
        await relay.send("info", name="tokensPlayed", value="Welcome to the")
        await relay.send("info", name="tokensPlayed", value="test desk.")
        await until_heard(desk, session_id, 0, GREETING)
        await relay.hear(SAID)
        await relay.until_said(REPLY[-1])
        await relay.send("info", name="tokensPlayed", value=" ".join(REPLY[:2]))
        await until_heard(desk, session_id, 1, " ".join(REPLY[:2]))
        await relay.send("info", name="tokensPlayed", value=" ".join(REPLY))
        await until_heard(desk, session_id, 1, " ".join(REPLY))
    await desk.parley.close_session(session_id)
    told = [event["type"] async for event in desk.parley.events(session_id)]
    assert [kind for kind in told if kind.startswith("reply")] == ["reply_started", "reply_finished"] * 2


async def test_an_interruption_keeps_the_words_that_were_heard_and_no_more(desk: Desk, exchange: Exchange) -> None:
    async with dialled(exchange) as (session_id, relay):
        await relay.until_said(GREETING)
        await relay.send("info", name="tokensPlayed", value=GREETING)
        await relay.hear(SAID)
        await relay.until_said(REPLY[-1])
        cut = f"{REPLY[0]} This is the"
        await relay.send("interrupt", utteranceUntilInterrupt=cut, durationUntilInterruptMs="900")
        await relay.hear("stop please")
        await relay.until_said("You said stop please.")
        assert (await heard(desk, session_id))[1] == ("caller", SAID, cut)


async def test_keys_are_collected_until_the_hash(desk: Desk, exchange: Exchange) -> None:
    async with dialled(exchange) as (session_id, relay):
        await relay.until_said(GREETING)
        for digit in "4711#":
            await relay.send("dtmf", digit=digit)
        await relay.until_said("You said 4 7 1 1.")
        assert len(await heard(desk, session_id)) == 2


async def test_keys_are_collected_until_a_pause(
    desk: Desk, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.call import digits

    monkeypatch.setattr(digits, "PAUSE", digits.PAUSE / 10)
    async with dialled(exchange) as (_, relay):
        await relay.until_said(GREETING)
        for digit in "12":
            await relay.send("dtmf", digit=digit)
        await relay.until_said("You said 1 2.")


async def test_a_line_that_is_lost_is_taken_up_where_it_broke(desk: Desk, exchange: Exchange) -> None:
    call_sid = f"CA{uuid4().hex}"
    twiml = await exchange.ask(call_sid)
    async with exchange.relay(call_sid, twiml) as relay:
        await relay.until_said(GREETING)
        await relay.send("info", name="tokensPlayed", value=GREETING)
        await relay.hear(SAID)
        await relay.until_said(REPLY[-1])
        await relay.send("info", name="tokensPlayed", value=REPLY[0])
        await until_heard(desk, session_in(twiml), 1, REPLY[0])
    again = await exchange.ask(call_sid, query="resume=1")
    assert session_in(again) == session_in(twiml)
    async with exchange.relay(call_sid, again) as relay:
        await relay.until_said(REPLY[-1])
        assert relay.said == ["One moment, please.", *REPLY[1:]]


async def test_the_call_ends_when_its_last_words_were_heard(desk: Desk, exchange: Exchange) -> None:
    async with dialled(exchange) as (session_id, relay):
        await relay.until_said(GREETING)
        await relay.hear("goodbye then")
        await relay.until_said("Goodbye.")
        await relay.send("info", name="tokensPlayed", value="Goodbye.")
        await relay.until_end()
    assert (await desk.parley.get_session_state(session_id))["status"] == "closed"
    assert (await heard(desk, session_id))[-1][2] == "Goodbye."
