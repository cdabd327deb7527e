"""What is told of an outbound call on the side: statuses, in order or not, and who picked up."""

import pytest

from providers.twilio_simulator.account import Account
from providers.twilio_simulator.callbacks import MachineDetection, StatusFeed
from providers.twilio_simulator.record import CallRecord, Ending
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import Direction, Outcome, SimulatedCall
from providers.twilio_simulator.simulator import call
from tests.unit.providers.twilio_simulator.media_server import PUBLIC, TOKEN, MediaServer, open_media_server

USUAL = ["initiated", "ringing", "in-progress", "completed"]
STATUS_URL = f"{PUBLIC}/status"


async def _outbound(server: MediaServer, feed: StatusFeed, outcome: Outcome = Outcome.ANSWERED) -> CallRecord:
    simulated = SimulatedCall(
        Script().wait(1), voice="/voice", direction=Direction.OUTBOUND, outcome=outcome, statuses=feed, seed=3,
        machine=MachineDetection(f"{PUBLIC}/amd", "machine_start", after_seconds=0.3), speed=10, limit=20,
    )  # fmt: skip
    return await call(simulated, server.url, Account("AC1", TOKEN), public=PUBLIC)


async def test_an_answered_call_is_told_of_in_order() -> None:
    async with open_media_server() as server:
        record = await _outbound(server, StatusFeed(STATUS_URL))
    assert server.told("/status", "CallStatus") == USUAL
    assert server.told("/status", "SequenceNumber") == ["0", "1", "2", "3"]
    assert server.told("/voice", "CallStatus") == ["in-progress"]
    assert set(server.told("/voice", "Direction")) == {"outbound-api"}
    assert all(server.signed)
    ended = server.forms[-1][1]
    assert ended["CallDuration"] == str(round(record.seconds))


async def test_who_picked_up_is_told_while_the_call_goes_on() -> None:
    async with open_media_server() as server:
        await _outbound(server, StatusFeed(STATUS_URL))
    (verdict,) = (form for path, form in server.forms if path == "/amd")
    assert (verdict["AnsweredBy"], verdict["MachineDetectionDuration"]) == ("machine_start", "300")
    told = [form.get("CallStatus", "verdict") for _, form in server.forms]
    assert told.index("verdict") < told.index("completed")


async def test_statuses_come_late_and_twice_when_asked() -> None:
    async with open_media_server() as server:
        await _outbound(server, StatusFeed(STATUS_URL, late=1, repeated=1))
    told = server.told("/status", "CallStatus")
    assert sorted(told) == sorted(USUAL * 2)
    assert told[0] == "completed"
    assert len({(form["CallStatus"], form["SequenceNumber"]) for path, form in server.forms if path == "/status"}) == 4


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.NO_ANSWER, Outcome.FAILED, Outcome.CANCELED])
async def test_a_call_that_nobody_answers(outcome: Outcome) -> None:
    async with open_media_server() as server:
        record = await _outbound(server, StatusFeed(STATUS_URL), outcome)
    assert record.ending is Ending.NOT_ANSWERED
    assert server.told("/status", "CallStatus") == ["initiated", "ringing", outcome.value]
    assert {path for path, _ in server.forms} == {"/status"}
