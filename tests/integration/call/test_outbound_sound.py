"""A call of ours with its sound, from the request that places it to its last report, over a simulated network."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import numpy as np
import pytest

from providers.postgres.database import Database
from providers.twilio_simulator.account import Account
from providers.twilio_simulator.callbacks import MachineDetection, StatusFeed
from providers.twilio_simulator.record import CallRecord
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import Direction, Outcome, SimulatedCall
from providers.twilio_simulator.simulator import open_simulator
from speech.g711 import encode_mu_law
from tests.integration.call.conftest import Desk
from tests.integration.call.exchange import bearer, open_exchange
from tests.integration.call.relay import ACCOUNT, CALLER, NUMBER, PUBLIC, TOKEN, Exchange
from tests.integration.call.test_outbound import WANTED
from tests.loopback_twilio import open_loopback_twilio

SPEED = 6.0
TONE = encode_mu_law((9_000 * np.sin(np.arange(8_000) * 0.3)).astype(np.int16))


@pytest.fixture
async def exchange(desk: Desk, database: Database) -> AsyncIterator[Exchange]:
    """A server that places calls and leads them with their sound."""
    async with (
        open_loopback_twilio(ACCOUNT, TOKEN) as twilio,
        open_exchange(desk, database, rest_url=twilio.url, who="desk") as opened,
    ):
        yield opened


async def place(exchange: Exchange) -> dict[str, Any]:
    """Have a call placed."""
    async with httpx.AsyncClient(base_url=exchange.url) as client:
        placed: dict[str, Any] = (await client.post("/calls", json=WANTED, headers=bearer())).json()
        return placed


async def ring(exchange: Exchange, placed: dict[str, Any], script: Script, outcome: Outcome) -> CallRecord:
    """Be the network and the person at the telephone; reports are late and come twice."""
    told = f"tenant=demo&session={placed['session_id']}&key={placed['session_id']}"
    simulated = SimulatedCall(
        script=script,
        caller=NUMBER,
        called=CALLER,
        call_sid=placed["carrier_call_id"],
        direction=Direction.OUTBOUND,
        outcome=outcome,
        voice=f"/twilio/voice?{told}",
        speed=SPEED,
        statuses=StatusFeed(f"{PUBLIC}/twilio/status?{told}", late=0.5, repeated=0.5),
        machine=MachineDetection(f"{PUBLIC}/twilio/amd?{told}", after_seconds=1.0),
    )
    async with open_simulator(exchange.url, Account(ACCOUNT, TOKEN), public=PUBLIC) as simulator:
        return await simulator.call(simulated)


async def show(exchange: Exchange, placed: dict[str, Any]) -> dict[str, Any]:
    """See where the call stands."""
    async with httpx.AsyncClient(base_url=exchange.url) as client:
        shown: dict[str, Any] = (await client.get(f"/calls/{placed['call_id']}", headers=bearer())).json()
        return shown


async def test_a_person_picks_up_and_talks(desk: Desk, exchange: Exchange) -> None:
    desk.hears += ["yes hello"] * 2
    placed = await place(exchange)
    script = Script().wait_for_silence(1.0).say(TONE).wait_for_silence(1.0).hang_up()
    record = await ring(exchange, placed, script, Outcome.ANSWERED)
    assert not record.problems
    shown = await show(exchange, placed)
    assert (shown["state"], shown["answered_by"], shown["session_status"]) == ("completed", "human", "closed")
    turns = (await desk.parley.list_turns(placed["session_id"])).items
    assert turns[0]["heard"] == (
        "Hello, this is the automated assistant of Quick Fit Windows. Is this a good time to talk?"
    )
    assert turns[1]["raw_text"] == "yes hello"


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.NO_ANSWER])
async def test_nobody_picks_up(exchange: Exchange, outcome: Outcome) -> None:
    placed = await place(exchange)
    await ring(exchange, placed, Script(), outcome)
    shown = await show(exchange, placed)
    assert (shown["state"], shown["answered_by"], shown["session_status"]) == (outcome.value, None, "closed")
